package staff

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen/screentest"
)

// atTheCounter opens the dialog over the window of somebody at the front desk.
func atTheCounter(t *testing.T) (d *screentest.Desk, owner *store.Session, left *int, forget func()) {
	t.Helper()
	d = screentest.New(t, 1)
	owner, err := d.Book.SignIn(d.Book.Info().Profiles[0].ID, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)
	t.Cleanup(owner.Close)
	left = new(int)
	forget = WithOwner(d.Env, owner, func() { *left++ })
	d.Settle()
	return d, owner, left, forget
}

func TestTicksAtTheCounterAreThoseOfTheStaffScreen(t *testing.T) {
	owners, s := open(t)
	owners.TapRow(1)
	want := []string{"Done"}
	for r := range s.ticks.checks {
		want = append(want, owners.Env.Words.Right(r))
	}
	d, owner, left, _ := atTheCounter(t)
	require.ElementsMatch(t, want, d.Controls())
	require.True(t, d.HasText("Kept by"))
	require.True(t, d.HasText("A key: without it the data does not open."))

	d.Focus(d.Env.Words.Right(store.ReadNotes))
	d.Press(fyne.KeySpace)
	require.False(t, d.Env.Session.Can(store.ReadNotes))
	require.False(t, d.Env.Session.Can(store.AddNotes), "what needs it goes with it")
	require.True(t, d.HasText("Jonas may no longer: Read notes"))
	d.Press(fyne.KeySpace)
	require.True(t, d.Env.Session.Can(store.ReadNotes))
	require.True(t, d.HasText("Jonas may again: Read notes"))
	require.Empty(t, d.Failed)

	a, err := owner.Activity()
	require.NoError(t, err)
	events, err := a.Events(1)
	require.NoError(t, err)
	require.Equal(t, store.StaffChanged, events[0].Kind)
	require.Equal(t, "Marta R.", events[0].ByName, "the log says who did it")

	d.Press(fyne.KeyEscape)
	require.True(t, owner.Ended())
	require.Equal(t, 1, *left)
	require.False(t, d.Env.Session.Ended())
}

func TestTheOwnerIsSignedOutWhenTheDialogIsTakenAway(t *testing.T) {
	_, owner, left, forget := atTheCounter(t)
	forget()
	require.True(t, owner.Ended())
	require.Zero(t, *left)
}

func TestAnOwnerWhoCannotManageStaffChangesNothing(t *testing.T) {
	d := screentest.New(t, 1)
	lena, err := d.Book.SignIn(d.Book.Info().Profiles[2].ID, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)
	WithOwner(d.Env, lena, func() {})
	require.Nil(t, d.Canvas().Overlays().Top())
	require.Len(t, d.Failed, 1)
	require.ErrorIs(t, d.Failed[0], store.ErrNoRight)
	require.True(t, lena.Ended())
}

func TestARefusedChangeIsSaidAndTheTickGoesBack(t *testing.T) {
	d, owner, _, _ := atTheCounter(t)
	owner.Close()
	d.Focus(d.Env.Words.Right(store.ReadNotes))
	d.Press(fyne.KeySpace)
	require.True(t, d.Env.Session.Can(store.ReadNotes))
	require.True(t, d.HasText("Ask the owner."))
}
