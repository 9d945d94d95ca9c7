// Package budget is what the tests called TestBudget… share: a large book to
// measure on, and the table they fill. They run with BENCH set to a number of
// customers (make bench), for a busy machine must not fail a test.
//
// A limit is a ratio of two things measured in turns in one run. What has an
// aim in milliseconds is printed beside what this machine takes for something
// known, and fails nothing.
package budget

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
)

// Passphrase opens the owner's profile of the large book.
const Passphrase = "measured passphrase"

// Size is how many customers are measured with. Without BENCH the test is
// skipped.
func Size(t testing.TB) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("BENCH"))
	if err != nil {
		t.Skip("budgets are measured by make bench")
	}
	return n
}

// Today is the day on which everything is measured.
var Today = time.Date(2026, 11, 22, 10, 42, 0, 0, time.UTC)

// Options are the cheap key derivation, which is not measured, and pages of one
// line, so that the large book is made in minutes.
func Options() *store.Options {
	return &store.Options{KDF: &store.CheapKDF, Now: func() time.Time { return Today },
		Typeset: func(invoice.Document, store.Shop) ([]paper.Page, error) {
			s := paper.NewSheet()
			s.Line(20, 20, 60, 20, 0.2)
			p, err := s.Page()
			return []paper.Page{p}, err
		}}
}

// Book is the path of a compacted book with n customers, three notes and an
// invoice for each. It is made once for a run of make bench, which names a
// folder in BENCH_DIR, and copied, as measuring writes.
func Book(t testing.TB, n int) string {
	t.Helper()
	dir := os.Getenv("BENCH_DIR")
	if dir == "" {
		dir = t.TempDir()
	}
	made := filepath.Join(dir, fmt.Sprintf("large-%d.counterbook", n))
	if _, err := os.Stat(made); err != nil {
		begun := time.Now()
		fresh(t, made, n)
		t.Logf("made a book of %d customers in %v", n, time.Since(begun).Round(time.Second))
	}
	data, err := os.ReadFile(made)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "measured.counterbook")
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return path
}

// SignIn opens a book and signs its owner in.
func SignIn(t testing.TB, path string) (*store.Book, *store.Session) {
	t.Helper()
	b, err := store.Open(path, Options())
	require.NoError(t, err)
	s, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(Passphrase))
	require.NoError(t, err)
	t.Cleanup(func() {
		s.Close()
		b.Close()
	})
	return b, s
}

func fresh(t testing.TB, path string, n int) {
	k := store.NewKit()
	ask, groups := k.Ask(), k.Groups()
	require.NoError(t, k.Confirm(groups[ask[0]], groups[ask[1]]))
	sh := store.DefaultShop("AT")
	sh.Name = "Measured"
	sh.Legal.Address = invoice.Address{Street: "Lange Gasse 8", Postcode: "1080", City: "Wien", Country: "AT"}
	sh.Legal.VATID = "ATU12345675"
	b, err := store.Create(path, k, sh, store.NewProfile{Nickname: "Marta", Passphrase: Passphrase}, Options())
	require.NoError(t, err)
	s, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(Passphrase))
	require.NoError(t, err)
	fill(t, s, n)
	s.Close()
	require.NoError(t, b.Close())
	require.NoError(t, store.Compact(path))
}

func fill(t testing.TB, s *store.Session, n int) {
	ctx := context.Background()
	cs, err := s.Customers()
	require.NoError(t, err)
	ns, err := s.Notes()
	require.NoError(t, err)
	is, err := s.Invoices()
	require.NoError(t, err)
	list := make([]store.Customer, n)
	for i := range list {
		list[i] = Customer(i)
	}
	require.NoError(t, cs.Import(ctx, list, nil))
	notes := make([]store.Note, 0, 3*n)
	drafts, first := make([]store.Draft, n), invoice.DateOf(Today).AddDays(-1000)
	for i, c := range list {
		for k := range 3 {
			notes = append(notes, store.Note{Customer: c.ID, Text: fmt.Sprintf("Note %d: asks for delivery on Mondays, frame order %d.", k, i)})
		}
		drafts[i] = store.Draft{Customer: c.ID, Doc: invoice.Document{Date: first.AddDays(i * 1000 / n), Buyer: c.Party(), Lines: []invoice.Line{{Name: "Frame, walnut 40×60",
			Quantity: decimal.NewFromInt(int64(1 + i%5)), Price: decimal.RequireFromString("58.00"),
			Tax: invoice.Tax{Category: invoice.Standard, Rate: decimal.NewFromInt(20)}}}}}
	}
	require.NoError(t, ns.Import(ctx, notes, nil))
	_, err = is.IssueAll(ctx, drafts, nil)
	require.NoError(t, err)
}

