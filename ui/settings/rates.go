// The VAT rates: a line each, the usual one first.

package settings

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/amount"
	"counterbook/ui/shopform"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// typedRate is a line of the rates as it is typed.
type typedRate struct {
	Kind   invoice.Category `cbor:"1,keyasint"`
	Rate   string           `cbor:"2,keyasint,omitempty"`
	Reason string           `cbor:"3,keyasint,omitempty"`
}

// categories are the kinds of VAT in the order in which they are offered.
var categories = []invoice.Category{invoice.Standard, invoice.ZeroRated, invoice.Exempt, invoice.ReverseCharge,
	invoice.IntraCommunity, invoice.Export, invoice.OutsideScope}

// mostRates is how many rates a shop can have.
const mostRates = 20

// wantsReason reports whether the law wants a sentence on the invoice (BT-120).
func wantsReason(c invoice.Category) bool {
	return c != invoice.Standard && c != invoice.ZeroRated
}

// showRate writes a rate as its line shows it.
func showRate(t invoice.Tax, w *words.Words) typedRate {
	r := typedRate{Kind: t.Category, Reason: t.Reason}
	if t.Category == invoice.Standard {
		r.Rate = w.Decimal(t.Rate)
	}
	return r
}

var errRate = errors.New("settings: no rate")

// percent reads a rate of more than 0 and at most 100 with two decimals.
func (r typedRate) percent() (decimal.Decimal, error) {
	v, err := amount.Parse(strings.TrimSuffix(strings.TrimSpace(r.Rate), "%"))
	if err != nil || !v.IsPositive() || v.GreaterThan(decimal.NewFromInt(100)) || !v.Equal(v.Round(2)) {
		return v, errRate
	}
	return v, nil
}

// read makes a rate of a line, and returns what is wrong with it.
func (r typedRate) read(w *words.Words) (t invoice.Tax, problem string) {
	t = invoice.Tax{Category: r.Kind}
	if r.Kind == invoice.Standard {
		v, err := r.percent()
		if err != nil {
			return t, w.T("settings.rate.wrong")
		}
		t.Rate = v
	}
	if !wantsReason(r.Kind) {
		return t, ""
	}
	if t.Reason = strings.TrimSpace(r.Reason); t.Reason == "" {
		return t, w.T("settings.rate.noReason")
	}
	return t, glyphs(w, t.Reason)
}

// rates edits the list.
type rates struct {
	w       *words.Words
	shop    func() store.Shop // as it is typed
	changed func()
	typed   []typedRate
	fields  []*widgets.Field
	decides []*widgets.Entry // of each line: the rate, or the sentence; nil for neither
	box     *fyne.Container
	add     *widgets.Button
	country *widgets.Button // takes the rates of the shop's country
	small   *widgets.Button // takes the exemption of a small business
	content *fyne.Container
}

func newRates(w *words.Words, shop func() store.Shop, changed func()) *rates {
	r := &rates{w: w, shop: shop, changed: changed, box: widgets.Column(10)}
	r.add = widgets.NewButton(w.T("settings.rate.add"), func() {
		r.typed = append(r.typed, typedRate{Kind: invoice.Standard})
		r.build()
		r.changed()
		r.fields[len(r.fields)-1].Focus()
	})
	r.country = widgets.NewButton("", func() { r.take(r.ofCountry()) })
	r.small = widgets.NewButton(w.T("settings.rate.small"), func() { r.take(r.ofSmall()) })
	r.content = widgets.Column(12, r.box, widgets.Row(0, r.add, widgets.Spacer()),
		widgets.Column(8, widgets.Row(0, r.country, widgets.Spacer()), widgets.Row(0, r.small, widgets.Spacer())))
	return r
}

// ofCountry is the rates of the shop's country, before what is typed beside
// rates; nil where the program does not know the country.
func (r *rates) ofCountry() (out []typedRate) {
	country := r.shop().Legal.Address.Country
	if !store.KnownCountry(country) {
		return nil
	}
	for _, t := range store.DefaultShop(country).Rates {
		out = append(out, showRate(t, r.w))
	}
	for _, t := range r.typed {
		if t.Kind != invoice.Standard {
			out = append(out, t)
		}
	}
	return out
}

// ofSmall is the exemption of a small business, in place of rates: who is exempt
// must show none.
func (r *rates) ofSmall() []typedRate {
	sh := r.shop()
	out := []typedRate{showRate(shopform.SmallBusiness(sh.Legal.Address.Country, sh.Language), r.w)}
	for _, t := range r.typed {
		if t.Kind != invoice.Standard && t.Kind != invoice.Exempt {
			out = append(out, t)
		}
	}
	return out
}

