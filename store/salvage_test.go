package store_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/internal/vault"
)

// salvage looks through a damaged book and makes a new one of it.
func salvage(t testing.TB, path string, secret store.Secret, with ...string) (store.SalvageReport, error) {
	t.Helper()
	w, err := store.OpenWreck(context.Background(), path, with, options(newClock()), nil)
	if err != nil {
		return store.SalvageReport{}, err
	}
	defer w.Close()
	part := 0.0
	r, err := w.Salvage(context.Background(), store.ProfileID{}, secret, filepath.Join(t.TempDir(), "salvaged.counterbook"), func(p float64) {
		require.GreaterOrEqual(t, p, part)
		part = p
	})
	return r, err
}

// middlePage is the first page from the middle of a book on that holds neither the
// table of its members nor anything else of a profile.
func middlePage(t *testing.T, book []byte, profile store.ProfileID) []byte {
	t.Helper()
	const size = 4096
	free := size * (len(book) / size / 2)
	for at := 2 * size; at < len(book); at += size {
		// bbolt: id 8 | flags 2 | count 2 | how many pages follow 4
		if binary.LittleEndian.Uint64(book[at:]) != uint64(at/size) {
			continue
		}
		end := min(at+size*(1+int(binary.LittleEndian.Uint32(book[at+12:]))), len(book))
		if at <= free && free < end && bytes.Contains(book[at:end], profile[:]) {
			free = end
		}
	}
	require.Less(t, free, len(book))
	return book[free:]
}

func TestADamagedShopGoesOnWithWhatIsLeft(t *testing.T) {
	b, s := newBook(t, newClock())
	want := map[string]bool{}
	for i := range 150 {
		c, err := customers(t, s).Save(store.Customer{Name: fmt.Sprintf("Customer %03d", i)})
		require.NoError(t, err)
		want[c.Name] = true
	}
	st, err := s.Staff()
	require.NoError(t, err)
	jonas, err := st.Add(store.NewProfile{Nickname: "Jonas", Role: store.FrontDesk, Passphrase: "a passphrase of Jonas", Chosen: true})
	require.NoError(t, err)
	path := b.Info().Path
	s.Close()
	require.NoError(t, b.Close())

	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	clear(whole[:2*4096])                        // both first pages
	clear(middlePage(t, whole, jonas.ID)[:4096]) // and one in the middle
	require.NoError(t, os.WriteFile(path, whole, 0o600))
	_, err = store.Open(path, options(newClock()))
	require.Error(t, err)

	_, err = salvage(t, path, store.Passphrase("wrong"))
	require.ErrorIs(t, err, store.ErrWrongPassphrase)
	_, err = salvage(t, path, store.NewKit())
	require.ErrorIs(t, err, store.ErrWrongKit)
	_, err = salvage(t, path, store.Passphrase("a passphrase of Jonas"))
	require.ErrorIs(t, err, store.ErrNotOwner)
	r, err := salvage(t, path, store.Passphrase(ownerPass))
	require.NoError(t, err)
	require.False(t, r.Whole)
	require.False(t, r.Current)
	require.Equal(t, 2, r.Staff)
	require.Empty(t, r.Lost)

	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, whole, after, "the damaged file stays what it was")
	b, err = store.Open(r.Path, options(newClock()))
	require.NoError(t, err)
	defer b.Close()
	s = signIn(t, b, 0, ownerPass)
	require.NoError(t, s.CheckAreas(context.Background()))
	list, err := customers(t, s).List("")
	require.NoError(t, err)
	back := 0
	for _, a := range r.Areas {
		if a.Name == "customers" {
			back = a.Back
		}
	}
	require.InDelta(t, back, len(list), 2, "lists show what came back; one record counts customers, and one says which fields were used")
	require.Greater(t, back, 100)
	a, err := s.Activity()
	require.NoError(t, err)
	events, err := a.Events(50)
	require.NoError(t, err)
	found := false
	for _, e := range events {
		found = found || e.Kind == store.BookSalvaged
	}
	require.True(t, found)

	// Invoices may be lost that were printed: an owner says how numbers go on.
	require.ErrorIs(t, b.Standing(), store.ErrRestored)
	_, err = customers(t, s).Save(store.Customer{Name: "Too soon"})
	require.ErrorIs(t, err, store.ErrRestored)
	_, err = b.SignIn(b.Info().Profiles[1].ID, store.Passphrase("a passphrase of Jonas"))
	require.ErrorIs(t, err, store.ErrRestored)
	require.NoError(t, s.GoOn(store.GoOn{}))
	_, err = customers(t, s).Save(store.Customer{Name: "And on"})
	require.NoError(t, err)
	j := signIn(t, b, 1, "a passphrase of Jonas")
	require.NoError(t, j.CheckAreas(context.Background()))
}

