// Field and form: a label, a control, and what is to be said about it.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Field is a control with its label above and a hint or a problem below.
type Field struct {
	widget.BaseWidget
	// Key names the field for [Form.SetProblem]: "Buyer.Name".
	Key     string
	Control fyne.CanvasObject

	label    *Text
	message  *Text
	question *Question
	hint     string
	note     string // what was done to what was pasted; instead of the hint
	remark   string
	tone     Tone // of the remark
	problem  string
	wide     bool
	box      *fyne.Container
}

// wrongable is a control that can show that it is wrong.
type wrongable interface{ SetWrong(bool) }

type labelled interface{ SetLabel(string) }

// NewField returns a field. key may be "" when no problem is ever said of it.
func NewField(key, label string, control fyne.CanvasObject) *Field {
	f := &Field{Key: key, Control: control}
	f.label = NewText(label).Sized(SizeCaption).Bold().Muted()
	f.message = NewText("").Sized(SizeCaption).Wrap()
	f.message.Hide()
	f.question = NewQuestion()
	f.question.OnEscape = func() { focusIn(control) }
	f.box = Column(5, f.label, control, f.message, f.question)
	if label == "" {
		f.label.Hide()
	}
	if l, ok := control.(labelled); ok {
		l.SetLabel(label)
	}
	if e := entryIn(control); e != nil {
		e.OnCleaned = func(yes bool) {
			f.note = ""
			if yes {
				f.note = cleanedText
			}
			f.say()
		}
	}
	f.ExtendBaseWidget(f)
	return f
}

// entryIn returns the first entry in a control, or nil.
func entryIn(o fyne.CanvasObject) *Entry {
	if e := entryOf(o); e != nil {
		return e
	}
	if c, ok := firstFocus(o); ok {
		if o, ok := c.(fyne.CanvasObject); ok {
			return entryOf(o)
		}
	}
	return nil
}

// Hint puts a sentence under the field, shown while there is no problem.
func (f *Field) Hint(s string) *Field {
	f.hint = s
	f.say()
	return f
}

// Wide lets the field take the whole row of a form of two columns.
func (f *Field) Wide() *Field { f.wide = true; return f }

// Label returns what stands above the field.
func (f *Field) Label() string { return f.label.Text() }

// Problem returns what is said to be wrong, "" for nothing.
func (f *Field) Problem() string { return f.problem }

// SetProblem says what is wrong with the field, "" for nothing.
func (f *Field) SetProblem(s string) {
	if f.problem == s {
		return
	}
	f.problem, f.remark = s, ""
	f.question.Drop()
	if w, ok := f.Control.(wrongable); ok {
		w.SetWrong(s != "")
	}
	f.say()
}

// Remark says what is worth a look in what was typed, or worth knowing of it, "" for
// nothing. It is no problem: it refuses nothing, gives way to one, and goes when the
// field is changed. Answers are buttons under it.
func (f *Field) Remark(tone Tone, text string, answers ...Answer) {
	if f.problem != "" {
		return
	}
	f.remark, f.tone = text, tone
	if text == "" || len(answers) == 0 {
		f.question.Drop()
	} else {
		f.question.Ask(text, answers...)
	}
	f.say()
}

// Remarked returns the remark, "" for none.
func (f *Field) Remarked() string { return f.remark }

// Ask asks what is meant by what was typed. It counts as a problem until it is
// answered or the field is changed.
func (f *Field) Ask(text string, answers ...Answer) {
	f.SetProblem(text)
	f.question.Ask(text, answers...)
	f.say()
}

func (f *Field) say() {
	text, colour := f.hint, ColorMuted
	if f.remark != "" {
		text = f.remark
		if f.tone != Neutral {
			colour = tones[f.tone].text
		}
	}
	if f.note != "" {
		text, colour = f.note, ColorLook
	}
	if f.problem != "" {
		text, colour = f.problem, ColorDangerText
	}
	if f.question.Asked() {
		text = ""
	}
	f.message.Set(text, colour)
	f.message.Hidden = text == ""
	f.box.Refresh()
	f.Refresh()
}

// Focus gives the control the focus; where something is asked, the first answer.
func (f *Field) Focus() {
	if !f.question.Focus() {
		focusIn(f.Control)
	}
}

func focusIn(o fyne.CanvasObject) {
	if c, ok := firstFocus(o); ok {
		Focus(c)
	}
}

// HeightFor implements [Heighter].
func (f *Field) HeightFor(width float32) float32 { return heightFor(f.box, width) }

// CreateRenderer implements [fyne.Widget].
func (f *Field) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.box) }

func (f *Field) parts() []fyne.CanvasObject { return []fyne.CanvasObject{f.box} }

