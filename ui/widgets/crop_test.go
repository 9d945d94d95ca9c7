package widgets

import (
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"
)

// crop shows a picture of 400 by 200 in a window, twice as large.
func crop(t *testing.T) (*Crop, fyne.Canvas) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Light))
	c := NewCrop(image.NewRGBA(image.Rect(0, 0, 400, 200)))
	w := test.NewTempWindow(t, c)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(800+2*cropMargin, 400+2*cropMargin))
	return c, w.Canvas()
}

// drag presses the mouse on a pixel of the picture and lets it go on another.
func drag(c *Crop, from, to image.Point) {
	at, scale := c.place()
	place := func(p image.Point) fyne.Position { return at.AddXY(float32(p.X)*scale, float32(p.Y)*scale) }
	c.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: place(from)}})
	for i := 1; i <= 4; i++ {
		c.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: place(from.Add(to.Sub(from).Mul(i).Div(4)))}})
	}
	c.DragEnd()
}

func TestAPartIsCutOutWithTheMouse(t *testing.T) {
	c, _ := crop(t)
	changes := 0
	c.OnChanged = func() { changes++ }
	drag(c, image.Pt(0, 0), image.Pt(100, 40)) // the upper left corner
	require.Equal(t, image.Rect(100, 40, 400, 200), c.Part())
	drag(c, image.Pt(400, 100), image.Pt(300, 0)) // the right edge moves sideways alone
	require.Equal(t, image.Rect(100, 40, 300, 200), c.Part())
	drag(c, image.Pt(200, 120), image.Pt(230, 20)) // all of it, up to the border
	require.Equal(t, image.Rect(130, 0, 330, 160), c.Part())
	drag(c, image.Pt(330, 160), image.Pt(0, 0)) // never turned over
	require.Equal(t, image.Rect(130, 0, 134, 4), c.Part())
	drag(c, image.Pt(300, 150), image.Pt(0, 0)) // beside it nothing is held
	require.Equal(t, image.Rect(130, 0, 134, 4), c.Part())
	require.Positive(t, changes)
}

func TestAPartIsCutOutWithTheKeyboardAlone(t *testing.T) {
	c, w := crop(t)
	w.Focus(c)
	press := func(k fyne.KeyName, times int) {
		for range times {
			c.TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	c.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	press(fyne.KeyLeft, 50)
	press(fyne.KeyUp, 20)
	c.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	require.Equal(t, image.Rect(0, 0, 200, 120), c.Part())
	press(fyne.KeyRight, 10)
	press(fyne.KeyDown, 500)
	require.Equal(t, image.Rect(40, 80, 240, 200), c.Part())
	w.Unfocus()
	c.SetPart(image.Rect(-10, -10, 20, 20))
	require.Equal(t, image.Rect(0, 0, 20, 20), c.Part())
	c.SetPart(image.Rect(500, 0, 600, 20))
	require.Equal(t, image.Rect(0, 0, 20, 20), c.Part(), "what is not of the picture is no part of it")
}

func TestPresetsChooseWhatIsCommonAndTakeWhatIsNot(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(Light))
	p := NewPresets([]string{"0", "14"}, []string{"At once", "14 days"}, "Other", "Days")
	f := NewField("PaymentDays", "Payment", p)
	form := NewForm(1, f)
	w := test.NewTempWindow(t, form)
	w.Resize(fyne.NewSize(400, 300))
	require.Equal(t, "0", p.Value())
	require.False(t, p.Entry().Visible())
	p.choice.Choose(1)
	require.Equal(t, "14", p.Value())
	p.choice.Choose(2)
	require.True(t, p.Entry().Visible())
	require.Equal(t, "14", p.Value(), "it starts from what was chosen")
	require.Equal(t, fyne.Focusable(p.Entry()), w.Canvas().Focused())
	p.Entry().SetText("x")
	form.SetProblem("PaymentDays", "This is no number.")
	w.Canvas().Unfocus()
	form.FocusProblem()
	require.Equal(t, fyne.Focusable(p.Entry()), w.Canvas().Focused())
	p.Entry().SetText("45")
	require.Empty(t, f.Problem(), "typing takes the problem away")
	require.Equal(t, "45", p.Value())
	p.SetNames([]string{"Now", "Two weeks"})
	require.True(t, p.Own())
	p.SetValue("14")
	require.False(t, p.Entry().Visible())
	require.Equal(t, "Payment Two weeks", p.choice.AccessibilityLabel())
	p.SetValue("21")
	require.Equal(t, "21", p.Value())
}

func TestAWordTypedOnAChoiceGoesToTheOptionThatStartsWithIt(t *testing.T) {
	test.NewTempApp(t)
	s := NewSelect([]string{"Australia", "Austria", "Belgium", "Bulgaria"}, nil)
	word := func(text, want string) {
		t.Helper()
		s.soughtAt = time.Time{} // after a pause
		for _, r := range text {
			s.TypedRune(r)
		}
		require.Equal(t, want, s.Selected(), text)
	}
	word("a", "Australia")
	word("a", "Austria")
	word("a", "Australia")
	word("aa", "Australia")
	word("austri", "Austria")
	word("BUL", "Bulgaria")
	word("bb", "Bulgaria")
	word("zx", "Bulgaria")
	word("ba", "Australia")
}
