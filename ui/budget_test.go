package ui

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/budget"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/uitest"
)

// large is the program on a large book, with its owner signed in and all areas
// checked.
func large(t *testing.T, n int) *running {
	t.Helper()
	r := &running{clock: budget.Today}
	a := test.NewTempApp(t)
	u, err := New(a, Options{Path: budget.Book(t, n), KDF: &store.CheapKDF, Run: screentest.Inline{}, TempDir: t.TempDir(),
		Now: func() time.Time { return r.clock }, Idle: func() (time.Duration, bool) { return 0, true }})
	require.NoError(t, err)
	r.u, r.Window = u, &uitest.Window{T: t, App: a, Window: u.window}
	u.window.Resize(screentest.Size)
	t.Cleanup(func() { u.closeBook(); u.idle.stop(); u.window.Close() })
	s, err := u.book.SignIn(u.book.Info().Profiles[0].ID, store.Passphrase(budget.Passphrase))
	require.NoError(t, err)
	u.signedIn(s, false)
	r.Settle()
	return r
}

// typed measures every key of some queries, and of taking them back.
func (r *running) typed(place screen.Place, queries ...string) []time.Duration {
	r.T.Helper()
	r.u.shell.open(screen.Route{Place: place})
	r.Settle()
	box := r.u.shell.screen.(screen.Searcher).Search()
	r.Canvas().Focus(box)
	var took []time.Duration
	key := func(f func()) {
		begun := time.Now()
		f()
		took = append(took, time.Since(begun))
	}
	for _, q := range queries {
		for _, c := range q {
			key(func() { box.TypedRune(c) })
		}
		for range q {
			key(func() { box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace}) })
		}
	}
	return took
}

func TestBudgetAKeyTypedIntoTheSearchIsAnsweredAtOnce(t *testing.T) {
	n := budget.Size(t)
	r := large(t, n)
	took := r.typed(screen.Customers, "giulia conti", "kunde.77", "+43 660 0000", "παπαδ", "novak", "wien neubau 12", "xyzzy")
	budget.Aim(t, "a key typed into the search of customers, p95", n, budget.Quantile(took, 0.95), 8*time.Millisecond)
	took = r.typed(screen.Invoices, "2026-00", "giulia conti", "braun", "xyzzy")
	budget.Aim(t, "a key typed into the search of invoices, p95", n, budget.Quantile(took, 0.95), 8*time.Millisecond)
}

func TestBudgetAFrameWhileScrollingIsReadyInTime(t *testing.T) {
	n := budget.Size(t)
	r := large(t, n)
	for _, place := range []screen.Place{screen.Customers, screen.Invoices} {
		r.u.shell.open(screen.Route{Place: place})
		r.Settle()
		first := r.Rows()[0]
		var took []time.Duration
		for i := range 400 {
			begun := time.Now()
			test.Scroll(r.Canvas(), fyne.NewPos(640, 500), 0, -float32(40+i%7*60))
			took = append(took, time.Since(begun))
		}
		require.NotEqual(t, first, r.Rows()[0], "nothing scrolled")
		budget.Aim(t, "a frame while scrolling "+string(place)+", p95", n, budget.Quantile(took, 0.95), 16*time.Millisecond)
	}
}

func TestBudgetSortingAndOpening(t *testing.T) {
	n := budget.Size(t)
	r := large(t, n)
	cs, err := r.u.shell.env.Session.Customers()
	require.NoError(t, err)
	found, err := cs.Find("", store.ByName, false)
	require.NoError(t, err)
	var took []time.Duration
	for i := range 50 {
		r.u.shell.open(screen.Route{Place: screen.Items})
		id := found.At(i * 37 % found.Len()).ID
		begun := time.Now()
		r.u.shell.open(screen.Route{Place: screen.Customers, ID: id})
		took = append(took, time.Since(begun))
	}
	budget.Aim(t, "a customer opened with its notes and invoices, p95", n, budget.Quantile(took, 0.95), 100*time.Millisecond)
	took = nil
	for by := store.ByCity; by <= store.ByVisits; by++ {
		for _, falling := range []bool{false, true} {
			begun := time.Now()
			_, err := cs.Find("", by, falling)
			require.NoError(t, err)
			took = append(took, time.Since(begun))
		}
	}
	budget.Aim(t, "the directory sorted for the first time by what takes longest", n, slices.Max(took), 200*time.Millisecond)
}
