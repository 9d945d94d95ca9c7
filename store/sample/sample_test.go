package sample_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/store/sample"
)

// today is a Tuesday in the afternoon.
var today = time.Date(2026, 11, 24, 16, 20, 0, 0, time.UTC)

func options(now time.Time) *store.Options {
	return &store.Options{
		Now: func() time.Time { return now }, KDF: &store.CheapKDF,
		Typeset: func(d invoice.Document, _ store.Shop) ([]paper.Page, error) {
			s := paper.NewSheet()
			s.Text(20, 20, 12, paper.Regular, paper.Left, d.Number)
			p, err := s.Page()
			return []paper.Page{p}, err
		},
	}
}

// made is a made-up shop as it was made, read as the owner.
type made struct {
	customers []store.Customer
	notes     map[string][]store.Note // by customer's number
	invoices  []store.Invoice
	drafts    []store.Draft
	items     []store.Item
	staff     []store.Profile
	events    []store.Event // newest first
}

func read(t *testing.T, customers int, now time.Time) made {
	t.Helper()
	b, err := sample.Create(context.Background(), filepath.Join(t.TempDir(), "a.counterbook"), customers, options(now), nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, b.Close()) }()
	s, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)
	defer s.Close()
	m := made{notes: map[string][]store.Note{}}
	get := func(err error) { t.Helper(); require.NoError(t, err) }
	cs, err := s.Customers()
	get(err)
	m.customers, err = cs.List("")
	get(err)
	slices.SortFunc(m.customers, func(a, b store.Customer) int { return strings.Compare(a.Number, b.Number) })
	ns, err := s.Notes()
	get(err)
	for _, c := range m.customers {
		m.notes[c.Number], err = ns.Of(c.ID)
		get(err)
	}
	is, err := s.Invoices()
	get(err)
	rows, err := is.List("")
	get(err)
	for _, r := range rows {
		inv, err := is.Get(r.ID)
		get(err)
		m.invoices = append(m.invoices, inv)
	}
	ds, err := s.Drafts()
	get(err)
	m.drafts, err = ds.List()
	get(err)
	items, err := s.Items()
	get(err)
	m.items, err = items.List("")
	get(err)
	staff, err := s.Staff()
	get(err)
	m.staff, err = staff.List()
	get(err)
	log, err := s.Activity()
	get(err)
	m.events, err = log.Events(5000)
	get(err)
	return m
}

// usual is the shop of the usual size, made once for the tests that only look at
// it.
func usual(t *testing.T) made {
	t.Helper()
	if len(theUsual.customers) == 0 {
		theUsual = read(t, sample.Usual, today)
	}
	return theUsual
}

var theUsual made

func count[T any](list []T, is func(T) bool) (n int) {
	for _, v := range list {
		if is(v) {
			n++
		}
	}
	return n
}

