package store_test

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice"
	"counterbook/store"
)

// goBack puts the file of a book back to what it was, and opens it.
func goBack(t testing.TB, path string, old []byte, o *store.Options) *store.Session {
	t.Helper()
	require.NoError(t, os.WriteFile(path, old, 0o600))
	return signIn(t, reopen(t, path, o), 0, ownerPass)
}

// lost is a book that lost an invoice, 2026-0002, and has 2026-0001.
func lost(t testing.TB, c *clock) *store.Session {
	t.Helper()
	o := remembering(c, t.TempDir())
	path := remembered(t, c, o.StateDir)
	one := func(s *store.Session) { issueAll(t, s, 1) }
	visit(t, path, o, one)
	old, err := os.ReadFile(path)
	require.NoError(t, err)
	visit(t, path, o, one)
	return goBack(t, path, old, o)
}

func issueAll(t testing.TB, s *store.Session, n int) (numbers []string) {
	t.Helper()
	is, err := s.Invoices()
	require.NoError(t, err)
	list := make([]store.Draft, n)
	for i := range list {
		list[i] = draft()
	}
	out, err := is.IssueAll(context.Background(), list, nil)
	require.NoError(t, err)
	for _, inv := range out {
		numbers = append(numbers, inv.Doc.Number)
	}
	return numbers
}

func TestNumbersGoOnWithSomethingBehindThemThatNoneHad(t *testing.T) {
	c := newClock()
	s := lost(t, c)
	w, err := s.WayOn()
	require.NoError(t, err)
	require.Equal(t, "2026-0001", w.Last)
	require.Regexp(t, `^[B-DF-HJ-NP-TV-Z0-9]{5}$`, w.Suffix)
	require.Equal(t, "2026-0001-"+w.Suffix, w.First)
	require.NoError(t, s.GoOn(store.GoOn{}))
	is, err := s.Invoices()
	require.NoError(t, err)
	next, err := is.Next(invoice.DateOf(c.at))
	require.NoError(t, err)
	require.Equal(t, w.First, next)
	require.Equal(t, []string{w.First, "2026-0002-" + w.Suffix}, issueAll(t, s, 2))
}

func TestNumbersGoOnAfterTheLastOneThatWasPrinted(t *testing.T) {
	c := newClock()
	s := lost(t, c)
	for typed, rule := range map[string]string{" ": "missing", "2026-1": "number form", "12": "number form", "2026-0000": "number form",
		"R2026-0002": "number form", "2025-0400": "number lower"} {
		var p invoice.Problems
		require.ErrorAs(t, s.GoOn(store.GoOn{LastPrinted: typed}), &p, typed)
		require.Equal(t, rule, p[0].Rule, typed)
		require.Equal(t, "LastPrinted", p[0].Field)
	}
	next, err := s.NextAfter(" 2026-0002 ")
	require.NoError(t, err)
	require.Equal(t, "2026-0003", next)
	require.NoError(t, s.GoOn(store.GoOn{LastPrinted: " 2026-0002 "}))
	require.Equal(t, []string{"2026-0003", "2026-0004"}, issueAll(t, s, 2))

	sh, err := s.Shop()
	require.NoError(t, err)
	mine, err := sh.Get()
	require.NoError(t, err)
	mine.NumberPattern = "R{YYYY}/{###}"
	mine, err = sh.Save(mine)
	require.NoError(t, err)
	got := issueAll(t, s, 1)[0]
	require.Regexp(t, `^R2026/001-.{5}$`, got, "numbers of another pattern may have been printed in what is lost")
	mine.NumberPattern = "{YYYY}-{####}"
	_, err = sh.Save(mine)
	require.NoError(t, err)
	require.Equal(t, []string{"2026-0005"}, issueAll(t, s, 1))
	c.at = c.at.AddDate(1, 0, 0)
	require.Equal(t, []string{"2027-0001"}, issueAll(t, s, 1), "nothing was printed in years to come")
}

func TestTheLastPrintedNumberOfAYearPastLeavesThisYearAsItIs(t *testing.T) {
	c := newClock()
	s := lost(t, c)
	c.at = time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	next, err := s.NextAfter("2026-0412")
	require.NoError(t, err)
	require.Equal(t, "2027-0001", next)
	require.NoError(t, s.StepUp(store.Passphrase(ownerPass)))
	require.NoError(t, s.GoOn(store.GoOn{LastPrinted: "2026-0412"}))
	require.Equal(t, []string{"2027-0001"}, issueAll(t, s, 1))
	d := draft()
	d.Doc.Date = invoice.Date{Year: 2026, Month: 12, Day: 30}
	_, _, err = issue(t, s, d)
	require.Error(t, err, "what is lost may be dated until the last day of the year")
	d.Doc.Date.Day = 31
	_, doc, err := issue(t, s, d)
	require.NoError(t, err)
	require.Equal(t, "2026-0413", doc.Number)
}

