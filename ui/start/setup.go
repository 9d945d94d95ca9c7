package start

// The set-up of a shop: six steps, with what was typed kept while one goes back
// and forth, and a book at the end.

import (
	"strconv"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/shopform"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Measures of the set-up.
const (
	stepsWidth = 248
	formWidth  = 640
	sideMargin = 44
)

// ownerAt is the step in which the passphrase is chosen.
const ownerAt = 2

// step is one step of the set-up. Its texts are "start.setup.<id>.step" in the
// list, ".title" and ".text" on the page.
type step interface {
	id() string
	body() fyne.CanvasObject
	// enter is called each time the step is shown, and gives the focus.
	enter()
	// done checks what was typed. It says what is wrong and returns false when
	// one cannot go on.
	done() bool
	// form is where problems of the finished book are said; nil for none.
	form() *widgets.Form
	// forget empties what is secret.
	forget()
}

type setUp struct {
	e     *Env
	steps []step
	at    int
	busy  bool

	shop  *shopStep
	money *moneyStep
	owner *ownerStep
	kit   *kitStep
	check *checkStep
	where *whereStep

	back, next *widgets.Button
	preview    *shopform.Preview
	content    *fyne.Container
}

// NewSetUp returns the set-up of a shop.
func NewSetUp(e *Env) screen.Screen {
	s := &setUp{e: e}
	s.back = widgets.NewButton(e.Words.T("common.back"), s.goBack)
	s.next = widgets.PrimaryButton("", s.goOn)
	s.shop = newShopStep(s)
	s.money = newMoneyStep(s)
	s.owner = newOwnerStep(s)
	s.kit = newKitStep(s)
	s.check = newCheckStep(s)
	s.where = newWhereStep(s)
	s.steps = []step{s.shop, s.money, s.owner, s.kit, s.check, s.where}
	s.content = widgets.Stack()
	s.newPreview()
	s.draw()
	return s
}

// Content implements screen.Screen.
func (s *setUp) Content() fyne.CanvasObject { return s.content }

// Shown implements screen.Screen.
func (s *setUp) Shown() { s.steps[s.at].enter() }

// Leave implements screen.Leaver: no secret stays in a widget.
func (s *setUp) Leave(then func()) {
	s.preview.Stop()
	s.forget()
	then()
}

func (s *setUp) forget() {
	for _, st := range s.steps {
		st.forget()
	}
}

// entry returns an entry in which Escape goes a step back.
func (s *setUp) entry() *widgets.Entry {
	e := widgets.NewEntry()
	e.OnEscape = s.goBack
	return e
}

// text is a text of the set-up.
func (s *setUp) text(st step, part string) string {
	return s.e.Words.T("start.setup." + st.id() + "." + part)
}

func (s *setUp) show(at int) {
	s.at = at
	s.draw()
	s.steps[at].enter()
}

// draw builds the window for the step one is at.
func (s *setUp) draw() {
	st, t := s.steps[s.at], s.e.Words.T
	s.label()
	head := widgets.Column(8,
		widgets.Caption(t("start.setup.progress", words.Data{"Step": s.at + 1, "All": len(s.steps)})),
		widgets.Title(s.text(st, "title")),
		widgets.Paragraph(s.text(st, "text")))
	body := widgets.NewScroll(widgets.Padded(4, sideMargin, 24, sideMargin, column(widgets.Column(18, head, st.body()))))
	foot := widgets.Column(0, widgets.Line(), widgets.Padded(14, sideMargin, 14, sideMargin,
		column(widgets.Row(8, s.back, widgets.Spacer(), s.next))))
	var page fyne.CanvasObject = widgets.Border(widgets.Sized(0, 32, widgets.Spacer()), foot, nil, nil, body)
	if st == s.shop || st == s.money {
		page = withPage(page, s.preview.Content)
	}
	s.content.Objects = []fyne.CanvasObject{widgets.On(widgets.ColorPage, widgets.Border(nil, nil, s.list(), nil, page))}
	s.content.Refresh()
}

// column keeps what is filled in at a width that can be read, at the left.
func column(o fyne.CanvasObject) fyne.CanvasObject {
	return widgets.RowTop(0, widgets.Sized(formWidth, 0, o), widgets.Spacer())
}

// list is the steps at the left: those behind are ticked.
func (s *setUp) list() fyne.CanvasObject {
	t := s.e.Words.T
	rows := widgets.Column(4)
	for i, st := range s.steps {
		name := widgets.NewText(s.text(st, "step")).In(widgets.ColorRailMuted).Wrap()
		var mark fyne.CanvasObject = widgets.Centre(widgets.Strong(strconv.Itoa(i + 1)).In(widgets.ColorRailMuted))
		back := widgets.NewSurface("")
		back.Radius = 8
		switch {
		case i < s.at:
			mark = widgets.Centre(widgets.NewIcon(widgets.IconCheck, widgets.ColorRailLine, 18))
		case i == s.at:
			name.In(widgets.ColorRailText).Bold()
			mark = widgets.Centre(widgets.Strong(strconv.Itoa(i + 1)).In(widgets.ColorRailText))
			back.Fill = widgets.ColorRailSelected
		}
		rows.Add(widgets.Stack(back, widgets.Padded(9, 12, 9, 10, widgets.Row(8, widgets.Sized(22, 22, mark), widgets.Grow(name)))))
	}
	all := widgets.Padded(28, 14, 20, 14, widgets.Column(0,
		widgets.Padded(0, 0, 2, 10, widgets.NewText(t("app.name")).Sized(widgets.SizeTitle).Bold().In(widgets.ColorRailText)),
		widgets.Padded(0, 0, 26, 10, widgets.NewText(t("start.setup.name")).In(widgets.ColorRailMuted)),
		rows))
	return widgets.Sized(stepsWidth, 0, widgets.On(widgets.ColorRail, all))
}

// label names the button that goes on.
func (s *setUp) label() {
	key := "common.next"
	switch {
	case s.busy:
		key = "start.setup.making"
	case s.at == len(s.steps)-1:
		key = "start.setup.make"
	}
	s.next.SetText(s.e.Words.T(key))
	s.next.SetEnabled(!s.busy)
	s.back.SetEnabled(!s.busy)
}

func (s *setUp) setBusy(busy bool) {
	s.busy = busy
	s.label()
	s.where.setBusy(busy)
}

// goOn leads to the next step, from the last one to the book.
func (s *setUp) goOn() {
	if s.busy || !s.steps[s.at].done() {
		return
	}
	if s.at < len(s.steps)-1 {
		s.show(s.at + 1)
		return
	}
	s.make()
}

// goBack leads to the step before, and from the first one out of the set-up,
// after asking when something was typed.
func (s *setUp) goBack() {
	switch {
	case s.busy:
	case s.at > 0:
		s.show(s.at - 1)
	case !s.shop.touched():
		s.leave()
	default:
		t := s.e.Words.T
		widgets.Ask(s.e.Canvas, t("start.setup.leave.title"), t("start.setup.leave.text"),
			t("start.setup.leave.verb"), t("start.setup.leave.stay"), true, s.leave)
	}
}

func (s *setUp) leave() {
	s.preview.Stop()
	s.forget()
	s.e.Welcome()
}

// newShop is the record of the shop as it was filled in.
func (s *setUp) newShop() store.Shop {
	sh := store.DefaultShop(s.shop.countryCode())
	s.shop.fill(&sh)
	s.money.fill(&sh)
	return sh
}
