package store_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/store"
)

// who is what the model knows of a profile.
type who struct {
	id       store.ProfileID
	role     store.Role
	disabled bool
	pass     string
	first    bool
	kit      *store.Kit
	used     bool           // the kit was used and not replaced yet
	session  *store.Session // nil until it was used
}

func (w *who) getsIn() bool {
	return w.role == store.Owner && !w.disabled && !w.first && w.kit != nil
}

// members runs changes of profiles beside a model. Sessions stay open, as they
// do at a counter.
type members struct {
	b    *store.Book
	all  []*who
	made int
}

// other reports whether an owner besides w can get in.
func (m *members) other(w *who) bool {
	return slices.ContainsFunc(m.all, func(o *who) bool { return o != w && o.getsIn() })
}

// staff is the view of an owner who can get in.
func (m *members) staff(t *rapid.T) *store.Staff {
	var in []*who
	for _, w := range m.all {
		if w.getsIn() {
			in = append(in, w)
		}
	}
	require.NotEmpty(t, in)
	w := rapid.SampledFrom(in).Draw(t, "owner")
	s := m.open(t, w)
	if w.used {
		require.ErrorIs(t, second(s.Staff()), store.ErrNoRight, "the new kit comes first")
		m.newKit(t, s, w)
	}
	st, err := s.Staff()
	require.NoError(t, err)
	return st
}

// newKit makes a kit for an owner, in place of the one until now.
func (m *members) newKit(t *rapid.T, s *store.Session, w *who) {
	k := confirmedKit(t)
	require.NoError(t, s.AddKit(store.Passphrase(w.pass), k))
	w.kit, w.used = k, false
}

func second[T any](_ T, err error) error { return err }

// open returns a profile's session.
func (m *members) open(t *rapid.T, w *who) *store.Session {
	if w.session == nil || w.session.Ended() {
		s, err := m.b.SignIn(w.id, store.Passphrase(w.pass))
		require.NoError(t, err)
		w.session = s
	}
	return w.session
}

func (m *members) any(t *rapid.T) *who { return rapid.SampledFrom(m.all).Draw(t, "profile") }

func (m *members) pass() string {
	m.made++
	return fmt.Sprintf("passphrase number %d", m.made)
}

// judged compares an error with what the model expects of a change that may take
// an owner away.
func (m *members) judged(t *rapid.T, w *who, takes bool, err error) bool {
	if takes && !m.other(w) {
		require.ErrorIs(t, err, store.ErrLastOwner)
		return false
	}
	require.NoError(t, err)
	return true
}

// plays sets how often rapid plays, unless -rapid.checks says so.
func plays(t *testing.T, n string) {
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if given {
		return
	}
	usual := flag.Lookup("rapid.checks").Value.String()
	require.NoError(t, flag.Set("rapid.checks", n))
	t.Cleanup(func() { require.NoError(t, flag.Set("rapid.checks", usual)) })
}