var (
	given    = strings.Fields("Anna Amelie Giulia Dimitris Łucja Henrik Maria Thanh Олена Jürgen Sofia Ελένη Иван Zoë Björn Aylin Marek Ivana Péter Chiara Γιώργος Наталія Fatma Klara Emil")
	families = strings.Fields("Braun Conti Kanellos Sobczak Olsen Esposito Nguyen Коваль Weiß Lindqvist Παπαδόπουλος Петренко Yılmaz Novák Nagy Horvat Steiner Gruber Bauer Rossi Moser Pichler Eder Leitner Winkler")
	streets  = strings.Fields("Neubaugasse Burggasse Lerchenfelder-Straße Josefstädter-Straße Zieglergasse Kaiserstraße Westbahnstraße Siebensterngasse")
	trades   = strings.Fields("Optik Catering Holzbau Blumen Verlag Metall Papier Gärten")
)

// Customer is the i-th customer of the large book.
func Customer(i int) store.Customer {
	x := sha256.Sum256([]byte(strconv.Itoa(i)))
	of := func(list []string, k int) string { return list[(int(x[k])<<8|int(x[k+1]))%len(list)] }
	family := of(families, 2)
	c := store.Customer{Name: of(given, 0) + " " + family + fmt.Sprintf(" %c%c", 'A'+x[4]%26, 'a'+x[5]%26),
		Phone: fmt.Sprintf("+43 660 %07d", i), Email: fmt.Sprintf("kunde.%d@example.com", i),
		Address: invoice.Address{Street: of(streets, 6) + " " + strconv.Itoa(1+int(x[8])), Postcode: strconv.Itoa(1010 + 10*int(x[9]%23)), City: "Wien", Country: "AT"}}
	if x[10]%3 == 0 {
		c.Company = family + " " + of(trades, 11) + " GmbH"
	}
	return c
}

// Turns measures things in turns, so that what disturbs one disturbs all. It
// returns what each took in every round: for what computes compare the least,
// which other programs can only make longer, for what waits for the disk the
// median.
func Turns(rounds int, each ...func()) [][]time.Duration {
	took := make([][]time.Duration, len(each))
	for range rounds {
		for i, f := range each {
			begun := time.Now()
			f()
			took[i] = append(took[i], time.Since(begun))
		}
	}
	return took
}

// Quantile is the value below which a part q of the durations lies.
func Quantile(d []time.Duration, q float64) time.Duration {
	d = slices.Clone(d)
	slices.Sort(d)
	return d[min(len(d)-1, int(q*float64(len(d))))]
}

// Ratio notes a ratio in the table, and fails where it is past its limit.
func Ratio(t testing.TB, what string, n int, got, of float64, limit float64, detail string) {
	t.Helper()
	ratio := got / of
	mark := "ok"
	if ratio > limit {
		mark = "PAST ITS LIMIT"
		t.Errorf("%s: %.2f is past %.2f (%s)", what, ratio, limit, detail)
	}
	note(t, fmt.Sprintf("%-62s %8d %7.2f × of %-5.4g × %-14s %s", what, n, ratio, limit, mark, detail))
}

// Aim notes a time that has an aim. It fails nothing.
func Aim(t testing.TB, what string, n int, got, aim time.Duration) {
	t.Helper()
	mark := "ok"
	if got > aim {
		mark = "slower"
	}
	note(t, fmt.Sprintf("%-62s %8d %7.2f ms of %-4.4g ms %-14s here SHA-256 of 1 MB takes %.2f ms", what, n, ms(got), ms(aim), mark, ms(calibration())))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func calibration() time.Duration {
	mb := make([]byte, 1<<20)
	return slices.Min(Turns(21, func() { sha256.Sum256(mb) })[0])
}

// note adds a line to the table.
func note(t testing.TB, line string) {
	t.Helper()
	t.Log(line)
	dir := os.Getenv("BENCH_DIR")
	if dir == "" {
		return
	}
	f, err := os.OpenFile(filepath.Join(dir, "table.txt"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	require.NoError(t, err)
	_, err = f.WriteString(line + "\n")
	require.NoError(t, err)
	require.NoError(t, f.Close())
}
