package invoices

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
)

// draftOf opens a draft of so many lines.
func draftOf(b testing.TB, lines int) *editor {
	b.Helper()
	d := screentest.New(b, owner)
	ds, err := d.Env.Session.Drafts()
	require.NoError(b, err)
	draft := store.Draft{Doc: invoice.Document{Buyer: recipient(customer(d, "Conti"))}}
	for i := range lines {
		draft.Doc.Lines = append(draft.Doc.Lines, invoice.Line{Name: fmt.Sprintf("Work %d on a frame of walnut", i), Quantity: dec("2"), Price: dec("17.30"),
			Tax: invoice.Tax{Category: invoice.Standard, Rate: dec("20")}})
	}
	draft, err = ds.Save(draft)
	require.NoError(b, err)
	return openDraft(d, screen.Route{Place: screen.Draft, ID: draft.ID})
}

// never keeps the page from being set.
func never(time.Duration, func()) func() { return func() {} }

// A key in the form: reading what is typed, adding it up, showing the totals.
func BenchmarkKey(b *testing.B) {
	for _, lines := range []int{3, 15, 50} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			ed := draftOf(b, lines)
			ed.preview.after = never
			for b.Loop() {
				ed.changed()
			}
		})
	}
}

// The page after a key: set anew and drawn as on a window of 1280×800 at twice
// its pixels.
func BenchmarkPreview(b *testing.B) {
	for _, lines := range []int{3, 15, 50} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			ed := draftOf(b, lines)
			for b.Loop() {
				ed.preview.redraw()
				ed.preview.sheet.draw(728, 1030)
			}
		})
	}
}

// A line more, and everything in its new place.
func BenchmarkLine(b *testing.B) {
	for _, lines := range []int{3, 15, 50} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			ed := draftOf(b, lines)
			ed.preview.after = never
			for b.Loop() {
				ed.lines.free("One more")
				ed.lines.remove(ed.lines.rows[len(ed.lines.rows)-1])
			}
		})
	}
}
