package settings

// What the shop collects, and what of it is of use.

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	madeup "counterbook/store/sample"
	"counterbook/ui/screen/screentest"
)

// collected is what the shop collects now.
func collected(t *testing.T, d *screentest.Desk) store.Fields {
	t.Helper()
	b, err := d.Env.Session.Shop()
	require.NoError(t, err)
	f, err := b.Fields()
	require.NoError(t, err)
	return f
}

func TestS11AnOwnerChoosesAKindOfShopAndChangesEachField(t *testing.T) {
	d, _ := open(t)
	require.True(t, d.HasText("What we collect"))
	d.CheckLooks()
	d.Tap("Change…")
	d.CheckLooks()
	snap(d, "collect")
	d.Select("Kind of shop").Choose(2) // salon
	require.Equal(t, "Not collected", d.Select("Address: collected?").Selected())
	require.Equal(t, "Required", d.Select("Phone: collected?").Selected())
	require.Equal(t, "To move an appointment", d.Value("Phone: what for?"))
	d.CheckLooks()
	snap(d, "collect-salon")
	d.Select("Birthday: collected?").Choose(1) // optional
	d.Tap("Save")
	require.True(t, d.HasText("Say in a few words what it is for, such as “parcel delivery”. Your staff will see it."))
	require.Equal(t, "Birthday: what for?", d.Focused())
	snap(d, "collect-purpose")
	require.Zero(t, collected(t, d).Version)
	d.TypeOn("A reward on the day")
	d.Tap("Save")
	f := collected(t, d)
	require.Equal(t, "salon", f.Kind)
	require.Equal(t, "A reward on the day", f.Rule("Birthday").Purpose)
	require.False(t, f.Shown("Address"))
	require.False(t, f.BirthYear)
	require.True(t, d.HasText("Name, Phone"), "the panel says what is required now")
}

func TestS11WhatWasDecidedIsNotLostWithoutAsking(t *testing.T) {
	d, _ := open(t)
	d.Tap("Change…")
	d.Press(fyne.KeyEscape)
	require.False(t, d.HasText("Kind of shop"))
	d.Tap("Change…")
	d.Type("Phone: what for?", "To call")
	d.Press(fyne.KeyEscape)
	require.True(t, d.HasText("Close without saving?"))
	d.Press(fyne.KeyEscape)
	require.Equal(t, "To call", d.Value("Phone: what for?"))
}

func TestS13AnUnusedFieldIsKeptWithAReasonOrClearedAfterThePassphrase(t *testing.T) {
	d, _ := open(t)
	cs, err := d.Env.Session.Customers()
	require.NoError(t, err)
	d.At = d.At.AddDate(0, 0, 90)
	require.NoError(t, d.Env.Session.StepUp(store.Passphrase(madeup.Passphrase)))
	d.Tap("What is of use?")
	require.True(t, d.HasText("90 days without use"))
	d.CheckLooks()
	snap(d, "meter")
	d.Tap("Keep…")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Please fill in the reason."))
	d.TypeOn("Couriers ring before they come")
	d.CheckLooks()
	snap(d, "meter-keep")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Couriers ring before they come"))

	d.At = d.At.Add(time.Hour)
	d.Tap("Clear…")
	require.True(t, d.HasText("Make a backup first if you may want it back."))
	d.CheckLooks()
	snap(d, "meter-clear")
	f := metered(t, cs)
	require.Positive(t, f["Email"])
	d.Press(fyne.KeyEscape)
	require.Equal(t, f, metered(t, cs))
	d.Tap("Clear…")
	d.Tap("Clear it for 7 customers")
	d.Type("Passphrase of Marta R.", madeup.Passphrase)
	d.Press(fyne.KeyReturn)
	require.Zero(t, metered(t, cs)["Email"])
	require.Equal(t, "The e-mail address: cleared for 7 customers.", d.Said[len(d.Said)-1].Text)
	require.Empty(t, d.Failed)
}

// metered is how many customers have each field.
func metered(t *testing.T, cs *store.Customers) map[string]int {
	t.Helper()
	list, err := cs.Meter(t.Context())
	require.NoError(t, err)
	out := map[string]int{}
	for _, m := range list {
		out[m.Rule.Name] = m.Filled
	}
	return out
}
