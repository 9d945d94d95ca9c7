package staff

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
)

const ownerAgain = "Passphrase of Marta R."

func TestWhatAStaffChangeWasToBeSurvivesTheQuestionForThePassphrase(t *testing.T) {
	d, s := open(t)
	d.At = d.At.Add(time.Hour)
	again := func() {
		t.Helper()
		require.Equal(t, ownerAgain, d.Focused())
		d.CheckLooks()
		d.Type(ownerAgain, sample.Passphrase)
		d.Press(fyne.KeyReturn)
		d.At = d.At.Add(time.Hour)
	}

	s.Create()
	d.Type("Nickname", "Tomas")
	d.Select("Role").SetIndex(slices.Index(store.Roles(), store.Trainee))
	d.Tap("Add profile")
	d.Press(fyne.KeyEscape)
	require.Equal(t, "Tomas", d.Value("Nickname"), "who leaves the question is back at what was typed")
	d.Tap("Add profile")
	again()
	require.True(t, d.HasText("Tomas can sign in now"))
	d.Tap("Done")

	d.TapRow(1)
	d.Focus(d.Env.Words.Right(store.ReadNotes))
	d.Press(fyne.KeySpace)
	require.True(t, named(t, d, "Jonas").Can(store.ReadNotes), "not before the passphrase")
	d.Press(fyne.KeyEscape)
	require.True(t, s.ticks.checks[store.ReadNotes].Ticked(), "the tick says what holds")
	d.Focus(d.Env.Words.Right(store.ReadNotes))
	d.Press(fyne.KeySpace)
	again()
	require.False(t, named(t, d, "Jonas").Can(store.ReadNotes))
	require.False(t, s.ticks.checks[store.ReadNotes].Ticked())
	require.True(t, slices.ContainsFunc(d.Env.Session.Book().Info().Profiles, func(p store.ProfileInfo) bool { return p.Nickname == "Tomas" }))

	d.Tap("Disable")
	d.Tap("Disable Jonas")
	require.False(t, named(t, d, "Jonas").Disabled)
	again()
	require.True(t, named(t, d, "Jonas").Disabled)
	require.Empty(t, d.Failed)
}

func TestTheOwnerAtTheCounterIsAskedAgainAfterFiveMinutes(t *testing.T) {
	d, _, _, _ := atTheCounter(t)
	d.At = d.At.Add(5 * time.Minute)
	d.Focus(d.Env.Words.Right(store.ReadNotes))
	d.Press(fyne.KeySpace)
	require.True(t, d.Env.Session.Can(store.ReadNotes))
	require.Equal(t, ownerAgain, d.Focused(), "it is the owner's passphrase that counts, not that of who is signed in")
	d.Type(ownerAgain, sample.Passphrase)
	d.Press(fyne.KeyReturn)
	require.False(t, d.Env.Session.Can(store.ReadNotes))
	require.True(t, d.HasText("Jonas may no longer: Read notes"))
}
