package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice"
	"counterbook/store"
)

// shownNames is what a list shows of names, from first to last.
func shownNames(f store.CustomersFound) []string {
	out := []string{}
	for i := range f.Len() {
		out = append(out, f.At(i).Name)
	}
	return out
}

// The model is a plain map; names are small letters and digits, so that folding
// changes nothing.
func TestListAndSearchAreThoseOfAPlainMapAfterAnyChanges(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b, s := newBook(t, newClock())
		other, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(ownerPass))
		require.NoError(rt, err)
		defer other.Close()
		name := rapid.StringMatching(`[a-e]{1,3} [a-e0-9]{1,4}`)
		model := map[store.CustomerID]string{}
		add := func(n int) {
			list := make([]store.Customer, n)
			for i := range list {
				list[i] = store.Customer{Name: name.Draw(rt, "name")}
			}
			require.NoError(rt, customers(t, s).Import(context.Background(), list, nil))
			for _, c := range list {
				model[c.ID] = c.Name
			}
		}
		add(rapid.IntRange(0, 400).Draw(rt, "first"))
		rt.Repeat(map[string]func(*rapid.T){
			"import": func(rt *rapid.T) { add(rapid.IntRange(1, 150).Draw(rt, "many")) },
			"save": func(rt *rapid.T) {
				who := rapid.SampledFrom([]*store.Session{s, other}).Draw(rt, "session")
				c, err := anyway(customers(t, who), store.Customer{Name: name.Draw(rt, "name")})
				require.NoError(rt, err)
				model[c.ID] = c.Name
			},
			"rename": func(rt *rapid.T) {
				if len(model) == 0 {
					return
				}
				ids := make([]store.CustomerID, 0, len(model))
				for id := range model {
					ids = append(ids, id)
				}
				slices.SortFunc(ids, func(a, b store.ID) int { return strings.Compare(string(a[:]), string(b[:])) })
				who := rapid.SampledFrom([]*store.Session{s, other}).Draw(rt, "session")
				c, err := customers(t, who).Get(rapid.SampledFrom(ids).Draw(rt, "id"))
				require.NoError(rt, err)
				c.Name = name.Draw(rt, "name")
				_, err = customers(t, who).Save(c)
				require.NoError(rt, err)
				model[c.ID] = c.Name
			},
			"": func(rt *rapid.T) {
				// digits and "c" also stand in a customer's number
				query := rapid.StringMatching(`([abde]{1,2}( [abde]{1,2})?)?`).Draw(rt, "query")
				want := []string{}
				for _, n := range model {
					fits := true
					for _, w := range strings.Fields(query) {
						fits = fits && strings.Contains(n, w)
					}
					if fits {
						want = append(want, n)
					}
				}
				slices.Sort(want)
				found, err := customers(t, s).Find(query, store.ByName, false)
				require.NoError(rt, err)
				require.Equal(rt, want, shownNames(found))
				for i := range found.Len() {
					require.Equal(rt, i, found.Index(found.At(i).ID))
				}
				falling, err := customers(t, other).Find(query, store.ByName, true)
				require.NoError(rt, err)
				slices.Reverse(want)
				require.Equal(rt, want, shownNames(falling))
			},
		})
		s.Close()
		again := signIn(t, b, 0, ownerPass)
		require.NoError(rt, again.CheckAreas(context.Background()))
		n, err := customers(t, again).Count()
		require.NoError(rt, err)
		require.Equal(rt, len(model), n)
	})
}

func TestAListStaysAsItIsWhileTheBookChanges(t *testing.T) {
	_, s := newBook(t, newClock())
	for i := range 300 {
		_, err := customers(t, s).Save(store.Customer{Name: fmt.Sprintf("Customer %03d", i)})
		require.NoError(t, err)
	}
	before, err := customers(t, s).Find("", store.ByName, false)
	require.NoError(t, err)
	names := shownNames(before)
	c, err := customers(t, s).Get(before.At(7).ID)
	require.NoError(t, err)
	c.Name = "Zoe"
	_, err = customers(t, s).Save(c)
	require.NoError(t, err)
	require.Equal(t, names, shownNames(before))
	after, err := customers(t, s).Find("", store.ByName, false)
	require.NoError(t, err)
	require.Equal(t, "Zoe", after.At(299).Name)
}

func TestTheListIsMadeOfTheRecordsWhereThereIsNoIndex(t *testing.T) {
	_, s := newBook(t, newClock())
	var list []store.Customer
	for i := range 300 {
		list = append(list, store.Customer{Name: fmt.Sprintf("Customer %03d", i), Address: invoice.Address{City: "Wien", Country: "AT"}})
	}
	require.NoError(t, customers(t, s).Import(context.Background(), list, nil))
	want, err := customers(t, s).Find("", store.ByName, false)
	require.NoError(t, err)
	s.DropIndex(t, "contacts")
	got, err := customers(t, s).Find("", store.ByName, false)
	require.NoError(t, err)
	require.Equal(t, shownNames(want), shownNames(got))
	_, err = customers(t, s).Save(store.Customer{Name: "Customer 300"})
	require.NoError(t, err)
	got, err = customers(t, s).Find("wien", store.ByName, false)
	require.NoError(t, err)
	require.Equal(t, 300, got.Len(), "saving stored the whole index anew")
}

