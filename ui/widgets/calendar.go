// The calendar of a date entry: a month over the window, moved in with the
// arrows, chosen from with Enter or a click, left with Escape.

package widgets

import (
	"image/color"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

const (
	daySide        float32 = 36
	calendarPad    float32 = 12
	calendarHead   float32 = 40
	calendarWeek   float32 = 24
	calendarWide           = 7*daySide + 2*calendarPad
	calendarHeight         = calendarHead + calendarWeek + 6*daySide + 2*calendarPad
)

// calendar lies over the whole window; a click beside the month closes it.
type calendar struct {
	widget.BaseWidget
	window fyne.Canvas
	before fyne.Focusable
	at     fyne.Position // where the month's corner is
	day    time.Time     // where the keyboard is
	today  time.Time
	chosen func(time.Time)
}

// showCalendar opens a calendar under an object, at a day.
func showCalendar(c fyne.Canvas, under fyne.CanvasObject, day, today time.Time, chosen func(time.Time)) {
	k := &calendar{window: c, before: c.Focused(), day: day, today: today, chosen: chosen}
	k.ExtendBaseWidget(k)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(under).AddXY(0, under.Size().Height+4)
	at.X = max(8, min(at.X, c.Size().Width-calendarWide-8))
	at.Y = max(8, min(at.Y, c.Size().Height-calendarHeight-8))
	k.at = at
	c.Overlays().Add(k)
	k.Resize(c.Size())
	c.Focus(k)
}

// leave implements [leaver].
func (k *calendar) leave() {
	k.window.Overlays().Remove(k)
	if k.before != nil {
		k.window.Focus(k.before)
	}
}

func (k *calendar) choose(day time.Time) {
	k.leave()
	k.chosen(day)
}

// first returns the Monday the month's first row starts with.
func (k *calendar) first() time.Time {
	one := k.day.AddDate(0, 0, 1-k.day.Day())
	return one.AddDate(0, 0, -(int(one.Weekday())+6)%7)
}

// month goes to the same day of another month, or its last one.
func (k *calendar) month(by int) {
	one := k.day.AddDate(0, 0, 1-k.day.Day()).AddDate(0, by, 0)
	last := one.AddDate(0, 1, -1).Day()
	k.day = one.AddDate(0, 0, min(k.day.Day(), last)-1)
}

// Tapped implements [fyne.Tappable].
func (k *calendar) Tapped(e *fyne.PointEvent) {
	noteInput()
	x, y := e.Position.X-k.at.X, e.Position.Y-k.at.Y
	if x < 0 || y < 0 || x > calendarWide || y > calendarHeight {
		k.leave()
		return
	}
	if y < calendarPad+calendarHead {
		switch {
		case x < calendarPad+daySide:
			k.month(-1)
		case x > calendarWide-calendarPad-daySide:
			k.month(1)
		}
		k.Refresh()
		return
	}
	column, row := int((x-calendarPad)/daySide), int((y-calendarPad-calendarHead-calendarWeek)/daySide)
	if y < calendarPad+calendarHead+calendarWeek || x < calendarPad || column > 6 || row > 5 {
		return
	}
	k.choose(k.first().AddDate(0, 0, 7*row+column))
}

// FocusGained implements [fyne.Focusable].
func (k *calendar) FocusGained() {}

// FocusLost implements [fyne.Focusable].
func (k *calendar) FocusLost() {}

// TypedRune implements [fyne.Focusable].
func (k *calendar) TypedRune(rune) {}

// TypedKey implements [fyne.Focusable].
func (k *calendar) TypedKey(e *fyne.KeyEvent) {
	noteInput()
	switch e.Name {
	case fyne.KeyLeft:
		k.day = k.day.AddDate(0, 0, -1)
	case fyne.KeyRight:
		k.day = k.day.AddDate(0, 0, 1)
	case fyne.KeyUp:
		k.day = k.day.AddDate(0, 0, -7)
	case fyne.KeyDown:
		k.day = k.day.AddDate(0, 0, 7)
	case fyne.KeyPageUp:
		k.month(-1)
	case fyne.KeyPageDown:
		k.month(1)
	case fyne.KeyHome:
		k.day = k.today
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		k.choose(k.day)
		return
	case fyne.KeyEscape:
		k.leave()
		return
	default:
		return
	}
	k.Refresh()
}

// AccessibilityLabel implements [fyne.Accessible].
func (k *calendar) AccessibilityLabel() string { return k.day.Format(dateShown) }

// AccessibilityRole implements [fyne.Accessible].
func (k *calendar) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer implements [fyne.Widget].
func (k *calendar) CreateRenderer() fyne.WidgetRenderer {
	r := &calendarRenderer{k: k, ground: canvas.NewRectangle(color.Transparent), mark: canvas.NewRectangle(color.Transparent),
		title: Strong("").Centre(), back: NewIcon(IconLeft, ColorText, 20), next: NewIcon(IconRight, ColorText, 20)}
	r.objects = []fyne.CanvasObject{r.ground, r.mark, r.title, r.back, r.next}
	for i := range r.week {
		r.week[i] = Caption("").Centre()
		r.objects = append(r.objects, r.week[i])
	}
	for i := range r.days {
		r.days[i] = NewText("").Centre()
		r.objects = append(r.objects, r.days[i])
	}
	r.paint()
	return r
}

type calendarRenderer struct {
	k            *calendar
	ground, mark *canvas.Rectangle
	title        *Text
	back, next   *Icon
	week         [7]*Text
	days         [42]*Text
	objects      []fyne.CanvasObject
}

func (r *calendarRenderer) paint() {
	k := r.k
	r.ground.FillColor, r.ground.StrokeColor = colorOf(k, ColorPanel), colorOf(k, ColorInputLine)
	r.ground.StrokeWidth, r.ground.CornerRadius = 1, panelRadius
	r.mark.FillColor, r.mark.CornerRadius = colorOf(k, ColorAccent), inputRadius
	r.title.SetText(k.day.Format("January 2006"))
	day := k.first()
	for i := range r.days {
		if i < 7 {
			r.week[i].SetText(day.Format("Mon"))
		}
		colour := ColorText
		switch {
		case day.Equal(k.day):
			colour = ColorOnAccent
		case day.Month() != k.day.Month():
			colour = ColorMuted
		case day.Equal(k.today):
			colour = ColorAccentText
		}
		r.days[i].style.Bold = day.Equal(k.day) || day.Equal(k.today)
		r.days[i].Set(strconv.Itoa(day.Day()), colour)
		day = day.AddDate(0, 0, 1)
	}
}

func (r *calendarRenderer) MinSize() fyne.Size { return fyne.NewSize(calendarWide, calendarHeight) }
func (r *calendarRenderer) Destroy()           {}

func (r *calendarRenderer) Layout(fyne.Size) {
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(r.k.at.AddXY(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	put(r.ground, 0, 0, calendarWide, calendarHeight)
	put(r.title, calendarPad+daySide, calendarPad, 5*daySide, calendarHead-4)
	put(r.back, calendarPad+8, calendarPad+8, 20, 20)
	put(r.next, calendarWide-calendarPad-28, calendarPad+8, 20, 20)
	top := calendarPad + calendarHead
	for i, t := range r.week {
		put(t, calendarPad+float32(i)*daySide, top, daySide, calendarWeek)
	}
	top += calendarWeek
	day := r.k.first()
	for i, t := range r.days {
		x, y := calendarPad+float32(i%7)*daySide, top+float32(i/7)*daySide
		put(t, x, y, daySide, daySide)
		if day.Equal(r.k.day) {
			put(r.mark, x+2, y+2, daySide-4, daySide-4)
		}
		day = day.AddDate(0, 0, 1)
	}
}

func (r *calendarRenderer) Refresh() {
	r.paint()
	r.Layout(r.k.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
	canvas.Refresh(r.k)
}

func (r *calendarRenderer) Objects() []fyne.CanvasObject { return r.objects }
