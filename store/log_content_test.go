package store_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/exchange"
	"counterbook/store/internal/vault"
	"counterbook/store/sensitive"
)

// elsewhere are the kinds of events that come of books which were damaged or went
// back. Each names nothing but a count.
var elsewhere = []store.EventKind{store.BookSalvaged, store.WentBack}

func TestTheLogSaysWhoDidWhatAndNeverWhatItHeld(t *testing.T) {
	ctx := context.Background()
	c := newClock()
	b, kit := newBookWithKit(t, c)
	s := signIn(t, b, 0, ownerPass)
	m := new(markers)
	fillAll(t, b, s, m)

	cs, ns, items, ds, is, st := customers(t, s), must(s.Notes()), must(s.Items()), must(s.Drafts()), must(s.Invoices()), must(s.Staff())
	one := must(cs.Save(store.Customer{Name: m.next(), Phone: m.digits(), Email: m.next() + "@example.com"}))
	full := must(cs.Get(one.ID))
	full.Name = m.next()
	full = must(cs.Save(full))
	for _, f := range []string{"Phone", "Email"} {
		must(cs.Reveal(one.ID, f))
	}
	require.NoError(t, cs.Import(ctx, []store.Customer{{Name: m.next(), Phone: m.digits()}}, nil))
	note := must(ns.Save(store.Note{Customer: one.ID, Text: m.next()}))
	note = must(ns.Save(reworded(note, m.next())))
	note.Kind = store.ServiceNote
	note = must(ns.Heed(must(ns.Save(note))))
	require.NoError(t, ns.Delete(note))
	full = must(cs.Get(one.ID))
	twin := must(cs.Save(store.Customer{Name: m.next(), Phone: m.digits(), Email: m.next() + "@example.com"}))
	must(cs.Merge(full, twin, full))
	must(cs.Unmerge(twin.ID))
	require.NoError(t, ns.Import(ctx, []store.Note{{Customer: one.ID, Text: m.next()}}, nil))
	item := must(items.Save(store.Item{Name: m.next(), Tax: frame().Tax}))
	item.Name = m.next()
	item = must(items.Save(item))
	require.NoError(t, items.Delete(item.ID))
	draft := func() store.Draft {
		l := frame()
		l.Name = m.next()
		return store.Draft{Customer: one.ID, Doc: invoice.Document{Buyer: full.Party(), Note: m.next(), Lines: []invoice.Line{l}}}
	}
	require.NoError(t, ds.Discard(must(ds.Save(draft())).ID))
	d := must(ds.Save(draft()))
	must(is.Issue(ctx, d.ID))
	for _, how := range []store.EventKind{store.InvoicePrinted, store.InvoiceSaved, store.InvoiceOpened} {
		require.NoError(t, is.Handed(d.ID, how))
	}
	must(is.IssueAll(ctx, []store.Draft{draft()}, nil))

	name, pass := m.next(), m.next()
	p := must(st.Add(store.NewProfile{Nickname: name, Role: store.FrontDesk, Passphrase: pass}))
	jonas := must(b.SignIn(p.ID, store.Passphrase(pass)))
	own := m.next()
	require.NoError(t, jonas.ChangePassphrase(pass, own))
	badge := must(jonas.NewBadge(store.Passphrase(own)))
	m.all = append(m.all, badge.Code(), badge.Code()[2:])
	jonas.Close()
	jonas = must(b.SignInWithBadge(badge))
	require.NoError(t, jonas.StepUp(store.Passphrase(own)))
	require.NoError(t, jonas.SetPIN(goodPIN))
	m.all = append(m.all, goodPIN)
	require.True(t, b.Pause(jonas))
	jonas = must(b.Resume(p.ID, goodPIN))
	require.NoError(t, jonas.DropBadge())
	jonas.Close()
	require.NoError(t, st.Change(p.ID, m.next(), store.Workshop, nil))
	require.NoError(t, st.ResetPassphrase(p.ID, m.next()))
	require.NoError(t, st.Disable(p.ID))
	fresh := confirmedKit(t)
	require.NoError(t, s.AddKit(store.Passphrase(ownerPass), fresh))
	m.all = append(append(m.all, fresh.Groups()...), kit.Groups()...)
	must(b.SignInWithKit(fresh)).Close()
	c.at = c.at.Add(time.Hour)
	require.ErrorIs(t, s.StepUp("wrong"+store.Passphrase(m.next())), store.ErrWrongPassphrase)
	c.at = c.at.Add(time.Minute)
	require.NoError(t, s.StepUp(store.Passphrase(ownerPass)))
	x := must(s.Export())
	x.WithNotes = true
	require.NoError(t, x.Begin())
	require.NoError(t, x.End(true))
	require.NoError(t, s.TrustClock())
	careFor(t, s, m, one.ID)

	seen := map[store.EventKind]bool{}
	for _, e := range must(must(s.Activity()).Events(10_000)) {
		seen[e.Kind] = true
		for _, f := range e.Fields {
			require.Regexp(t, `^[A-Za-z][A-Za-z.]{1,30}2?$`, f, "%s names a field, not what is in it", e.Kind)
		}
	}
	for _, k := range store.EventKinds() {
		require.True(t, seen[k] || slices.Contains(elsewhere, k), "%s is in the log once it happened", k)
	}
	entries := 0
	require.NoError(t, s.Vault().Log(func(e vault.Entry) bool {
		entries++
		require.Less(t, len(e.Event), 200, "an entry has no room for a text")
		for _, mark := range m.all {
			require.False(t, bytes.Contains(bytes.ToLower(e.Event), []byte(strings.ToLower(mark))), "%s is in entry %d", mark, e.Number)
		}
		return true
	}))
	require.Greater(t, entries, 200)
	require.Greater(t, len(m.all), 1000)
}