func TestTheMadeUpShopHasCustomersInThreeScriptsAndEveryCondition(t *testing.T) {
	m := usual(t)
	require.Len(t, m.customers, sample.Usual)
	script := func(table *unicode.RangeTable) int {
		return count(m.customers, func(c store.Customer) bool { return unicode.Is(table, []rune(c.Name)[0]) })
	}
	require.Greater(t, script(unicode.Latin), 150)
	require.GreaterOrEqual(t, script(unicode.Greek), 3)
	require.GreaterOrEqual(t, script(unicode.Cyrillic), 6)

	is := func(name string, least int, has func(store.Customer) bool) {
		t.Helper()
		require.GreaterOrEqual(t, count(m.customers, has), least, name)
	}
	is("a company", 20, func(c store.Customer) bool { return c.Company != "" })
	is("several companies", 6, func(c store.Customer) bool { return len(c.Others) > 0 })
	is("a company with an address of its own", 2, func(c store.Customer) bool { return len(c.Others) > 0 && c.Others[0].Address.City != "" })
	is("no phone", 10, func(c store.Customer) bool { return c.Phone == "" })
	is("no e-mail", 20, func(c store.Customer) bool { return c.Email == "" })
	is("no address", 5, func(c store.Customer) bool { return c.Address == invoice.Address{} })
	is("lives abroad", 8, func(c store.Customer) bool { return c.Address.Country != "" && c.Address.Country != "AT" })
	is("documents in English", 8, func(c store.Customer) bool { return c.Language == "en" })
	households, phones, countries := map[string]int{}, map[string]int{}, map[string]bool{}
	for _, c := range m.customers {
		if c.Address.Street != "" {
			households[c.Address.Street]++
		}
		if c.Phone != "" {
			phones[c.Phone]++
		}
		countries[c.Address.Country] = true
		require.True(t, c.Email == "" || strings.HasSuffix(c.Email, ".example"), c.Email)
		require.True(t, c.Phone == "" || strings.Contains(strings.ReplaceAll(c.Phone, " ", ""), "00"), c.Phone)
	}
	several := func(counts map[string]int) (n int) {
		for _, k := range counts {
			if k > 1 {
				n++
			}
		}
		return n
	}
	require.GreaterOrEqual(t, several(households), 5, "relatives in one household")
	require.GreaterOrEqual(t, several(phones), 3, "somebody taken down twice")
	require.Greater(t, len(countries), 6)
	for i, c := range m.customers[1:] {
		require.False(t, c.Created.Before(m.customers[i].Created), "numbers follow the order in which people came: %s", c.Number)
	}
	require.Less(t, m.customers[0].Created.Year(), 2022)
}

func TestTheMadeUpShopHasNotesOfEveryAge(t *testing.T) {
	m := usual(t)
	years, most, none, all := map[int]int{}, 0, 0, map[string]bool{}
	kinds, pinned, ending := map[store.NoteKind]int{}, 0, 0
	for _, list := range m.notes {
		most = max(most, len(list))
		if len(list) == 0 {
			none++
		}
		for i, n := range list {
			years[n.Created.Year()]++
			require.False(t, all[n.Text], "twice: %s", n.Text)
			require.NotContains(t, n.Text, "{")
			require.False(t, n.Created.After(today))
			require.True(t, i == 0 || list[i-1].Pinned != n.Pinned || !n.Created.After(list[i-1].Created), "newest first")
			kinds[n.Kind]++
			if n.Pinned {
				pinned++
			}
			if n.Expired(invoice.DateOf(today).AddDays(14)) {
				ending++
			}
			all[n.Text] = true
		}
	}
	for year := 2022; year <= 2026; year++ {
		require.Positive(t, years[year], year)
	}
	require.Greater(t, none, sample.Usual/2, "most have none")
	require.Greater(t, most, 20, "somebody has many")
	require.InDelta(t, 3, float64(len(all))/sample.Usual, 0.8)
	for _, k := range store.NoteKinds() {
		require.Equal(t, k != store.OtherNote, kinds[k] > 0, k)
	}
	require.Positive(t, pinned)
	require.Positive(t, ending, "somebody is asked whether a note is still needed")
	require.Less(t, ending, len(all)/20, "not about everything at once")
	giulia := m.notes[m.customers[slices.IndexFunc(m.customers, func(c store.Customer) bool { return c.Name == "Giulia Conti" })].Number]
	last := giulia[slices.IndexFunc(giulia, func(n store.Note) bool { return !n.Pinned })]
	require.Equal(t, "Prefers pickup after 17:00; frame order from Studio Neri.", last.Text)
}

