package invoices

// The preview of the editor: the page as it will be printed, on a darker desk.
// Amounts follow every key at once; the page is set a moment later.

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// redrawAfter is how long typing must rest before the page is set anew.
const redrawAfter = 120 * time.Millisecond

// after calls f once after a while, on the user interface's goroutine, and
// returns what stops it.
type after func(d time.Duration, f func()) (stop func())

// preview is the right half of the editor.
type preview struct {
	w     *words.Words
	after after
	stop  func()

	doc    invoice.Document // computed; never changed once it is here
	shop   store.Shop
	pages  []paper.Page
	number int // of the page shown

	sheet      *sheet
	say        *fyne.Container // why the page is not up to date
	turn       *fyne.Container
	where      *widgets.Text
	back, next *widgets.Button
	content    *fyne.Container
	failed     func(error) // told what hinders the page, nil when nothing does
}

func newPreview(w *words.Words, after after, failed func(error)) *preview {
	p := &preview{w: w, after: after, failed: failed, sheet: newSheet(w.T("invoices.preview"), paper.Page{})}
	p.say = widgets.Column(0)
	p.say.Hide()
	p.where = widgets.NewText("").Muted()
	p.back = widgets.IconButton(widgets.IconLeft, w.T("invoices.page.back"), func() { p.turnBy(-1) }).Small()
	p.next = widgets.IconButton(widgets.IconRight, w.T("invoices.page.next"), func() { p.turnBy(1) }).Small()
	p.turn = widgets.Row(10, widgets.Spacer(), p.back, p.where, p.next, widgets.Spacer())
	p.turn.Hide()
	desk := container.New(&deskLayout{p.say, p.sheet, p.turn}, p.say, p.sheet, p.turn)
	edge := widgets.NewSurface(widgets.ColorHairline)
	edge.Least = fyne.NewSize(1, 1)
	p.content = widgets.On(widgets.ColorDesk, widgets.Border(nil, nil, edge, nil, desk))
	return p
}

// show shows a document soon; it must not be changed afterwards.
func (p *preview) show(d invoice.Document, sh store.Shop) {
	p.doc, p.shop = d, sh
	if p.stop != nil {
		p.stop()
	}
	p.stop = p.after(redrawAfter, p.redraw)
}

// now shows the document without waiting.
func (p *preview) now() {
	if p.stop != nil {
		p.stop()
	}
	p.redraw()
}

// redraw sets the document on pages and shows the one that was shown.
func (p *preview) redraw() {
	pages, err := paper.Layout(p.doc, words.Labels(p.doc.Language), p.shop.Style())
	p.tell(p.w.Error(err))
	p.failed(err)
	if err != nil {
		return // the last good page stays
	}
	p.pages = pages
	p.turnBy(0)
}

// tell says why the page is not what is typed, "" for nothing.
func (p *preview) tell(text string) {
	p.say.RemoveAll()
	if text != "" {
		p.say.Add(widgets.Banner(widgets.Look, p.w.T("invoices.preview.old"), text))
	}
	p.say.Hidden = text == ""
	p.content.Refresh()
}

// turnBy turns by so many pages.
func (p *preview) turnBy(by int) {
	n := len(p.pages)
	if n == 0 {
		return
	}
	p.number = min(max(p.number+by, 0), n-1)
	p.sheet.set(p.pages[p.number])
	p.where.SetText(p.w.T("invoices.page.of", words.Data{"Page": p.number + 1, "Pages": n}))
	p.back.SetEnabled(p.number > 0)
	p.next.SetEnabled(p.number < n-1)
	if p.turn.Hidden == (n > 1) {
		p.turn.Hidden = n < 2
		p.content.Refresh()
	}
}

// deskLayout puts the page under the top edge, as large as fits, with what is
// said above it and the pages' turning below.
type deskLayout struct{ say, sheet, turn fyne.CanvasObject }

const (
	deskMargin    float32 = 24
	deskGap       float32 = 12
	largestSheet  float32 = 760
	smallestSheet float32 = 120
)

func (l *deskLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(smallestSheet+2*deskMargin, 240)
}

func (l *deskLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	top, bottom := deskMargin-2, s.Height-deskMargin
	width := max(smallestSheet, s.Width-2*deskMargin)
	if l.say.Visible() {
		l.say.Resize(fyne.NewSize(width, l.say.MinSize().Height))
		h := l.say.MinSize().Height // once more: now it knows its width
		l.say.Move(fyne.NewPos(deskMargin, top))
		l.say.Resize(fyne.NewSize(width, h))
		top += h + deskGap
	}
	if l.turn.Visible() {
		bottom -= l.turn.MinSize().Height + deskGap
	}
	page := l.sheet.(widgets.Heighter)
	w := min(width, largestSheet)
	if room := max(0, bottom-top); page.HeightFor(w) > room {
		w = max(smallestSheet, w*room/page.HeightFor(w))
	}
	h := page.HeightFor(w)
	l.sheet.Move(fyne.NewPos((s.Width-w)/2, top))
	l.sheet.Resize(fyne.NewSize(w, h))
	l.turn.Move(fyne.NewPos(0, top+h+deskGap))
	l.turn.Resize(fyne.NewSize(s.Width, l.turn.MinSize().Height))
}
