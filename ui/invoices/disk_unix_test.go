//go:build unix

package invoices

// The disk fails while a draft is saved or issued.

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/uitest"
)

const (
	full     = "There is no room left on the disk. Nothing was saved and nothing was lost: what you typed is still here. Make room on the disk and try again."
	away     = "The book's file is not where it was: its disk was taken out, or it was moved or replaced. Nothing was written; what you typed is still here. Put it back and try again."
	noNumber = " No number was taken, and the draft is open here with every line."
)

// failing are disks that fail, each with what is said and what mends it.
func failing(d *screentest.Desk) map[string]func() (said string, mend func()) {
	return map[string]func() (string, func()){
		"full": func() (string, func()) { return full, uitest.NoRoom(d.T) },
		"pulled out": func() (string, func()) {
			path := d.Book.Info().Path
			stick := filepath.Join(d.T.TempDir(), "stick")
			require.NoError(d.T, os.Rename(path, stick))
			return away, func() { require.NoError(d.T, os.Rename(stick, path)) }
		},
	}
}

func TestIssuingOnADiskThatFailsSaysWhatWasKeptAndIsTriedAgain(t *testing.T) {
	if !uitest.Alone(t) {
		return
	}
	for _, name := range []string{"full", "pulled out"} {
		t.Run(name, func(t *testing.T) {
			d := screentest.New(t, owner)
			ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
			d.Type("Note on the invoice", "for the shop window")
			before := ed.typed()
			said, mend := failing(d)[name]()
			d.Tap("Issue…")
			d.Tap("Issue")
			require.True(t, d.HasText("The invoice was not issued"))
			require.True(t, d.HasText(said+noNumber), "%q", d.Texts())
			require.Equal(t, "Close", d.Focused())
			d.Press(fyne.KeyReturn)
			require.Equal(t, before, ed.typed(), "every line is in the form")
			require.False(t, ed.issuing)
			require.Empty(t, d.Went)
			ed.Save()
			require.True(t, d.HasText("The draft was not saved"))
			require.True(t, d.HasText(said))
			d.Press(fyne.KeyEscape)
			left := false
			ed.Leave(func() { left = true })
			require.False(t, left, "what could not be saved is not left")
			d.Press(fyne.KeyEscape)
			work, ok := ed.Work()
			require.True(t, ok)
			require.Equal(t, before, work)
			mend()
			require.Len(t, invoicesOf(d), 7)
			d.Tap("Issue…")
			d.Tap("Issue")
			require.Equal(t, "2026-0008", invoicesOf(d)[0].Number, "the next number, without a gap")
			require.Empty(t, d.Failed)
		})
	}
}

func TestADiskThatFillsUpBetweenSavingAndIssuingTakesNoNumber(t *testing.T) {
	if !uitest.Alone(t) {
		return
	}
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	run := &later{}
	d.Env.Run = run
	d.Tap("Issue…")
	d.Tap("Issue")
	room := uitest.NoRoom(t)
	run.jobs[0]() // saved when there was room, issued when there was none
	require.True(t, d.HasText(full+noNumber))
	room()
	d.Press(fyne.KeyReturn)
	require.Len(t, invoicesOf(d), 7)
	require.Len(t, drafts(d), 1)
	d.Tap("Issue…")
	d.Tap("Issue")
	run.jobs[1]()
	require.Equal(t, screen.Invoice, d.Went[0].Place)
	require.Equal(t, ed.held.ID, d.Went[0].ID)
	require.Equal(t, "2026-0008", invoicesOf(d)[0].Number)
}