// TestInvariant25ThereIsAlwaysAnOwnerWithAKitWhateverIsDone plays everything that can be
// done to profiles.
func TestInvariant25ThereIsAlwaysAnOwnerWithAKitWhateverIsDone(t *testing.T) {
	roles := []store.Role{store.Owner, store.Owner, store.Manager, store.Trainee}
	often := "25" // each writes a book to the disk, step by step
	if testing.Short() {
		often = "10" // of which rapid plays a fifth
	}
	plays(t, often)
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "owners")
		require.NoError(t, err)
		defer os.RemoveAll(dir)
		kit := confirmedKit(t)
		b, err := store.Create(filepath.Join(dir, "shop.counterbook"), kit, shop(),
			store.NewProfile{Nickname: "Marta", Passphrase: ownerPass}, options(newClock()))
		require.NoError(t, err)
		defer b.Close()
		m := &members{b: b, all: []*who{{id: b.Info().Profiles[0].ID, role: store.Owner, pass: ownerPass, kit: kit}}}
		t.Repeat(map[string]func(*rapid.T){
			"add": func(t *rapid.T) {
				if len(m.all) == 4 {
					t.Skip("enough")
				}
				w := &who{role: rapid.SampledFrom(roles).Draw(t, "role"), pass: m.pass(), first: true}
				st := m.staff(t)
				p, err := st.Add(store.NewProfile{Nickname: fmt.Sprint("P", m.made), Role: w.role, Passphrase: w.pass})
				require.NoError(t, err)
				w.id = p.ID
				m.all = append(m.all, w)
			},
			"change the role": func(t *rapid.T) {
				w, role := m.any(t), rapid.SampledFrom(roles).Draw(t, "role")
				st := m.staff(t)
				err := st.Change(w.id, fmt.Sprint("N", w.id), role, nil)
				if errors.Is(err, store.ErrNoProfile) {
					require.True(t, w.disabled)
					return
				}
				if !m.judged(t, w, w.role == store.Owner && role != store.Owner, err) {
					return
				}
				w.first = w.first || w.role != store.Owner && role == store.Owner
				if w.role == store.Owner && role != store.Owner {
					w.kit, w.used = nil, false
				}
				w.role = role
			},
			"disable": func(t *rapid.T) {
				w := m.any(t)
				st := m.staff(t)
				err := st.Disable(w.id)
				if errors.Is(err, store.ErrNoProfile) {
					require.True(t, w.disabled)
					return
				}
				if m.judged(t, w, w.role == store.Owner, err) {
					w.disabled = true
				}
			},
			"reset": func(t *rapid.T) {
				w, fresh := m.any(t), m.pass()
				st := m.staff(t)
				if m.judged(t, w, w.role == store.Owner, st.ResetPassphrase(w.id, fresh)) {
					w.disabled, w.first, w.pass, w.kit, w.used = false, true, fresh, nil, false
				}
			},
			"sign in and do what is asked": func(t *rapid.T) {
				w := m.any(t)
				if w.disabled {
					_, err := m.b.SignIn(w.id, store.Passphrase(w.pass))
					require.ErrorIs(t, err, store.ErrNoProfile)
					return
				}
				s := m.open(t, w)
				require.Equal(t, w.first, s.MustChange())
				require.Equal(t, w.role == store.Owner && (w.kit == nil || w.used), s.NeedsKit())
				if w.first && rapid.Bool().Draw(t, "chooses") {
					fresh := m.pass()
					require.NoError(t, s.ChangePassphrase(w.pass, fresh))
					w.first, w.pass = false, fresh
				}
				if !w.first && s.NeedsKit() && rapid.Bool().Draw(t, "makes a kit") {
					m.newKit(t, s, w)
				}
				require.Equal(t, !w.first && (w.role != store.Owner || w.kit != nil && !w.used), s.Can(store.ReadShop))
			},
			"come in with the kit": func(t *rapid.T) {
				w := m.any(t)
				if w.kit == nil || w.disabled {
					t.Skip("no kit opens it")
				}
				s, err := m.b.SignInWithKit(w.kit)
				require.NoError(t, err)
				defer s.Close()
				require.True(t, s.MustChange())
				require.False(t, s.Can(store.ReadShop))
				if !rapid.Bool().Draw(t, "chooses") {
					return // nothing has changed
				}
				fresh := m.pass()
				require.NoError(t, s.NewPassphrase(w.kit, fresh))
				w.first, w.pass, w.used = false, fresh, true
				require.True(t, s.NeedsKit())
				require.False(t, s.Can(store.ReadShop))
				if rapid.Bool().Draw(t, "makes a kit") {
					m.newKit(t, s, w)
					require.True(t, s.Can(store.ReadShop))
				}
			},
			"": func(t *rapid.T) {
				require.True(t, slices.ContainsFunc(m.all, (*who).getsIn))
			},
		})
		for _, w := range m.all {
			if !w.getsIn() {
				continue
			}
			s, err := m.b.SignInWithKit(w.kit)
			require.NoError(t, err)
			require.Equal(t, w.id, s.Profile().ID)
			require.NoError(t, s.NewPassphrase(w.kit, m.pass()))
			require.NoError(t, s.AddKit(w.kit, confirmedKit(t)))
			require.True(t, s.Can(store.ManageStaff))
			require.NoError(t, s.Vault().Verify())
			s.Close()
		}
	})
}

func TestTwoOwnersWhoDisableEachOtherAtOnceLeaveOne(t *testing.T) {
	for range 5 {
		b, marta := newBook(t, newClock())
		lena := addStaff(t, b, marta, "Lena", store.Owner)
		require.NoError(t, lena.AddKit(store.Passphrase("Lena passphrase"), confirmedKit(t)))
		first, second := must(marta.Staff()), must(lena.Staff())
		done := make(chan error, 2)
		go func() { done <- first.Disable(lena.Profile().ID) }()
		go func() { done <- second.Disable(marta.Profile().ID) }()
		failed := 0
		for range 2 {
			if err := <-done; err != nil {
				failed++
			}
		}
		require.Equal(t, 1, failed)
		require.NotEqual(t, marta.Ended(), lena.Ended())
	}
}
