package store_test

// A model of merging and importing: a plain map of who is whom now and who came with
// which file, beside random work on a book.

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice"
	"counterbook/store"
)

// soul is an id that a customer had at some time.
type soul struct {
	number string
	into   store.CustomerID // zero while standing
	erased bool
	merged time.Time
	kept   bool           // what takes the merge back is still there
	left   store.Customer // as it was when it was merged
	was    store.Customer // the survivor before
	clean  bool           // nothing happened to the survivor since
	came   store.ID       // the import they came with, zero for none
	edited bool           // the record was changed since they came
	busy   bool           // there was something else since
	before bool           // the survivor was edited before
}

// people is the book and its model.
type people struct {
	c        *clock
	b        *store.Book
	s        *store.Session
	souls    map[store.CustomerID]*soul
	notes    map[store.NoteID]store.CustomerID // under which id
	texts    map[store.NoteID]string
	drafts   map[store.DraftID]store.CustomerID
	invoices map[store.InvoiceID]store.CustomerID
	imports  map[store.ID]time.Time // that were not undone
	n        int
	went     map[string]int
}

func sorted[T any](m map[store.ID]T) []store.ID {
	return slices.SortedFunc(maps.Keys(m), func(a, b store.ID) int { return slices.Compare(a[:], b[:]) })
}

// root is who an id is now.
func (p *people) root(id store.CustomerID) store.CustomerID {
	for !p.souls[id].into.IsZero() {
		id = p.souls[id].into
	}
	return id
}

// standing lists those who are in the directory, in the order of their numbers: the
// same draws then do the same, whatever the ids are.
func (p *people) ids(want func(*soul) bool) (out []store.CustomerID) {
	for id, x := range p.souls {
		if want(x) {
			out = append(out, id)
		}
	}
	slices.SortFunc(out, func(a, b store.ID) int {
		if p.souls[a].number < p.souls[b].number {
			return -1
		}
		return 1
	})
	return out
}

func standing(x *soul) bool { return !x.erased && x.into.IsZero() }
func reached(x *soul) bool  { return !x.erased }

// one draws an id.
func (p *people) one(t *rapid.T, want func(*soul) bool) store.CustomerID {
	list := p.ids(want)
	if len(list) == 0 {
		t.Skip("nobody")
	}
	return rapid.SampledFrom(list).Draw(t, "who")
}

// touched says that something happened to a survivor.
func (p *people) touched(id store.CustomerID) {
	p.souls[id].edited = true
	for _, x := range p.souls {
		if x.into == id {
			x.clean = false
		}
	}
}

func (p *people) add(t *rapid.T) {
	list := make([]store.Customer, rapid.IntRange(1, 3).Draw(t, "many"))
	for i := range list {
		p.n++
		list[i] = store.Customer{Name: fmt.Sprintf("Person %c", 'a'+p.n%20), Phone: fmt.Sprintf("+43 660 %07d", p.n), Company: rapid.SampledFrom([]string{"", "Conti", "Neri"}).Draw(t, "company")}
	}
	cs := must(p.s.Customers())
	if len(list) == 1 {
		list[0] = must(anyway(cs, list[0]))
	} else {
		require.NoError(t, cs.Import(context.Background(), list, nil))
	}
	for _, c := range list {
		p.souls[c.ID] = &soul{number: c.Number}
	}
}