func TestAFileOfWhichNothingIsLeftIsSaidToBeSo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.counterbook")
	require.NoError(t, os.WriteFile(path, make([]byte, 1<<20), 0o600))
	_, err := salvage(t, path, store.Passphrase(ownerPass))
	require.ErrorIs(t, err, store.ErrNothingFound)
	b, _ := newBook(t, newClock())
	_, err = salvage(t, b.Info().Path, store.Passphrase(ownerPass))
	require.ErrorIs(t, err, store.ErrBusy)
	_, err = salvage(t, filepath.Join(t.TempDir(), "missing"), store.Passphrase(ownerPass))
	require.ErrorIs(t, err, os.ErrNotExist)
}

// spoil damages what is stored of a profile in a closed book's file.
func spoil(t testing.TB, path string, stored []byte) {
	t.Helper()
	raw := must(os.ReadFile(path))
	at := bytes.Index(raw, stored)
	require.Positive(t, at)
	raw[at], raw[0] = 0xff, raw[0]^1
	require.NoError(t, os.WriteFile(path, raw, 0o600))
}

// salvagedBook is the book that comes of a damaged one and a backup, as its owner
// goes on from it.
func salvagedBook(t testing.TB, c *clock, path, backup string) (store.SalvageReport, *store.Book) {
	t.Helper()
	r, err := salvage(t, path, store.Passphrase(ownerPass), backup)
	require.NoError(t, err)
	b := reopen(t, r.Path, options(c))
	s := signIn(t, b, 0, ownerPass)
	require.NoError(t, s.GoOn(store.GoOn{}))
	s.Close()
	return r, b
}

func TestABackupThatHelpsASalvageBringsNoRevokedBadgeBack(t *testing.T) {
	c, b, owner, jonas, code := withBadge(t, store.FrontDesk)
	id := jonas.Profile().ID
	made := makeBackup(t, b, t.TempDir())
	require.NoError(t, must(owner.Staff()).DropBadge(id))
	stored := store.Stored(t, b, 'p')["p"+string(id[:])]
	path := b.Info().Path
	jonas.Close()
	owner.Close()
	require.NoError(t, b.Close())
	spoil(t, path, stored)
	r, n := salvagedBook(t, c, path, made.Path)
	require.Len(t, r.Lost, 1)
	require.Equal(t, id, r.Lost[0].ID)
	_, err := n.SignInWithBadge(scan(t, code))
	require.Error(t, err)
	_, err = n.SignIn(id, store.Passphrase("Jonas passphrase"))
	require.Error(t, err)
}

func TestABackupThatHelpsASalvageBringsNoReplacedKitBack(t *testing.T) {
	c := newClock()
	b, k := newBookWithKit(t, c)
	made := makeBackup(t, b, t.TempDir())
	s := signIn(t, b, 0, ownerPass)
	id := s.Profile().ID
	require.NoError(t, s.AddKit(store.Passphrase(ownerPass), confirmedKit(t)))
	stored := store.Stored(t, b, 'p')["p"+string(id[:])]
	path := b.Info().Path
	s.Close()
	require.NoError(t, b.Close())
	spoil(t, path, stored)
	_, n := salvagedBook(t, c, path, made.Path)
	_, err := n.SignInWithKit(k)
	require.Error(t, err)
}

