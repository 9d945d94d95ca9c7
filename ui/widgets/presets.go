// Presets: a choice of what is common, and an entry for what is not.

package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Presets is a choice of common values. Its last one is another value, and shows
// an entry to type it into.
type Presets struct {
	widget.BaseWidget
	// OnChanged is called when a person chose or typed another value.
	OnChanged func()

	values []string
	last   string // what was chosen before a value of one's own
	choice *Select
	entry  *Entry
	box    *fyne.Container
}

// NewPresets returns a choice of values, shown by their names, with a last one,
// own, for those typed into an entry of that label. The first is chosen.
func NewPresets(values, names []string, own, label string) *Presets {
	p := &Presets{values: slices.Clone(values), entry: NewEntry()}
	p.choice = NewSelect(append(slices.Clone(names), own), p.chosen)
	p.entry.SetLabel(label)
	p.entry.OnChanged = func(string) { p.changed() }
	p.box = Column(6, p.choice, p.entry)
	p.choice.SetIndex(0)
	p.last = values[0]
	p.entry.Hide()
	p.ExtendBaseWidget(p)
	return p
}

// SetNames names the values otherwise.
func (p *Presets) SetNames(names []string) {
	i, own := p.choice.Index(), p.choice.Options[len(p.values)]
	if slices.Equal(names, p.choice.Options[:len(p.values)]) {
		return
	}
	p.choice.SetOptions(append(slices.Clone(names), own))
	p.choice.SetIndex(i)
}

// SetValues offers other values. One that was chosen becomes the one in its
// place, one that was typed stays.
func (p *Presets) SetValues(values, names []string) {
	own, i := p.choice.Options[len(p.values)], p.choice.Index()
	if p.Own() || i >= len(values) {
		i = len(values)
	}
	p.values = slices.Clone(values)
	p.choice.SetOptions(append(slices.Clone(names), own))
	p.choice.SetIndex(i)
	if !p.Own() {
		p.last = p.Value()
	}
	p.show()
}

// SetLabel says what the choice is called.
func (p *Presets) SetLabel(s string) { p.choice.SetLabel(s) }

// SetWrong marks the value as wrong.
func (p *Presets) SetWrong(wrong bool) {
	p.entry.SetWrong(wrong)
	p.choice.SetWrong(wrong && p.entry.Hidden)
}

// Entry returns the entry for a value of one's own, to say what its keys do.
func (p *Presets) Entry() *Entry { return p.entry }

// Own reports whether a value is typed.
func (p *Presets) Own() bool { return p.choice.Index() == len(p.values) }

// Value returns what is chosen or typed.
func (p *Presets) Value() string {
	if p.Own() {
		return p.entry.Text
	}
	return p.values[max(0, p.choice.Index())]
}

// SetValue chooses a value, or shows it as typed.
func (p *Presets) SetValue(v string) {
	i := slices.Index(p.values, v)
	if i < 0 {
		i = len(p.values)
		p.put(v)
	} else {
		p.last = v
	}
	p.choice.SetIndex(i)
	p.show()
}

// chosen starts a value of one's own from the one chosen before.
func (p *Presets) chosen(int) {
	if !p.Own() {
		p.last = p.Value()
	} else if p.entry.Text == "" {
		p.put(p.last)
	}
	p.show()
	if p.Own() {
		Focus(p.entry)
	}
	p.changed()
}

// put shows a text in the entry as if it had always been there.
func (p *Presets) put(text string) {
	before := p.entry.OnChanged
	p.entry.OnChanged = nil
	p.entry.SetText(text)
	p.entry.OnChanged = before
}

func (p *Presets) show() {
	if own := p.Own(); own == p.entry.Hidden {
		p.entry.Hidden = !own
		p.box.Refresh()
		p.Refresh()
	}
}

func (p *Presets) changed() {
	if p.OnChanged != nil {
		p.OnChanged()
	}
}

// HeightFor implements [Heighter].
func (p *Presets) HeightFor(width float32) float32 { return heightFor(p.box, width) }

// CreateRenderer implements [fyne.Widget].
func (p *Presets) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.box) }

// parts gives the focus to what is typed before the choice.
func (p *Presets) parts() []fyne.CanvasObject {
	if p.Own() {
		return []fyne.CanvasObject{p.entry, p.choice}
	}
	return []fyne.CanvasObject{p.box}
}