// careFor does what there is to be done about a customer and what is kept of them,
// erasing last.
func careFor(t *testing.T, s *store.Session, m *markers, id store.CustomerID) {
	t.Helper()
	ctx := context.Background()
	cs, ns, g := customers(t, s), must(s.Notes()), must(s.Guard())
	get := func() store.Customer { return must(cs.Get(id)) }
	must(cs.Check(id, []string{"Phone"}, store.ReadBack))
	require.NoError(t, cs.SkipIdentity(id))
	c := get()
	c.Name = m.next()
	must(cs.Save(c))
	must(cs.Undo(id))
	must(cs.Restore(id, must(cs.History(id))[0].ID, get().Version))
	must(must(s.Tags()).Add(m.next()))
	require.NoError(t, cs.Report(id, store.WrongPhone))
	require.NoError(t, cs.Settle(id))

	policy := must(g.Policy())
	policy.Words = []store.GuardWords{{Language: "en", Kind: "health", Find: []string{m.next()}}}
	must(g.Save(policy))
	for kind, text := range map[sensitive.Kind]string{sensitive.Phone: "+43 660 000 4471", sensitive.Card: "4111 1111 1111 1111"} {
		must(ns.Save(store.Note{Customer: id, Text: m.next() + ", " + text, Reasons: []store.GuardReason{{Kind: kind.String(), Count: 1, Reason: m.next()}}}))
		m.all = append(m.all, text)
	}
	text := m.next() + ", " + m.next() + "@example.com"
	must(ns.Move(store.Note{Customer: id}, text, first(t, s, text), true))

	fields := collect(t, s, map[string]store.Collect{"Phone2": store.Optional})
	i := slices.IndexFunc(fields.Rules, func(r store.FieldRule) bool { return r.Name == "Phone2" })
	fields.Rules[i].Purpose = m.next()
	must(must(s.Shop()).SaveFields(fields))
	c = get()
	c.Phone2 = m.digits()
	c = must(cs.Save(c))
	require.NoError(t, cs.FoundBy(id, store.CustomerQuery{Text: c.Phone2}))
	must(cs.Clear(ctx, "Company", nil))

	p := must(planOf(t, s, "Name;Telefon;Notiz\n"+m.next()+";"+m.digits()+";"+m.next()+"\n"))
	p.Rows[0].Take = true
	must(cs.UndoImport(ctx, run(t, p).ID, nil))
	for _, way := range []store.Takeout{store.AsTable, store.AsCards, store.AsList} {
		found := must(cs.Find("", store.ByName, false))
		require.NoError(t, cs.TakeOut(ctx, way, []exchange.Field{exchange.Name, exchange.Phone2, exchange.Street2}, found, func([]string, int, int) error { return nil }))
	}
	require.NoError(t, cs.Erase(ctx, id, nil))
}

func TestTheLogSaysAtWhichScreenSomethingWasDone(t *testing.T) {
	_, s := newBook(t, newClock())
	s.SetScreen(store.CustomersScreen)
	one := must(anyway(customers(t, s), giulia()))
	s.SetScreen(store.InvoicesScreen)
	must(customers(t, s).Reveal(one.ID, "Phone"))
	s.SetScreen(store.NoScreen)
	require.NoError(t, s.TrustClock())
	var got []store.Screen
	for _, e := range must(must(s.Activity()).Events(3)) {
		got = append(got, e.Screen)
	}
	require.Equal(t, []store.Screen{store.NoScreen, store.InvoicesScreen, store.CustomersScreen}, got)
	require.Equal(t, "screen 200", store.Screen(200).String())
}