// A book without an invoice that counts from a start number knows what was said.
func TestTheStartNumberDoesNotUndoWhatWasPrinted(t *testing.T) {
	c := newClock()
	o := remembering(c, t.TempDir())
	path := remembered(t, c, o.StateDir)
	old, err := os.ReadFile(path)
	require.NoError(t, err)
	visit(t, path, o, func(s *store.Session) { issueAll(t, s, 3) })
	s := goBack(t, path, old, o)
	require.NoError(t, s.GoOn(store.GoOn{LastPrinted: "2026-0003"}))
	require.Equal(t, []string{"2026-0004"}, issueAll(t, s, 1))
}

// patterns come to each other's numbers.
var patterns = []string{"{YYYY}-{####}", "{YYYY}-{#####}", "{#}", "2026{#}", "{YY}{MM}-{##}", "R{YYYY}/{MM}/{###}", "2026-1{###}", "2026-000{#}", "{###}-X"}

// printedIn is where the printed numbers of a pattern with a suffix stand, apart
// from what the program makes of them.
func printedIn(patternText, suffix, number string) (at [3]int, ok bool) {
	expr := regexp.QuoteMeta(patternText)
	for from, to := range map[string]string{`\{YYYY\}`: `(?P<y>\d{4})`, `\{YY\}`: `(?P<y>\d{2})`, `\{MM\}`: `(?P<m>\d{2})`} {
		expr = strings.ReplaceAll(expr, from, to)
	}
	expr = regexp.MustCompile(`\\\{#+\\\}`).ReplaceAllStringFunc(expr, func(f string) string {
		n := strings.Count(f, "#")
		return `(?P<n>\d{` + strconv.Itoa(n) + `}|[1-9]\d{` + strconv.Itoa(n) + `,})`
	})
	if suffix != "" {
		expr += "-" + suffix
	}
	re := regexp.MustCompile("^" + expr + "$")
	m := re.FindStringSubmatch(number)
	if m == nil {
		return at, false
	}
	for i, name := range []string{"y", "m", "n"} {
		if j := re.SubexpIndex(name); j > 0 {
			at[i], _ = strconv.Atoi(m[j])
		}
	}
	if at[0] > 0 && at[0] < 100 {
		at[0] += 2000
	}
	return at, strings.Contains(patternText, "MM") == (at[1] > 0 && at[1] < 13) && at[2] > 0
}

func compareAt(a, b [3]int) int {
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]), cmp.Compare(a[2], b[2]))
}

// printedNumber is a printed number and where it stands.
type printedNumber struct {
	pattern, suffix string
	at              [3]int
	date            invoice.Date
}

// numbered is a shop whose book goes back, and all numbers that it ever printed.
type numbered struct {
	c       *clock
	o       *store.Options
	path    string
	book    *store.Book
	s       *store.Session
	copies  [][]byte
	printed map[string]printedNumber
	honest  bool // the clock never ran ahead
	went    map[string]int
}

func (n *numbered) open(t *rapid.T) {
	var err error
	n.book, err = store.Open(n.path, n.o)
	require.NoError(t, err)
	n.s, err = n.book.SignIn(n.book.Info().Profiles[0].ID, store.Passphrase(ownerPass))
	require.NoError(t, err)
}

func (n *numbered) close(t *rapid.T) {
	n.s.Close()
	require.NoError(t, n.book.Close())
}

func (n *numbered) shop(t *rapid.T) (*store.ShopBook, store.Shop) {
	b, err := n.s.Shop()
	require.NoError(t, err)
	sh, err := b.Get()
	require.NoError(t, err)
	return b, sh
}

func (n *numbered) issue(t *rapid.T) {
	is, err := n.s.Invoices()
	require.NoError(t, err)
	d := draft()
	d.Doc.Date = invoice.DateOf(n.c.at).AddDays(-rapid.SampledFrom([]int{0, 0, 0, 0, 1, 40, 400}).Draw(t, "days ago"))
	out, err := is.IssueAll(context.Background(), []store.Draft{d}, nil)
	if err != nil {
		var p invoice.Problems
		require.ErrorAs(t, err, &p)
		n.went["refused "+p[0].Rule]++
		return
	}
	doc := out[0].Doc
	require.NotContains(t, n.printed, doc.Number)
	n.went["issued"]++
	_, sh := n.shop(t)
	mine := printedNumber{pattern: sh.NumberPattern, date: doc.Date}
	var ok bool
	if mine.at, ok = printedIn(mine.pattern, "", doc.Number); !ok {
		mine.suffix = doc.Number[strings.LastIndex(doc.Number, "-")+1:]
		mine.at, ok = printedIn(mine.pattern, mine.suffix, doc.Number)
	}
	require.True(t, ok, "%s is no number of %s", doc.Number, mine.pattern)
	for number, g := range n.printed {
		if n.honest && g.pattern == mine.pattern && g.suffix == mine.suffix && g.at[0] == mine.at[0] && g.at[1] == mine.at[1] && g.at[2] < mine.at[2] {
			require.False(t, mine.date.Before(g.date), "%s of %s after %s of %s", doc.Number, mine.date, number, g.date)
		}
	}
	n.printed[doc.Number] = mine
}

