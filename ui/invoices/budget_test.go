package invoices

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"
	"github.com/stretchr/testify/require"

	"counterbook/assets"
	"counterbook/invoice/paper"
	"counterbook/invoice/paper/pdf"
	"counterbook/store/budget"
	"counterbook/ui/words"
)

func TestBudgetThePreviewFollowsAKeyWithinAFrame(t *testing.T) {
	n := budget.Size(t)
	ed := draftOf(t, 3)
	var took []time.Duration
	for range 60 {
		begun := time.Now()
		ed.preview.redraw()
		ed.preview.sheet.draw(728, 1030)
		took = append(took, time.Since(begun))
	}
	budget.Aim(t, "the preview of a page set and drawn anew, p95", n, budget.Quantile(took, 0.95), 16*time.Millisecond)
}

func TestBudgetAnInvoicePageIsLittleMoreThanGofpdfAlone(t *testing.T) {
	n := budget.Size(t)
	ed := draftOf(t, 8)
	ds, err := ed.e.Session.Drafts()
	require.NoError(t, err)
	drafts, err := ds.List()
	require.NoError(t, err)
	doc, _, err := ds.Prepare(drafts[0].Doc)
	require.NoError(t, err)
	doc.Number = "2026-0042"
	var pages []paper.Page
	set := func() {
		pages, err = paper.Layout(doc, words.Labels(doc.Language), paper.Style{})
		require.NoError(t, err)
	}
	set()
	took := budget.Turns(40, func() { alone(t, pages) }, func() {
		require.NoError(t, pdf.Write(&bytes.Buffer{}, pages, pdf.Meta{Title: doc.Number, Language: "de", Created: budget.Today}))
	}, set)
	budget.Aim(t, "one invoice page set, with its payment code", n, slices.Min(took[2]), 16*time.Millisecond)
	bare, ours := slices.Min(took[0]), slices.Min(took[1])
	budget.Ratio(t, "one invoice page written as PDF", n, ours.Seconds(), bare.Seconds(), 1.3, ours.String()+"; gofpdf alone "+bare.String())
}

// alone writes the same texts and lines with gofpdf and nothing else.
func alone(t *testing.T, pages []paper.Page) {
	f := gofpdf.New("P", "mm", "A4", "")
	f.AddUTF8FontFromBytes("noto", "", assets.NotoSansRegular())
	f.AddUTF8FontFromBytes("noto", "B", assets.NotoSansBold())
	for _, p := range pages {
		f.AddPage()
		for _, o := range p.Ops {
			switch o.Kind {
			case paper.OpText:
				style := ""
				if o.Style == paper.Bold {
					style = "B"
				}
				f.SetFont("noto", style, o.Points())
				f.Text(o.X.MM(), o.Y.MM(), o.Text)
			case paper.OpLine:
				f.Line(o.X.MM(), o.Y.MM(), (o.X + o.W).MM(), (o.Y + o.H).MM())
			case paper.OpRect:
				f.Rect(o.X.MM(), o.Y.MM(), o.W.MM(), o.H.MM(), "F")
			case paper.OpQR:
				for _, b := range o.Boxes() {
					f.Rect(b.X, b.Y, b.W, b.H, "F")
				}
			}
		}
	}
	require.NoError(t, f.Output(&bytes.Buffer{}))
}
