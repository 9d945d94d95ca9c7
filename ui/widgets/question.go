// Question: what is asked back where something was typed, with the answers as
// buttons beside it.

package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Answer is one of the answers to a question.
type Answer struct {
	Text string
	Do   func()
}

// Question stands under what was typed and asks what is meant. It is hidden
// until something is asked. Tab and the arrows go through the answers, Enter
// takes one, Escape leaves the question open and goes back to what was typed.
type Question struct {
	widget.BaseWidget
	// OnEscape leads back to what was typed.
	OnEscape func()

	text    *Text
	answers []*Button
	box     *fyne.Container
}

// NewQuestion returns a question that asks nothing yet.
func NewQuestion() *Question {
	q := &Question{text: NewText("").Sized(SizeCaption).Wrap().In(ColorLook)}
	q.box = Column(6)
	q.ExtendBaseWidget(q)
	q.Hide()
	return q
}

// Ask shows a question. Asked again, it leaves the buttons in their place: the
// one that is being clicked takes the focus from the field, which asks.
func (q *Question) Ask(text string, answers ...Answer) {
	if q.text.Text() == text && slices.EqualFunc(q.answers, answers, func(b *Button, a Answer) bool { return b.Text == a.Text }) {
		for i, a := range answers {
			q.answers[i].OnTapped = a.Do
		}
		return
	}
	q.text.SetText(text)
	q.answers = nil
	row := Row(8)
	for i, a := range answers {
		b := NewButton(a.Text, a.Do).Small()
		b.onKey = func(k fyne.KeyName) bool { return q.key(i, k) }
		q.answers = append(q.answers, b)
		row.Add(b)
	}
	q.box.Objects = []fyne.CanvasObject{q.text, Padded(0, 0, 5, 0, row)}
	q.Show()
	q.Refresh()
}

// Drop takes the question away.
func (q *Question) Drop() {
	q.answers = nil
	q.Hide()
}

// Asked says whether a question is open.
func (q *Question) Asked() bool { return len(q.answers) > 0 }

// Focus gives the first answer the focus, and says whether there is one.
func (q *Question) Focus() bool {
	if !q.Asked() {
		return false
	}
	Focus(q.answers[0])
	return true
}

// key is a key pressed on an answer.
func (q *Question) key(at int, k fyne.KeyName) bool {
	step := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1}[k]
	switch {
	case step != 0:
		Focus(q.answers[(at+step+len(q.answers))%len(q.answers)])
	case (k == fyne.KeyEscape || k == fyne.KeyUp) && q.OnEscape != nil:
		q.OnEscape()
	default:
		return false
	}
	return true
}

// HeightFor implements [Heighter].
func (q *Question) HeightFor(width float32) float32 { return heightFor(q.box, width) }

// CreateRenderer implements [fyne.Widget].
func (q *Question) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(q.box) }

func (q *Question) parts() []fyne.CanvasObject { return []fyne.CanvasObject{q.box} }