// take puts other rates in the place of those typed, because somebody asked for
// it, and goes to the first that wants something.
func (r *rates) take(typed []typedRate) {
	r.set(typed)
	r.changed()
	if first := r.decides[0]; first != nil {
		widgets.Focus(first)
	}
}

// offer shows the rates that can be taken, where they are others than those
// typed. What was typed is replaced by a press of the button alone.
func (r *rates) offer() {
	of := r.ofCountry()
	r.country.Hidden = of == nil || slices.Equal(of, r.typed)
	r.country.SetText(r.w.T("settings.rate.country", words.Data{"Country": r.w.Country(r.shop().Legal.Address.Country)}))
	r.small.Hidden = len(r.typed) > 0 && r.typed[0].Kind == invoice.Exempt
	r.content.Refresh()
}

// set shows other rates.
func (r *rates) set(typed []typedRate) {
	r.typed = slices.Clone(typed)
	r.build()
}

// build makes the lines anew.
func (r *rates) build() {
	r.box.RemoveAll()
	r.fields, r.decides = nil, make([]*widgets.Entry, len(r.typed))
	for i := range r.typed {
		f := widgets.NewField(fmt.Sprintf("Rates[%d]", i), "", r.line(i))
		r.fields = append(r.fields, f)
		r.box.Add(f)
	}
	r.add.SetEnabled(len(r.typed) < mostRates)
	r.content.Refresh()
}

// line is what one rate is edited with.
func (r *rates) line(i int) fyne.CanvasObject {
	t := r.w.T
	at := words.Data{"Number": i + 1}
	names := make([]string, len(categories))
	for k, c := range categories {
		names[k] = t("settings.kind." + string(c))
	}
	kind := widgets.NewSelect(names, func(k int) {
		r.typed[i].Kind = categories[k]
		r.build()
		r.changed()
		r.fields[i].Focus()
	})
	kind.SetLabel(t("settings.rate.kind", at))
	kind.SetIndex(slices.Index(categories, r.typed[i].Kind))
	row := widgets.Row(8, widgets.Grow(kind))
	if r.typed[i].Kind == invoice.Standard {
		rate := widgets.NewEntry()
		rate.SetLabel(t("settings.rate.percent", at))
		rate.SetText(r.typed[i].Rate)
		r.decides[i] = rate
		rate.OnChanged = func(s string) { r.typed[i].Rate = s; r.fields[i].SetProblem(""); r.changed() }
		row.Add(widgets.Sized(76, 0, rate))
		row.Add(widgets.NewText("%").Muted())
	}
	up := widgets.IconButton(widgets.IconUp, t("settings.rate.up", at), func() {
		r.typed[i-1], r.typed[i] = r.typed[i], r.typed[i-1]
		r.build()
		r.changed()
		r.fields[i-1].Focus()
	})
	if i == 0 { // its room stays, so that the lines stand in columns
		row.Add(widgets.Sized(up.MinSize().Width, 0, widgets.Spacer()))
	} else {
		row.Add(up)
	}
	row.Add(widgets.IconButton(widgets.IconTrash, t("settings.rate.remove", at), func() {
		r.typed = slices.Delete(r.typed, i, i+1)
		r.build()
		r.changed()
		widgets.Focus(r.add)
	}))
	if !wantsReason(r.typed[i].Kind) {
		return row
	}
	reason := widgets.NewEntry().With(t("settings.rate.reasonHint"))
	reason.SetLabel(t("settings.rate.reason", at))
	reason.SetText(r.typed[i].Reason)
	r.decides[i] = reason
	reason.OnChanged = func(s string) { r.typed[i].Reason = s; r.fields[i].SetProblem(""); r.changed() }
	return widgets.Column(6, row, reason)
}

// read returns the rates, and says under its line what is wrong with each.
func (r *rates) read() (out []invoice.Tax) {
	for i, typed := range r.typed {
		t, problem := typed.read(r.w)
		r.fields[i].SetProblem(problem)
		out = append(out, t)
	}
	return out
}

// focusProblem goes to the first line with a problem, if there is one.
func (r *rates) focusProblem() bool {
	for i, f := range r.fields {
		if f.Problem() == "" {
			continue
		}
		if e := r.decides[i]; e != nil {
			widgets.Focus(e)
		} else {
			f.Focus()
		}
		return true
	}
	return false
}