func TestADamagedDeskStartsEmptyAfterASalvage(t *testing.T) {
	c := newClock()
	b, s := newBook(t, c)
	anna := addStaff(t, b, s, "Anna", store.FrontDesk)
	before := store.Stored(t, b, 'r')
	require.NoError(t, anna.Desk().Put("work", "unsaved"))
	var desk []byte
	for k, x := range store.Stored(t, b, 'r') {
		if before[k] == nil {
			desk = x
		}
	}
	made := makeBackup(t, b, t.TempDir())
	path := b.Info().Path
	anna.Close()
	s.Close()
	require.NoError(t, b.Close())
	raw := must(os.ReadFile(path))
	at := bytes.Index(raw, desk)
	require.Positive(t, at)
	raw[at+len(desk)-1] ^= 1
	raw[0] ^= 1
	require.NoError(t, os.WriteFile(path, raw, 0o600))
	r, n := salvagedBook(t, c, path, made.Path)
	require.Equal(t, 2, r.Desks.Damaged, "what is left of it is not vouched for either")
	require.False(t, r.Whole)
	anna = signIn(t, n, 1, "Anna passphrase")
	require.NoError(t, anna.CheckAreas(context.Background()))
	require.False(t, must(anna.Desk().Has("work")))
	require.NoError(t, anna.Desk().Put("work", "again"))
}

func TestADeskIsWrittenOverAValueThatDoesNotOpen(t *testing.T) {
	_, s := newBook(t, newClock())
	require.NoError(t, s.Desk().Put("work", "unsaved"))
	v := s.Vault()
	id := must(v.Name(v.Desk(), "work"))
	require.NoError(t, v.Update(func(tx *vault.Tx) error { return tx.Put(v.Desk(), id, []byte("?")) }))
	var got string
	_, err := s.Desk().Get("work", &got)
	require.ErrorIs(t, err, store.ErrDamaged)
	require.NoError(t, s.Desk().Put("work", "again"))
	require.True(t, must(s.Desk().Get("work", &got)))
	require.Equal(t, "again", got)
}

func TestASalvageKeepsWhatIsKeptOfCustomersBesideTheirRecords(t *testing.T) {
	b, s := newBook(t, newClock())
	cs := customers(t, s)
	tag := must(must(s.Tags()).Add("Prints"))
	policy := store.GuardPolicy{Countries: []string{"DE"}}
	policy = must(must(s.Guard()).Save(policy))
	fields := collect(t, s, map[string]store.Collect{"Birthday": store.Optional})
	keep := giulia()
	keep.Tags = []store.TagID{tag.ID}
	keep = must(cs.Save(keep))
	keep.Name = "Giulia Rossi"
	keep = must(cs.Save(keep))
	gone := must(cs.Save(store.Customer{Name: "Otto Brandt", Phone: "+43 660 1112222"}))
	must(cs.Merge(keep, gone, store.MergeChoice(keep, gone, nil)))
	require.NoError(t, cs.Report(keep.ID, store.WrongPhone))
	imported := run(t, must(planOf(t, s, "Name;Telefon\nAnna Berger;0660 111 3333\n")))
	history, merges := must(cs.History(keep.ID)), must(cs.Merges(keep.ID))
	require.NotEmpty(t, history)
	require.NotEmpty(t, merges)
	path := b.Info().Path
	s.Close()
	require.NoError(t, b.Close())

	r, err := salvage(t, path, store.Passphrase(ownerPass))
	require.NoError(t, err)
	b, err = store.Open(r.Path, options(newClock()))
	require.NoError(t, err)
	defer b.Close()
	s = signIn(t, b, 0, ownerPass)
	cs = customers(t, s)
	was := func(list []store.Change) (out []string) {
		for _, v := range list {
			out = append(out, v.Was.Name)
		}
		return out
	}
	require.Equal(t, was(history), was(must(cs.History(keep.ID))))
	require.Equal(t, merges, must(cs.Merges(keep.ID)))
	require.Equal(t, fields.Rules, must(must(s.Shop()).Fields()).Rules)
	require.Equal(t, policy.Countries, must(must(s.Guard()).Policy()).Countries)
	require.Equal(t, []store.TagID{tag.ID}, must(cs.Get(gone.ID)).Tags)
	require.Equal(t, []store.Tag{tag}, must(must(s.Tags()).List()))
	require.Len(t, must(cs.Reports(keep.ID)), 1)
	require.Equal(t, imported.ID, must(cs.Imports())[0].ID)
}