// file imports a file, of which some rows are like somebody: those are taken or not.
func (p *people) file(t *rapid.T) {
	var file strings.Builder
	file.WriteString("Name;Phone;Note\n")
	for range rapid.IntRange(1, 4).Draw(t, "rows") {
		p.n++
		note := rapid.SampledFrom([]string{"", fmt.Sprint("Imported ", p.n)}).Draw(t, "note")
		fmt.Fprintf(&file, "Person %c;0660 %07d;%s\n", 'a'+p.n%20, p.n, note)
	}
	plan := must(planOf(t, p.s, file.String()))
	for i := range plan.Rows {
		plan.Rows[i].Take = rapid.Bool().Draw(t, "is somebody else")
	}
	imported, err := plan.Run(context.Background(), func(int, int) {})
	if plan.Count().Stored == 0 {
		require.ErrorIs(t, err, store.ErrNotFound)
		return
	}
	require.NoError(t, err)
	p.imports[imported.ID] = p.c.at
	for _, row := range plan.Rows {
		if !row.Stored() {
			continue
		}
		found := must(must(p.s.Customers()).Find(row.Customer.Phone, store.ByName, false))
		require.Equal(t, 1, found.Len(), row.Customer.Phone)
		c := found.At(0)
		p.souls[c.ID] = &soul{number: c.Number, came: imported.ID}
		if row.Note != "" {
			v := must(must(p.s.Notes()).Of(c.ID))
			require.Len(t, v, 1)
			p.notes[v[0].ID], p.texts[v[0].ID] = c.ID, row.Note
		}
	}
	p.went["imported"]++
}

// takeFileBack undoes an import: those to whom nothing happened go, all others stay.
func (p *people) takeFileBack(t *rapid.T) {
	if len(p.imports) == 0 {
		t.Skip("no import")
	}
	ids := slices.SortedFunc(maps.Keys(p.imports), func(a, b store.ID) int { return strings.Compare(p.firstOf(a), p.firstOf(b)) })
	id := rapid.SampledFrom(ids).Draw(t, "import")
	gone := p.ids(func(x *soul) bool { return x.came == id && standing(x) && !x.edited && !x.busy })
	stay := map[store.CustomerID]bool{}
	for _, of := range p.ids(func(x *soul) bool { return x.came == id && reached(x) }) {
		if !slices.Contains(gone, of) {
			stay[p.root(of)] = true
		}
	}
	require.NoError(t, p.s.StepUp(store.Passphrase(ownerPass)))
	u, err := must(p.s.Customers()).UndoImport(context.Background(), id, nil)
	if p.c.at.Sub(p.imports[id]) > 30*24*time.Hour || len(gone)+len(stay) == 0 {
		require.ErrorIs(t, err, store.ErrNotFound)
		p.went["import over"]++
		return
	}
	require.NoError(t, err)
	require.Equal(t, len(gone), u.Gone)
	for _, x := range u.Stay {
		require.True(t, stay[x.Customer.ID])
		require.NotZero(t, x.Why)
	}
	require.Len(t, u.Stay, len(stay))
	for _, of := range gone {
		maps.DeleteFunc(p.notes, func(_ store.ID, at store.CustomerID) bool { return at == of })
		p.souls[of].erased = true
	}
	delete(p.imports, id)
	p.went["import undone"]++
	if len(gone) > 0 && len(stay) > 0 {
		p.went["import undone in part"]++
	}
}

// firstOf is the number of the first who came with an import: what imports are told
// apart by, whatever their ids are.
func (p *people) firstOf(id store.ID) string {
	return p.souls[p.ids(func(x *soul) bool { return x.came == id })[0]].number
}

func (p *people) edit(t *rapid.T) {
	id := p.one(t, standing)
	cs := must(p.s.Customers())
	c := must(cs.Get(id))
	p.n++
	c.Phone = fmt.Sprintf("+43 1 %07d", p.n)
	must(cs.Save(c))
	p.touched(id)
}

func (p *people) note(t *rapid.T) {
	id := p.one(t, reached)
	p.n++
	v := must(must(p.s.Notes()).Save(store.Note{Customer: id, Text: fmt.Sprint("Note ", p.n)}))
	p.notes[v.ID], p.texts[v.ID] = p.root(id), v.Text
	p.souls[p.root(id)].busy = true
}

func (p *people) editNote(t *rapid.T) {
	id := p.one(t, reached)
	list := must(must(p.s.Notes()).Of(id))
	if len(list) == 0 {
		t.Skip("no note")
	}
	p.n++
	v := rapid.SampledFrom(list).Draw(t, "note")
	v.Text = fmt.Sprint("Edited ", p.n)
	v = must(must(p.s.Notes()).Save(v))
	p.texts[v.ID] = v.Text
	p.souls[p.notes[v.ID]].busy = true
}