// restore puts an earlier state of the book in its place, and goes on from it as
// an owner does who knows what was printed.
func (n *numbered) restore(t *rapid.T) {
	if len(n.copies) == 0 {
		t.Skip("no backup yet")
	}
	n.close(t)
	require.NoError(t, os.WriteFile(n.path, rapid.SampledFrom(n.copies).Draw(t, "backup"), 0o600))
	n.open(t)
	if n.book.Standing() == nil {
		n.went["nothing lost"]++
		return
	}
	_, sh := n.shop(t)
	w, err := n.s.WayOn()
	require.NoError(t, err)
	bare, ok := store.NextNumber(sh.NumberPattern, invoice.DateOf(n.c.at), 1)
	require.True(t, ok)
	suffix := strings.TrimPrefix(strings.TrimPrefix(w.Example, bare), "-")
	last, at := "", [3]int{}
	for number := range n.printed {
		if p, ok := printedIn(sh.NumberPattern, suffix, number); ok && compareAt(p, at) > 0 {
			last, at = number, p
		}
	}
	if last == "" || rapid.Bool().Draw(t, "suffix") {
		require.NoError(t, n.s.GoOn(store.GoOn{}))
		n.went["suffix"]++
		return
	}
	require.NoError(t, n.s.GoOn(store.GoOn{LastPrinted: last}), "%s in %s with %q", last, sh.NumberPattern, suffix)
	n.went["typed"]++
}

// TestInvariant23NoNumberThatWasPrintedIsGivenAgain plays a shop whose book goes back again
// and again, between changes of the pattern, of years, and of a wrong clock.
func TestInvariant23NoNumberThatWasPrintedIsGivenAgain(t *testing.T) {
	plays(t, "30")
	went := map[string]int{}
	c := newClock()
	path := remembered(t, c, t.TempDir())
	first, err := os.ReadFile(path)
	require.NoError(t, err)
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		require.NoError(rt, err)
		c := newClock()
		n := &numbered{c: c, o: remembering(c, filepath.Join(dir, "state")), path: filepath.Join(dir, "shop.counterbook"),
			printed: map[string]printedNumber{}, honest: true, went: went}
		require.NoError(rt, os.WriteFile(n.path, first, 0o600))
		n.open(rt)
		own := rapid.SliceOfNDistinct(rapid.SampledFrom(patterns), 2, 3, rapid.ID).Draw(rt, "patterns")
		defer func() { n.close(rt) }()
		rt.Repeat(map[string]func(*rapid.T){
			"issue":   n.issue,
			"issue 2": n.issue,
			"restore": n.restore,
			"backup": func(rt *rapid.T) {
				data, err := os.ReadFile(n.path)
				require.NoError(rt, err)
				n.copies = append(n.copies, data)
			},
			"pattern": func(rt *rapid.T) {
				b, sh := n.shop(rt)
				sh.NumberPattern = rapid.SampledFrom(own).Draw(rt, "pattern")
				sh.NumberStart = rapid.IntRange(1, 20).Draw(rt, "start")
				_, err := b.Save(sh)
				require.NoError(rt, err)
			},
			"time passes": func(rt *rapid.T) {
				c.at = c.at.AddDate(0, 0, rapid.SampledFrom([]int{1, 20, 200}).Draw(rt, "days"))
			},
			"the clock runs ahead for a while": func(rt *rapid.T) {
				n.honest = false
				right := c.at
				c.at = c.at.AddDate(0, rapid.IntRange(1, 14).Draw(rt, "months"), 0)
				n.issue(rt)
				c.at = right
				require.NoError(rt, n.s.TrustClock())
			},
		})
	})
	if testing.Short() {
		return // too few plays for everything to happen
	}
	for _, must := range []string{"issued", "suffix", "typed", "nothing lost", "refused R-NUM-3"} {
		require.NotZero(t, went[must], "%s never happened: %v", must, went)
	}
}