// firstFocus returns the first control in o that can have the focus.
func firstFocus(o fyne.CanvasObject) (fyne.Focusable, bool) {
	if o == nil || !o.Visible() {
		return nil, false
	}
	if f, ok := o.(fyne.Focusable); ok {
		if d, ok := o.(fyne.Disableable); !ok || !d.Disabled() {
			return f, true
		}
		return nil, false
	}
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case *container.Scroll:
		children = []fyne.CanvasObject{o.Content}
	case parent:
		children = o.parts()
	}
	for _, c := range children {
		if f, ok := firstFocus(c); ok {
			return f, true
		}
	}
	return nil, false
}

// Form puts fields into one column or two and says what is wrong with them.
type Form struct {
	widget.BaseWidget
	// OnSubmit is what Enter in the last field does; without it a dialog's
	// confirmation.
	OnSubmit func()

	fields []*Field
	box    *fyne.Container
}

// NewForm returns a form of fields in columns, filled row by row. What entries
// and choices do when they change is set before.
func NewForm(columns int, fields ...*Field) *Form {
	f := &Form{fields: fields}
	weights := make([]float32, max(1, columns))
	for i := range weights {
		weights[i] = 1
	}
	column := Column(gapMedium)
	var row []fyne.CanvasObject
	flush := func() {
		for len(row) > 0 && len(row) < len(weights) {
			row = append(row, Spacer())
		}
		if len(row) > 0 {
			column.Add(Shares(weights, gapMedium, row...))
		}
		row = nil
	}
	for _, field := range fields {
		if field.wide || len(weights) == 1 {
			flush()
			column.Add(field)
			continue
		}
		row = append(row, field)
		if len(row) == len(weights) {
			flush()
		}
	}
	flush()
	f.box = column
	f.listen()
	f.ExtendBaseWidget(f)
	return f
}

// listen takes problem and remark away as soon as their field is changed, and lets Enter
// in the last field submit.
func (f *Form) listen() {
	for i, field := range f.fields {
		if s, ok := field.Control.(*Select); ok {
			before := s.OnChanged
			s.OnChanged = func(i int) {
				field.SetProblem("")
				if before != nil {
					before(i)
				}
			}
		}
		if p, ok := field.Control.(*Presets); ok {
			before := p.OnChanged
			p.OnChanged = func() {
				field.SetProblem("")
				if before != nil {
					before()
				}
			}
		}
		e := entryOf(field.Control)
		if e == nil {
			continue
		}
		before := e.OnChanged
		e.OnChanged = func(s string) {
			field.SetProblem("")
			field.Remark(Neutral, "")
			if before != nil {
				before(s)
			}
		}
		if i == len(f.fields)-1 && e.OnSubmitted == nil && !e.MultiLine {
			e.OnSubmitted = func(string) {
				if f.OnSubmit != nil {
					f.OnSubmit()
				} else {
					forward(field.Control)
				}
			}
		}
	}
}

// entryOf returns the entry a control is, or nil.
func entryOf(o fyne.CanvasObject) *Entry {
	switch o := o.(type) {
	case *Entry:
		return o
	case *PasswordEntry:
		return &o.Entry
	case *SearchEntry:
		return &o.Entry
	case *DateEntry:
		return &o.Entry
	}
	return nil
}

// Field returns the field of a key, or nil.
func (f *Form) Field(key string) *Field {
	for _, field := range f.fields {
		if field.Key == key {
			return field
		}
	}
	return nil
}

// SetProblem says what is wrong with a field and reports whether the form has a
// field of that key. What was typed stays typed.
func (f *Form) SetProblem(key, text string) bool {
	field := f.Field(key)
	if field == nil {
		return false
	}
	field.SetProblem(text)
	f.box.Refresh()
	return true
}

// ClearProblems takes all problems away.
func (f *Form) ClearProblems() {
	for _, field := range f.fields {
		field.SetProblem("")
	}
	f.box.Refresh()
}

// FocusProblem gives the focus to the first field with a problem and says
// whether there is one.
func (f *Form) FocusProblem() bool {
	for _, field := range f.fields {
		if field.problem != "" {
			field.Focus()
			return true
		}
	}
	return false
}

// FocusFirst gives the focus to the first field.
func (f *Form) FocusFirst() {
	if c, ok := firstFocus(f.box); ok {
		Focus(c)
	}
}

// HeightFor implements [Heighter].
func (f *Form) HeightFor(width float32) float32 { return heightFor(f.box, width) }

// CreateRenderer implements [fyne.Widget].
func (f *Form) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.box) }

func (f *Form) parts() []fyne.CanvasObject { return []fyne.CanvasObject{f.box} }