func TestAnOddChunkOfAMemberHarmsNobodysListAndIsGoneAfterTheNextSave(t *testing.T) {
	const text = "odd chunk"
	const width = 25 // of an invoice's columns
	for name, c := range map[string]struct {
		area string
		odd  store.OddChunk
	}{
		"customers without form":      {"contacts", store.OddChunk{Text: text, NoForm: true}},
		"customers with columns":      {"contacts", store.OddChunk{Text: text, Fixed: 1}},
		"customers with a place":      {"contacts", store.OddChunk{Text: text, Place: true}},
		"invoices without form":       {"invoices", store.OddChunk{Text: text, Place: true, Fixed: width, NoForm: true}},
		"invoices without columns":    {"invoices", store.OddChunk{Text: text, Place: true}},
		"invoices with other columns": {"invoices", store.OddChunk{Text: text, Place: true, Fixed: width - 1}},
		"invoices without a place":    {"invoices", store.OddChunk{Text: text, Fixed: width}},
	} {
		t.Run(name, func(t *testing.T) {
			b, s := newBook(t, newClock())
			for range 40 { // more than a chunk
				_, err := anyway(customers(t, s), giulia())
				require.NoError(t, err)
				_, _, err = issue(t, s, draft())
				require.NoError(t, err)
			}
			counted := func(s *store.Session, want int) {
				t.Helper()
				require.Len(t, must(customers(t, s).List("")), want)
				is := must(s.Invoices())
				require.NoError(t, is.Gather())
				require.Len(t, must(is.List("")), want)
			}
			save := func(s *store.Session) {
				t.Helper()
				_, err := anyway(customers(t, s), giulia())
				require.NoError(t, err)
				_, _, err = issue(t, s, draft())
				require.NoError(t, err)
			}
			s.PutChunk(t, c.area, c.odd)
			require.True(t, s.HasChunkOf(t, c.area, text))
			counted(s, 40)
			counted(signIn(t, b, 0, ownerPass), 40)

			save(signIn(t, b, 0, ownerPass)) // it has not looked at a list yet
			require.False(t, s.HasChunkOf(t, c.area, text))
			counted(s, 41)
			counted(signIn(t, b, 0, ownerPass), 41)

			s.PutChunk(t, c.area, c.odd)
			counted(s, 41)
			save(s) // it has
			require.False(t, s.HasChunkOf(t, c.area, text))
			counted(s, 42)
			counted(signIn(t, b, 0, ownerPass), 42)
			require.NoError(t, s.Vault().Verify())
		})
	}
}

func TestAChunkThatWasPutBackToAnOlderOneIsNoticed(t *testing.T) {
	b, s := newBook(t, newClock())
	_, err := customers(t, s).Save(store.Customer{Name: "Anna"})
	require.NoError(t, err)
	old := s.Chunks(t)
	_, err = customers(t, s).Save(store.Customer{Name: "Berta"})
	require.NoError(t, err)
	path := b.Info().Path
	s.Close()
	require.NoError(t, b.Close())
	store.PutRaw(t, path, old)
	b, err = store.Open(path, options(newClock()))
	require.NoError(t, err)
	defer b.Close()
	s, err = b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(ownerPass))
	require.NoError(t, err)
	defer s.Close()
	_, err = customers(t, s).Find("", store.ByName, false)
	require.ErrorIs(t, err, store.ErrDamaged)
	require.ErrorIs(t, s.CheckAreas(context.Background()), store.ErrDamaged)
}

func TestAnInvoiceThatIsMissingIsNoticedThoughThereIsNoIndex(t *testing.T) {
	b, s := newBook(t, newClock())
	_, _, err := issue(t, s, draft())
	require.NoError(t, err)
	id, _, err := issue(t, s, draft())
	require.NoError(t, err)
	s.DropIndex(t, "invoices")
	path := b.Info().Path
	s.Close()
	require.NoError(t, b.Close())
	store.PutRaw(t, path, map[string][]byte{store.InvoiceKey(id): nil})
	b, err = store.Open(path, options(newClock()))
	require.NoError(t, err)
	defer b.Close()
	s, err = b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(ownerPass))
	require.NoError(t, err)
	defer s.Close()
	_, err = must(s.Invoices()).List("")
	require.ErrorIs(t, err, store.ErrDamaged)
}

func TestSortedListsPutWhatHasNothingLast(t *testing.T) {
	_, s := newBook(t, newClock())
	for _, c := range []store.Customer{{Name: "a", Address: invoice.Address{City: "Wien", Country: "AT"}}, {Name: "b"},
		{Name: "c", Address: invoice.Address{City: "Graz", Country: "AT"}}, {Name: "d", Address: invoice.Address{City: "graz", Country: "AT"}}} {
		_, err := customers(t, s).Save(c)
		require.NoError(t, err)
	}
	for falling, want := range map[bool][]string{false: {"c", "d", "a", "b"}, true: {"a", "c", "d", "b"}} {
		f, err := customers(t, s).Find("", store.ByCity, falling)
		require.NoError(t, err)
		require.Equal(t, want, shownNames(f))
	}
	all, err := customers(t, s).List("")
	require.NoError(t, err)
	is, err := s.Invoices()
	require.NoError(t, err)
	_, err = is.IssueAll(context.Background(), []store.Draft{
		{Customer: all[1].ID, Doc: invoice.Document{Buyer: giulia().Party(), Lines: []invoice.Line{frame(), frame()}}},
		{Customer: all[3].ID, Doc: invoice.Document{Buyer: giulia().Party(), Lines: []invoice.Line{frame()}}}}, nil)
	require.NoError(t, err)
	f, err := customers(t, s).Find("", store.BySpent, true)
	require.NoError(t, err)
	require.Equal(t, []string{"b", "d", "a", "c"}, shownNames(f))
}
