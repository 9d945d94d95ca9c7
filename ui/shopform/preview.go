// The preview: a page of a made-up invoice with the shop as it is typed.

package shopform

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
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Rest is how long typing must rest before the page is set anew.
const Rest = 150 * time.Millisecond

// Preview shows the page of a made-up invoice on a darker desk.
type Preview struct {
	// After calls something once typing rests; tests do not wait.
	After func(time.Duration, func()) (stop func())
	// Number is what the invoice is called, where that is not the first of all.
	Number  func(store.Shop) string
	Content *fyne.Container

	w      *words.Words
	now    func() time.Time
	lines  []invoice.Line // of the made-up invoice
	stop   func()
	page   paper.Page
	drawn  *image.RGBA
	raster *canvas.Raster
	say    *fyne.Container
}

// NewPreview returns a preview of an invoice with these lines, or with made-up
// ones where there are none.
func NewPreview(w *words.Words, now func() time.Time, lines []invoice.Line) *Preview {
	p := &Preview{w: w, now: now, After: widgets.After, stop: func() {}, lines: lines, say: widgets.Column(0)}
	if len(lines) == 0 {
		for i, price := range []string{"58", "24.5"} {
			p.lines = append(p.lines, invoice.Line{Name: w.T("shopform.sample.line"), Quantity: decimal.NewFromInt(int64(i + 1)),
				Price: decimal.RequireFromString(price)})
		}
	}
	p.Number = func(sh store.Shop) string {
		n, _ := store.NextNumber(sh.NumberPattern, p.today(), sh.NumberStart)
		return n
	}
	p.say.Hide()
	p.raster = canvas.NewRaster(p.Draw)
	edge := widgets.NewSurface(widgets.ColorHairline)
	edge.Least = fyne.NewSize(1, 1)
	p.Content = widgets.On(widgets.ColorDesk, widgets.Border(nil, nil, edge, nil,
		widgets.Padded(20, widgets.PageMargin, 20, widgets.PageMargin, widgets.Border(
			widgets.Column(12, widgets.Caption(w.T("shopform.preview")).Wrap(), p.say), nil, nil, nil,
			widgets.Padded(12, 0, 0, 0, container.New(pageLayout{}, p.raster))))))
	return p
}

func (p *Preview) today() invoice.Date { return invoice.DateOf(p.now().Local()) }

// Page is the page as it is shown.
func (p *Preview) Page() paper.Page { return p.page }

// Soon shows a shop's page when typing rests.
func (p *Preview) Soon(sh func() store.Shop) {
	p.stop()
	p.stop = p.After(Rest, func() { p.Show(sh()) })
}

// Stop shows nothing later, as nobody waits for it any more.
func (p *Preview) Stop() { p.stop() }

// Now shows a shop's page without waiting.
func (p *Preview) Now(sh store.Shop) {
	p.stop()
	p.Show(sh)
}

// Show sets the page. When that fails the last page stays, and why is said.
func (p *Preview) Show(sh store.Shop) {
	doc, err := p.Document(sh)
	if err == nil {
		var pages []paper.Page
		if pages, err = paper.Layout(doc, words.Labels(doc.Language), sh.Style()); err == nil {
			p.page, p.drawn = pages[0], nil
		}
	}
	p.say.RemoveAll()
	if err != nil {
		p.say.Add(widgets.Banner(widgets.Look, "", p.w.Error(err)))
	}
	if p.say.Hidden == (err != nil) {
		p.say.Hidden = err == nil
		p.Content.Refresh()
	}
	p.raster.Refresh()
}

// Document is a made-up invoice of the shop, computed.
func (p *Preview) Document(sh store.Shop) (invoice.Document, error) {
	today := p.today()
	d := invoice.Document{Kind: invoice.KindInvoice, Date: today, Due: today.AddDays(sh.PaymentDays), Currency: sh.Currency,
		Language: sh.Language, Seller: sh.Legal, Bank: sh.Bank, Terms: sh.Terms}
	if strings.TrimSpace(d.Seller.Name) == "" {
		d.Seller.Name = sh.Name
	}
	d.Number = p.Number(sh)
	d.Buyer = invoice.Party{Name: p.w.T("shopform.sample.buyer"), Address: sh.Legal.Address}
	d.Buyer.Address.Street, d.Buyer.Address.Street2 = p.w.T("shopform.sample.street"), ""
	for i, l := range p.lines {
		l.Tax = invoice.Tax{Category: invoice.ZeroRated}
		if len(sh.Rates) > 0 {
			l.Tax = sh.Rates[i%len(sh.Rates)]
		}
		d.Lines = append(d.Lines, l)
	}
	return invoice.Compute(d)
}

// Draw draws the page in the pixels it is shown in, and keeps the picture until
// page or size change.
func (p *Preview) Draw(w, h int) image.Image {
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