func (p *people) draft(t *rapid.T) {
	id := p.one(t, reached)
	c := must(must(p.s.Customers()).Get(id))
	d := must(must(p.s.Drafts()).Save(store.Draft{Customer: id, Doc: invoice.Document{Buyer: c.Party(), Lines: []invoice.Line{frame()}}}))
	d.Doc.Buyer.Address = giulia().Address
	d = must(must(p.s.Drafts()).Save(d))
	p.drafts[d.ID] = p.root(id)
	p.souls[p.root(id)].busy = true
}

func (p *people) issue(t *rapid.T) {
	if len(p.drafts) == 0 {
		t.Skip("no draft")
	}
	list := must(must(p.s.Drafts()).List())
	id := rapid.SampledFrom(list).Draw(t, "draft").ID
	must(must(p.s.Invoices()).Issue(context.Background(), id))
	p.invoices[id] = p.drafts[id]
	delete(p.drafts, id)
}

func (p *people) merge(t *rapid.T) {
	keep, gone := p.one(t, standing), p.one(t, standing)
	if keep == gone {
		t.Skip("nobody is merged with themselves")
	}
	cs := must(p.s.Customers())
	a, b := must(cs.Get(keep)), must(cs.Get(gone))
	take := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"Name", "Phone", "Company"}), 0, 3, rapid.ID).Draw(t, "from the other")
	must(cs.Merge(a, b, store.MergeChoice(a, b, take)))
	x := p.souls[gone]
	x.before = p.souls[keep].edited
	p.touched(keep)
	x.into, x.merged, x.kept, x.left, x.was, x.clean = keep, p.c.at, true, b, a, true
	p.went["merged"]++
}

func (p *people) unmerge(t *rapid.T) {
	gone := p.one(t, reached)
	x := p.souls[gone]
	cs := must(p.s.Customers())
	got, err := cs.Unmerge(gone)
	switch {
	case x.into.IsZero() || !x.kept:
		require.ErrorIs(t, err, store.ErrNotFound)
	case p.c.at.After(x.merged.AddDate(0, 0, store.UnmergeDays)):
		require.ErrorIs(t, err, store.ErrMergeOver)
		p.went["over"]++
	case !p.souls[x.into].into.IsZero():
		require.ErrorIs(t, err, store.ErrMergedLater)
		p.went["later"]++
	default:
		require.NoError(t, err)
		require.Equal(t, plain(x.left), plain(got))
		if x.clean {
			require.Equal(t, plain(x.was), plain(must(cs.Get(x.into))))
			p.went["exact"]++
		}
		p.touched(x.into)
		if reflect.DeepEqual(plain(x.was), plain(must(cs.Get(x.into)))) {
			p.souls[x.into].edited = x.before // as if nothing had been
		}
		x.into = store.ID{}
		p.went["taken back"]++
	}
}

// plain is a customer without what no person ever sees.
func plain(c store.Customer) store.Customer {
	c.Version, c.NotSame = 0, nil
	return c
}

func (p *people) erase(t *rapid.T) {
	id := p.one(t, reached)
	require.NoError(t, p.s.StepUp(store.Passphrase(ownerPass)))
	require.NoError(t, must(p.s.Customers()).Erase(context.Background(), id, nil))
	root := p.root(id)
	for _, of := range p.ids(reached) {
		if p.root(of) != root {
			continue
		}
		for _, m := range []map[store.ID]store.CustomerID{p.notes, p.drafts} {
			maps.DeleteFunc(m, func(_ store.ID, at store.CustomerID) bool { return at == of })
		}
		defer func() { p.souls[of].erased = true }()
	}
	p.went["erased"]++
}