func TestTheMadeUpShopHasInvoicesInEveryState(t *testing.T) {
	m := usual(t)
	day := invoice.DateOf(today)
	is := func(name string, least int, has func(store.Invoice) bool) {
		t.Helper()
		require.GreaterOrEqual(t, count(m.invoices, has), least, name)
	}
	is("paid at once", 50, func(i store.Invoice) bool { return i.Doc.Totals.Due.IsZero() })
	is("a deposit", 2, func(i store.Invoice) bool { return i.Doc.Totals.Prepaid.IsPositive() && i.Doc.Totals.Due.IsPositive() })
	is("not due yet", 2, func(i store.Invoice) bool { return i.Doc.Totals.Due.IsPositive() && day.Before(i.Doc.Due) })
	is("overdue", 5, func(i store.Invoice) bool { return i.Doc.Totals.Due.IsPositive() && i.Doc.Due.Before(day) })
	is("a discount", 5, func(i store.Invoice) bool { return i.Doc.Totals.Allowances.IsPositive() })
	is("a charge", 2, func(i store.Invoice) bool { return i.Doc.Totals.Charges.IsPositive() })
	is("a discount on a line", 3, func(i store.Invoice) bool {
		return slices.ContainsFunc(i.Doc.Lines, func(l invoice.Line) bool { return len(l.Adjustments) > 0 })
	})
	is("a day of delivery", 20, func(i store.Invoice) bool { return !i.Doc.Supply.IsZero() && i.Doc.Supply != i.Doc.Date })
	is("several pages of lines", 1, func(i store.Invoice) bool { return len(i.Doc.Lines) > 50 })
	is("nobody who is kept", 2, func(i store.Invoice) bool { return i.Customer.IsZero() })
	is("a further company", 2, func(i store.Invoice) bool {
		return i.Doc.Buyer.Name == "Brillenhaus Braun OG" || i.Doc.Buyer.Name == "Conti Keramik e.U."
	})
	for _, c := range []invoice.Category{invoice.ReverseCharge, invoice.IntraCommunity, invoice.Exempt, invoice.ZeroRated} {
		is(string(c), 1, func(i store.Invoice) bool {
			return slices.ContainsFunc(i.Doc.Totals.Breakdown, func(s invoice.Subtotal) bool { return s.Tax.Category == c })
		})
	}
	for _, percent := range []string{"20", "13", "10"} {
		is(percent, 5, func(i store.Invoice) bool {
			return slices.ContainsFunc(i.Doc.Totals.Breakdown, func(s invoice.Subtotal) bool { return s.Tax.Rate.String() == percent })
		})
	}
	for _, language := range []string{"de", "en"} {
		is(language, 10, func(i store.Invoice) bool { return i.Doc.Language == language })
	}
	for _, year := range []string{"2024-", "2025-", "2026-"} {
		is(year, 5, func(i store.Invoice) bool { return strings.HasPrefix(i.Doc.Number, year) })
		require.True(t, slices.ContainsFunc(m.invoices, func(i store.Invoice) bool { return i.Doc.Number == year+"0001" }))
	}
	for n, i := range m.invoices[1:] {
		require.False(t, m.invoices[n].Doc.Date.Before(i.Doc.Date), "dates never go back: %s", i.Doc.Number)
		require.Equal(t, i.Doc.Date, invoice.DateOf(i.Issued), i.Doc.Number)
		require.Empty(t, invoice.Check(i.Doc), i.Doc.Number)
	}

	require.Len(t, m.drafts, 5)
	ready := count(m.drafts, func(d store.Draft) bool {
		doc := d.Doc.Clone()
		doc.Seller, doc.Due = m.invoices[0].Doc.Seller, doc.Date
		doc, _ = invoice.Compute(doc)
		return len(invoice.Check(doc)) == 0
	})
	require.Equal(t, 3, ready, "two drafts are incomplete")
	require.Equal(t, "Giulia Conti", m.drafts[0].Doc.Buyer.Name)
	require.Len(t, m.items, 28)
}

func TestTheMadeUpShopHasALogOfYearsInWhichTimeNeverGoesBack(t *testing.T) {
	m := usual(t)
	for i, e := range m.events[1:] {
		require.False(t, m.events[i].At.Before(e.At), "event %d", e.Number)
	}
	first := m.events[len(m.events)-1]
	require.Equal(t, store.BookCreated, first.Kind)
	require.Equal(t, 2024, first.At.Year())
	for _, kind := range []store.EventKind{store.SignedIn, store.StaffAdded, store.CustomerAdded, store.CustomersImported, store.NoteAdded, store.NoteChanged,
		store.ContactShown, store.DraftSaved, store.InvoiceIssued, store.InvoicePrinted, store.InvoiceSaved, store.InvoiceOpened} {
		require.True(t, slices.ContainsFunc(m.events, func(e store.Event) bool { return e.Kind == kind }), kind)
	}
	for _, p := range m.staff {
		require.False(t, p.LastIn.IsZero(), p.Nickname)
		require.Less(t, today.Sub(p.LastIn), 10*24*time.Hour, p.Nickname)
	}
}

