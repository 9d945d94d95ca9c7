package start

// The page beside the first steps: an invoice with what is typed, where the
// window has room for it.

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"counterbook/store"
	"counterbook/ui/shopform"
	"counterbook/ui/widgets"
)

// besides is a page that takes what room is left beside a form, when that is
// enough to see something.
type besides struct{ form, page fyne.CanvasObject }

const (
	formRoom  = formWidth + 2*sideMargin
	leastPage = 290
	mostPage  = 620
)

// withPage puts a page beside a form.
func withPage(form, page fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&besides{form, page}, form, page)
}

func (b *besides) MinSize([]fyne.CanvasObject) fyne.Size { return b.form.MinSize() }

func (b *besides) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	room := min(s.Width-formRoom, mostPage)
	if fits := room >= leastPage; fits != b.page.Visible() {
		if fits {
			b.page.Show()
		} else {
			b.page.Hide()
		}
	}
	if !b.page.Visible() {
		room = 0
	}
	b.form.Resize(fyne.NewSize(s.Width-room, s.Height))
	b.page.Move(fyne.NewPos(s.Width-room, 0))
	b.page.Resize(fyne.NewSize(room, s.Height))
}

// newPreview makes the page and has it follow the first two steps.
func (s *setUp) newPreview() {
	s.preview = shopform.NewPreview(s.e.Words, s.e.Now, nil)
	s.preview.After = s.e.after
	changed := func() { s.preview.Soon(s.shownShop) }
	for _, e := range []*widgets.Entry{s.shop.name, s.shop.street, s.shop.postcode, s.shop.city, s.shop.vat, s.shop.tax,
		s.money.iban, s.money.bic, s.money.reason, s.money.first} {
		before := e.OnChanged
		e.OnChanged = func(text string) {
			if before != nil {
				before(text)
			}
			changed()
		}
	}
	for _, c := range []*widgets.Select{s.shop.country, s.money.currency, s.money.language} {
		before := c.OnChanged
		c.OnChanged = func(i int) {
			if before != nil {
				before(i)
			}
			changed()
		}
	}
	for _, p := range []*widgets.Presets{s.money.vat, s.money.days, s.money.pattern} {
		before := p.OnChanged
		p.OnChanged = func() {
			before()
			changed()
		}
	}
	s.shop.logo.Changed = changed
	s.preview.Now(s.shownShop())
}

// shownShop is the shop as it is typed, with what the page cannot be without.
func (s *setUp) shownShop() store.Shop {
	sh := s.newShop()
	if sh.Currency == "" {
		sh.Currency = store.DefaultShop("").Currency
	}
	return sh
}
