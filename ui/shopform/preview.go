// The preview: a page of a made-up invoice with the settings as they are typed.

package settings

import (
	"image"
	"image/color"
	"image/draw"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/invoice/paper/picture"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// rest is how long typing must rest before the page is set anew.
const rest = 150 * time.Millisecond

// later calls f on the user interface's goroutine after a while, unless it is
// stopped before.
func later(d time.Duration, f func()) (stop func()) {
	timer := time.AfterFunc(d, func() { fyne.Do(f) })
	return func() { timer.Stop() }
}

// preview shows the page on a darker desk.
type preview struct {
	e       *screen.Env
	lines   []invoice.Line // of the made-up invoice
	after   func(time.Duration, func()) func()
	stop    func()
	page    paper.Page
	drawn   *image.RGBA
	raster  *canvas.Raster
	say     *fyne.Container
	content *fyne.Container
}

func newPreview(e *screen.Env) *preview {
	p := &preview{e: e, after: later, stop: func() {}, lines: sample(e), say: widgets.Column(0)}
	p.say.Hide()
	p.raster = canvas.NewRaster(p.draw)
	edge := widgets.NewSurface(widgets.ColorHairline)
	edge.Least = fyne.NewSize(1, 1)
	p.content = widgets.On(widgets.ColorDesk, widgets.Border(nil, nil, edge, nil,
		widgets.Padded(20, widgets.PageMargin, 20, widgets.PageMargin, widgets.Border(
			widgets.Column(12, widgets.Caption(e.Words.T("settings.preview")).Wrap(), p.say), nil, nil, nil,
			widgets.Padded(12, 0, 0, 0, container.New(pageLayout{}, p.raster))))))
	return p
}

// sample returns lines for the made-up invoice: the shop's own first items
// where it has some.
func sample(e *screen.Env) []invoice.Line {
	var lines []invoice.Line
	if b, err := e.Session.Items(); err == nil {
		list, _ := b.List("")
		for i, item := range list[:min(3, len(list))] {
			l := item.Line()
			l.Quantity = decimal.NewFromInt(int64(i + 1))
			lines = append(lines, l)
		}
	}
	if len(lines) == 0 {
		for i, price := range []string{"58", "24.5"} {
			lines = append(lines, invoice.Line{Name: e.Words.T("settings.sample.line"), Quantity: decimal.NewFromInt(int64(i + 1)),
				Price: decimal.RequireFromString(price)})
		}
	}
	return lines
}

// soon shows a shop's page when typing rests.
func (p *preview) soon(sh func() store.Shop) {
	p.stop()
	p.stop = p.after(rest, func() { p.show(sh()) })
}

// show sets the page. When that fails the last page stays, and why is said.
func (p *preview) show(sh store.Shop) {
	doc, err := p.document(sh)
	if err == nil {
		var pages []paper.Page
		if pages, err = paper.Layout(doc, words.Labels(doc.Language), sh.Style()); err == nil {
			p.page, p.drawn = pages[0], nil
		}
	}
	p.say.RemoveAll()
	if err != nil {
		p.say.Add(widgets.Banner(widgets.Look, "", p.e.Words.Error(err)))
	}
	if p.say.Hidden == (err != nil) {
		p.say.Hidden = err == nil
		p.content.Refresh()
	}
	p.raster.Refresh()
}

// document is a made-up invoice of the shop, computed.
func (p *preview) document(sh store.Shop) (invoice.Document, error) {
	today := invoice.DateOf(p.e.Now().Local())
	d := invoice.Document{Kind: invoice.KindInvoice, Date: today, Due: today.AddDays(sh.PaymentDays), Currency: sh.Currency,
		Language: sh.Language, Seller: sh.Legal, Bank: sh.Bank, Terms: sh.Terms}
	if strings.TrimSpace(d.Seller.Name) == "" {
		d.Seller.Name = sh.Name
	}
	d.Number, _ = store.NextNumber(sh.NumberPattern, today, sh.NumberStart)
	d.Buyer = invoice.Party{Name: p.e.Words.T("settings.sample.buyer"), Address: sh.Legal.Address}
	d.Buyer.Address.Street, d.Buyer.Address.Street2 = p.e.Words.T("settings.sample.street"), ""
	for i, l := range p.lines {
		l.Tax = invoice.Tax{Category: invoice.ZeroRated}
		if len(sh.Rates) > 0 {
			l.Tax = sh.Rates[i%len(sh.Rates)]
		}
		d.Lines = append(d.Lines, l)
	}
	return invoice.Compute(d)
}

// draw draws the page in the pixels it is shown in, and keeps the picture until
// page or size change.
func (p *preview) draw(w, h int) image.Image {
	if p.drawn != nil && p.drawn.Bounds().Dx() == w && p.drawn.Bounds().Dy() == h {
		return p.drawn
	}
	whole := image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	draw.Draw(whole, whole.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	if p.page.Width > 0 && w > 0 {
		if page, err := picture.Draw(p.page, float64(w)*25.4/p.page.Width); err == nil {
			draw.Draw(whole, whole.Bounds(), page, image.Point{}, draw.Src)
		}
	}
	p.drawn = whole
	return whole
}

// pageLayout shows one object at the shape of an A4 page, as large as fits, at
// the top.
type pageLayout struct{}

const (
	widestPage   float32 = 620
	narrowedPage float32 = 140
)

func (pageLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(narrowedPage, narrowedPage*paper.A4Height/paper.A4Width)
}

func (pageLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	w := min(s.Width, widestPage, s.Height*paper.A4Width/paper.A4Height)
	for _, o := range objects {
		o.Move(fyne.NewPos((s.Width-w)/2, 0))
		o.Resize(fyne.NewSize(w, w*paper.A4Height/paper.A4Width))
	}
}