func (p *people) again(t *rapid.T) {
	p.s.Close()
	var err error
	p.s, err = p.b.SignIn(p.b.Info().Profiles[0].ID, store.Passphrase(ownerPass))
	require.NoError(t, err)
	require.NoError(t, p.s.CheckAreas(context.Background()))
	for _, x := range p.souls {
		x.kept = x.kept && !p.c.at.After(x.merged.AddDate(0, 0, store.UnmergeDays))
	}
}

// check compares the book with the model.
func (p *people) check(t *rapid.T) {
	p.c.at = p.c.at.Add(time.Minute)
	cs, notes, is := must(p.s.Customers()), must(p.s.Notes()), must(p.s.Invoices())
	require.Equal(t, len(p.ids(standing)), must(cs.Count()))
	of := func(m map[store.ID]store.CustomerID, root store.CustomerID) (out []store.ID) {
		for _, id := range sorted(m) {
			if at := m[id]; !p.souls[at].erased && p.root(at) == root {
				out = append(out, id)
			}
		}
		return out
	}
	drafts := must(must(p.s.Drafts()).List())
	require.Len(t, drafts, len(p.drafts))
	for id, x := range p.souls {
		if x.erased {
			_, err := cs.Get(id)
			require.ErrorIs(t, err, store.ErrNotFound)
			require.Empty(t, must(notes.Of(id)))
			require.Len(t, must(is.Of(id)), len(slices.DeleteFunc(sorted(p.invoices), func(i store.ID) bool { return p.invoices[i] != id })))
			continue
		}
		root := p.root(id)
		c := must(cs.Get(id))
		require.Equal(t, root, c.ID)
		found := must(cs.Find(x.number, store.ByName, false))
		require.Equal(t, 1, found.Len())
		require.Equal(t, root, found.At(0).ID)
		var gotNotes, gotInvoices []store.ID
		for _, v := range must(notes.Of(id)) {
			gotNotes = append(gotNotes, v.ID)
			require.Equal(t, p.texts[v.ID], v.Text)
		}
		for _, r := range must(is.Of(id)) {
			gotInvoices = append(gotInvoices, r.ID)
		}
		require.ElementsMatch(t, of(p.notes, root), gotNotes)
		require.ElementsMatch(t, of(p.invoices, root), gotInvoices)
		traces := must(cs.MergeTraces(id))
		require.Equal(t, store.Traces{Notes: len(gotNotes), Drafts: len(of(p.drafts, root)), Invoices: len(gotInvoices)}, traces)
	}
}

func TestT42EveryNoteAndInvoiceStaysWithTheRightPersonWhateverIsMergedImportedAndTakenBack(t *testing.T) {
	plays(t, "30")
	went := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		c := newClock()
		b, s := newBook(t, c)
		p := &people{c: c, b: b, s: s, souls: map[store.CustomerID]*soul{}, notes: map[store.NoteID]store.CustomerID{}, texts: map[store.NoteID]string{},
			drafts: map[store.DraftID]store.CustomerID{}, invoices: map[store.InvoiceID]store.CustomerID{},
			imports: map[store.ID]time.Time{}, went: went}
		defer func() { p.s.Close() }()
		for range 2 {
			p.add(rt)
		}
		rt.Repeat(map[string]func(*rapid.T){
			"": p.check, "add": p.add, "edit": p.edit, "note": p.note, "edit a note": p.editNote, "draft": p.draft, "issue": p.issue,
			"merge": p.merge, "merge 2": p.merge, "take back": p.unmerge, "take back 2": p.unmerge, "erase": p.erase, "sign in again": p.again,
			"import": p.file, "undo an import": p.takeFileBack,
			"time passes": func(rt *rapid.T) {
				c.at = c.at.AddDate(0, 0, rapid.SampledFrom([]int{1, 1, 20, 40}).Draw(rt, "days"))
			},
		})
	})
	if testing.Short() {
		return // too few plays for everything to happen
	}
	for _, must := range []string{"merged", "taken back", "erased", "imported", "import undone", "import undone in part"} {
		require.NotZero(t, went[must], "%s never happened: %v", must, went)
	}
}
