package store_test

// What is left in the file of who lost access, and of secrets that were changed.

import (
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

// runs16 are all runs of sixteen bytes of values.
func runs16(values ...[]byte) map[[16]byte]bool {
	out := map[[16]byte]bool{}
	for _, v := range values {
		for i := 0; i+16 <= len(v); i++ {
			out[[16]byte(v[i:])] = true
		}
	}
	delete(out, [16]byte{})
	return out
}

// shared counts the runs of a file that are among others.
func shared(t *testing.T, b *store.Book, runs map[[16]byte]bool) (n int) {
	t.Helper()
	raw, err := os.ReadFile(b.Info().Path)
	require.NoError(t, err)
	for i := 0; i+16 <= len(raw); i++ {
		if runs[[16]byte(raw[i:])] {
			n++
		}
	}
	return n
}

func TestNoOldSlotIsInTheFileAfterASecretChanged(t *testing.T) {
	b, s := newBook(t, newClock())
	me := s.Profile().ID
	hers := addStaff(t, b, s, "Lena", store.Owner)
	lena := hers.Profile().ID
	require.NoError(t, hers.AddKit(store.Passphrase("Lena passphrase"), confirmedKit(t)))
	st := must(s.Staff())
	const fresh = "another passphrase of some length"
	kit := confirmedKit(t)
	for _, c := range []struct {
		name string
		of   store.ProfileID
		slot int // which of those of before goes
		do   func() error
	}{
		{"passphrase", me, 0, func() error { return s.ChangePassphrase(ownerPass, fresh) }},
		{"kit", me, 0, func() error { return s.AddKit(store.Passphrase(fresh), kit) }},
		{"passphrase by the kit", me, 0, func() error { return s.NewPassphrase(kit, "and one more passphrase") }},
		{"used kit", me, 0, func() error { return s.AddKit(store.Passphrase("and one more passphrase"), confirmedKit(t)) }},
		{"owner no longer", lena, 1, func() error { return st.Change(lena, "Lena", store.Manager, nil) }},
		{"reset", lena, 0, func() error { return st.ResetPassphrase(lena, slip) }},
	} {
		slot := runs16(store.Slots(t, b, c.of)[c.slot])
		require.Positive(t, shared(t, b, slot), c.name)
		require.NoError(t, c.do(), c.name)
		require.Zero(t, shared(t, b, slot), c.name)
	}
	require.NoError(t, s.Vault().Verify())
}

func TestNoBadgeIsInTheFileOfWhoBecameAnOwner(t *testing.T) {
	_, b, owner, jonas, _ := withBadge(t, store.Manager)
	id := jonas.Profile().ID
	slots := store.Slots(t, b, id)
	badge := runs16(slots[len(slots)-1])
	require.Positive(t, shared(t, b, badge))
	require.NoError(t, must(owner.Staff()).Change(id, "Jonas", store.Owner, nil))
	require.Zero(t, shared(t, b, badge))
	require.NoError(t, owner.Vault().Verify())
}

func TestNoOldGrantOrSealingIsInTheFileAfterAccessWasTakenAway(t *testing.T) {
	b, s := newBook(t, newClock())
	c := must(must(s.Customers()).Save(giulia()))
	_, err := must(s.Notes()).Save(store.Note{Customer: c.ID, Text: "Prefers pickup after 17:00"})
	require.NoError(t, err)
	jonas := addStaff(t, b, s, "Jonas", store.FrontDesk).Profile().ID
	st := must(s.Staff())
	all := func(prefix ...byte) (out [][]byte) {
		for _, v := range store.Stored(t, b, prefix...) {
			out = append(out, v)
		}
		require.NotEmpty(t, out)
		return out
	}
	contacts, notes := store.AreaKey("contacts"), store.AreaKey("notes")
	for _, c := range []struct {
		name string
		gone []string
		do   func() error
	}{
		{"notes", []string{notes}, func() error {
			return st.Change(jonas, "Jonas", store.FrontDesk, []store.Right{store.ReadNotes, store.AddNotes, store.EditOwnNotes})
		}},
		{"role", []string{contacts}, func() error { return st.Change(jonas, "Jonas", store.Bookkeeper, nil) }},
		{"reset", []string{store.AreaKey("shop")}, func() error { return st.ResetPassphrase(jonas, slip) }},
		{"disabled", []string{store.AreaKey("shop")}, func() error { return st.Disable(jonas) }},
	} {
		values := store.SealedTable(t, b)
		for _, g := range c.gone {
			values = append(values, all([]byte(g)...)...)
		}
		runs := runs16(values...)
		require.Positive(t, shared(t, b, runs), c.name)
		require.NoError(t, c.do(), c.name)
		require.Zero(t, shared(t, b, runs), c.name)
	}
	require.NoError(t, s.Vault().Verify())
}

func TestACancelledChangeOfAccessIsNotMade(t *testing.T) {
	b, s := newBook(t, newClock())
	jonas := addStaff(t, b, s, "Jonas", store.FrontDesk)
	st, id := must(s.Staff()), jonas.Profile().ID
	var told int
	ctx, cancel := context.WithCancel(context.Background())
	how := store.Wait{Ctx: ctx, Progress: func(done, total int64) {
		if told++; told == 3 {
			cancel()
		}
	}}
	for _, do := range []func() error{
		func() error { return st.Disable(id, how) },
		func() error { return st.ResetPassphrase(id, slip, how) },
		func() error { return st.Change(id, "Jonas", store.Trainee, nil, how) },
		func() error { return s.ChangePassphrase(ownerPass, "another passphrase of some length", how) },
	} {
		require.ErrorIs(t, do(), context.Canceled)
	}
	require.GreaterOrEqual(t, told, 3)
	require.True(t, jonas.Can(store.ReadNotes))
	require.NoError(t, signIn(t, b, 0, ownerPass).Vault().Verify())
	require.NoError(t, signIn(t, b, 1, "Jonas passphrase").Vault().Verify())
}