func TestEverybodyInTheMadeUpShopSignsInWithThePassphraseThatIsNamed(t *testing.T) {
	b, err := sample.Create(context.Background(), filepath.Join(t.TempDir(), "a.counterbook"), 3, options(today), nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, b.Close()) }()
	require.Len(t, b.Info().Profiles, 5)
	seen := map[string]bool{}
	for _, p := range b.Info().Profiles {
		pass := sample.PassphraseOf(p.Nickname)
		require.False(t, seen[pass], "everybody has their own")
		seen[pass] = true
		require.True(t, store.MeasurePassphrase(pass).Enough, "%s's would be taken by a real book", p.Nickname)
		s, err := b.SignIn(p.ID, store.Passphrase(pass))
		require.NoError(t, err)
		s.Close()
	}
	require.Empty(t, sample.PassphraseOf("Somebody"))
}

// content is what is in a shop, without what the book itself draws by lot.
func (m made) content() any {
	for i := range m.customers {
		m.customers[i].ID, m.customers[i].Version = store.ID{}, 0
		for k := range m.customers[i].Checks {
			m.customers[i].Checks[k].By = store.ProfileID{}
		}
	}
	var notes []string
	for _, c := range m.customers {
		for _, n := range m.notes[c.Number] {
			notes = append(notes, c.Number+" "+n.AuthorName+" "+n.Created.String()+" "+n.Text)
		}
	}
	var docs []invoice.Document
	for _, i := range m.invoices {
		docs = append(docs, i.Doc)
	}
	for _, d := range m.drafts {
		docs = append(docs, d.Doc)
	}
	var log []store.Event
	for _, e := range m.events {
		e.Subject, e.By = store.ID{}, store.ID{}
		log = append(log, e)
	}
	return []any{m.customers, notes, docs, log}
}

func TestTheSameTimeAndSizeMakeTheSameShop(t *testing.T) {
	require.Equal(t, read(t, 40, today).content(), read(t, 40, today).content())
}

// A shop can be made at any time of day and of the year, and of any size.
func TestAShopOfAnySizeIsMadeAtAnyTime(t *testing.T) {
	vienna := time.FixedZone("", 3600)
	for _, c := range []struct {
		now time.Time
		n   int
	}{
		{time.Date(2026, 11, 22, 0, 3, 0, 0, vienna), 1}, // a Sunday, just begun
		{time.Date(2027, 1, 1, 0, 1, 0, 0, vienna), 9},
		{time.Date(2028, 2, 29, 23, 59, 59, 0, time.UTC), 25},
		{time.Date(2026, 3, 31, 7, 30, 0, 0, time.FixedZone("", -9*3600)), 60},
	} {
		m := read(t, c.n, c.now)
		require.Len(t, m.customers, c.n)
		require.NotEmpty(t, m.invoices)
	}
	for _, n := range []int{0, -1, sample.Most + 1} {
		_, err := sample.Create(context.Background(), filepath.Join(t.TempDir(), "a.counterbook"), n, options(today), nil)
		require.ErrorIs(t, err, sample.ErrSize)
	}
}

func TestStoppingLeavesNoFileAndProgressNeverGoesBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.counterbook")
	ctx, stop := context.WithCancel(context.Background())
	var told []float64
	_, err := sample.Create(ctx, path, 30, options(today), func(done float64) {
		told = append(told, done)
		if done > 0.5 {
			stop()
		}
	})
	require.ErrorIs(t, err, context.Canceled)
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Empty(t, left)
	require.True(t, slices.IsSorted(told))
	require.LessOrEqual(t, told[len(told)-1], 1.0)
}
