// Crop: a part of a picture is chosen, with the mouse or the keyboard.

package widgets

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Crop shows a picture with a frame around the part that is chosen. The mouse
// drags the frame, its corners and its edges. The arrow keys move it, and with
// Shift they move its lower right corner; Enter confirms the dialog it is in.
type Crop struct {
	widget.BaseWidget
	OnChanged func()

	picture *image.RGBA
	part    image.Rectangle
	label   string
	focused bool
	shift   bool

	grip grip            // what is dragged
	from image.Point     // where the drag began
	was  image.Rectangle // the part then
	over grip            // what is under the mouse
}

// grip is what of the frame moves: sides, or all of them.
type grip uint8

const (
	gripLeft grip = 1 << iota
	gripRight
	gripTop
	gripBottom
	gripAll = gripLeft | gripRight | gripTop | gripBottom
)

// leastPart is how many pixels a side of the part has at least, in a picture
// that has so many.
const leastPart = 4

// NewCrop returns a picture of which all is chosen.
func NewCrop(picture *image.RGBA) *Crop {
	c := &Crop{picture: picture, part: picture.Bounds()}
	c.ExtendBaseWidget(c)
	return c
}

// Part returns what is chosen, in pixels of the picture.
func (c *Crop) Part() image.Rectangle { return c.part }

// SetPart chooses a part.
func (c *Crop) SetPart(part image.Rectangle) {
	if part = part.Intersect(c.picture.Bounds()); part.Empty() || part == c.part {
		return
	}
	c.part = part
	c.Refresh()
	if c.OnChanged != nil {
		c.OnChanged()
	}
}

// SetLabel says what the picture is called.
func (c *Crop) SetLabel(s string) { c.label = s }

// AccessibilityLabel implements [fyne.Accessible].
func (c *Crop) AccessibilityLabel() string { return c.label }

// AccessibilityRole implements [fyne.Accessible].
func (c *Crop) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// pull moves the sides of a rectangle that a grip holds, within the picture and
// without turning it over.
func (c *Crop) pull(r image.Rectangle, g grip, by image.Point) image.Rectangle {
	b := c.picture.Bounds()
	if g == gripAll {
		by.X = min(max(by.X, b.Min.X-r.Min.X), b.Max.X-r.Max.X)
		by.Y = min(max(by.Y, b.Min.Y-r.Min.Y), b.Max.Y-r.Max.Y)
		return r.Add(by)
	}
	wide, high := min(leastPart, b.Dx()), min(leastPart, b.Dy())
	if g&gripLeft != 0 {
		r.Min.X = max(b.Min.X, min(r.Min.X+by.X, r.Max.X-wide))
	}
	if g&gripRight != 0 {
		r.Max.X = min(b.Max.X, max(r.Max.X+by.X, r.Min.X+wide))
	}
	if g&gripTop != 0 {
		r.Min.Y = max(b.Min.Y, min(r.Min.Y+by.Y, r.Max.Y-high))
	}
	if g&gripBottom != 0 {
		r.Max.Y = min(b.Max.Y, max(r.Max.Y+by.Y, r.Min.Y+high))
	}
	return r
}

// Where the picture stands in the widget, in pixels of the window.
const (
	cropMargin  float32 = 12 // room for handles at its edges
	cropHighest float32 = 300
	handleSide  float32 = 10
	gripReach   float32 = 9
)

// place returns where the picture is, and how large a pixel of it is.
func (c *Crop) place() (at fyne.Position, scale float32) {
	b, s := c.picture.Bounds(), c.Size()
	w, h := float32(b.Dx()), float32(b.Dy())
	scale = max(0.001, min((s.Width-2*cropMargin)/w, (s.Height-2*cropMargin)/h))
	return fyne.NewPos((s.Width-w*scale)/2, (s.Height-h*scale)/2), scale
}

// frame returns where the frame is.
func (c *Crop) frame() (fyne.Position, fyne.Size) {
	at, scale := c.place()
	r := c.part.Sub(c.picture.Bounds().Min)
	return at.AddXY(float32(r.Min.X)*scale, float32(r.Min.Y)*scale), fyne.NewSize(float32(r.Dx())*scale, float32(r.Dy())*scale)
}

// point returns the pixel of the picture at a place.
func (c *Crop) point(p fyne.Position) image.Point {
	at, scale := c.place()
	return image.Pt(int((p.X-at.X)/scale), int((p.Y-at.Y)/scale))
}

// gripAt returns what is held at a place, 0 for nothing.
func (c *Crop) gripAt(p fyne.Position) (g grip) {
	at, s := c.frame()
	x, y := p.X-at.X, p.Y-at.Y
	if x < -gripReach || y < -gripReach || x > s.Width+gripReach || y > s.Height+gripReach {
		return 0
	}
	switch { // the nearer side of a narrow frame
	case x < gripReach && x < s.Width/2:
		g |= gripLeft
	case x > s.Width-gripReach:
		g |= gripRight
	}
	switch {
	case y < gripReach && y < s.Height/2:
		g |= gripTop
	case y > s.Height-gripReach:
		g |= gripBottom
	}
	if g == 0 {
		return gripAll
	}
	return g
}

// MouseDown implements [desktop.Mouseable].
func (c *Crop) MouseDown(e *desktop.MouseEvent) {
	noteInput()
	Focus(c)
	c.grip, c.from, c.was = c.gripAt(e.Position), c.point(e.Position), c.part
}

// MouseUp implements [desktop.Mouseable].
func (c *Crop) MouseUp(*desktop.MouseEvent) { c.grip = 0 }

// Dragged implements [fyne.Draggable].
func (c *Crop) Dragged(e *fyne.DragEvent) {
	noteInput()
	if c.grip != 0 {
		c.SetPart(c.pull(c.was, c.grip, c.point(e.Position).Sub(c.from)))
	}
}

// DragEnd implements [fyne.Draggable].
func (c *Crop) DragEnd() { c.grip = 0 }

// MouseIn implements [desktop.Hoverable].
func (c *Crop) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved implements [desktop.Hoverable].
func (c *Crop) MouseMoved(e *desktop.MouseEvent) { noteInput(); c.over = c.gripAt(e.Position) }

// MouseOut implements [desktop.Hoverable].
func (c *Crop) MouseOut() { c.over = 0 }

// Cursor implements [desktop.Cursorable].
func (c *Crop) Cursor() desktop.Cursor {
	switch c.over {
	case 0:
		return desktop.DefaultCursor
	case gripAll:
		return desktop.PointerCursor
	case gripLeft, gripRight:
		return desktop.HResizeCursor
	case gripTop, gripBottom:
		return desktop.VResizeCursor
	}
	return desktop.CrosshairCursor
}

// KeyDown implements [desktop.Keyable].
func (c *Crop) KeyDown(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		c.shift = true
	}
}

// KeyUp implements [desktop.Keyable].
func (c *Crop) KeyUp(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		c.shift = false
	}
}

// TypedRune implements [fyne.Focusable].
func (c *Crop) TypedRune(rune) {}

// TypedKey implements [fyne.Focusable]. A step is a hundredth of the picture.
func (c *Crop) TypedKey(k *fyne.KeyEvent) {
	noteInput()
	step := max(1, max(c.picture.Bounds().Dx(), c.picture.Bounds().Dy())/100)
	var by image.Point
	switch k.Name {
	case fyne.KeyLeft:
		by.X = -step
	case fyne.KeyRight:
		by.X = step
	case fyne.KeyUp:
		by.Y = -step
	case fyne.KeyDown:
		by.Y = step
	case fyne.KeyReturn, fyne.KeyEnter:
		forward(c)
		return
	case fyne.KeyEscape:
		escape(c)
		return
	default:
		return
	}
	g := gripAll
	if c.shift {
		g = gripRight | gripBottom
	}
	c.SetPart(c.pull(c.part, g, by))
}

// FocusGained implements [fyne.Focusable].
func (c *Crop) FocusGained() { c.focused = true; seen(c); c.Refresh() }

// FocusLost implements [fyne.Focusable].
func (c *Crop) FocusLost() { c.focused, c.shift = false, false; c.Refresh() }

// HeightFor implements [Heighter].
func (c *Crop) HeightFor(width float32) float32 {
	b := c.picture.Bounds()
	return max(80, min(cropHighest, (width-2*cropMargin)*float32(b.Dy())/float32(b.Dx()))) + 2*cropMargin
}

// CreateRenderer implements [fyne.Widget].
func (c *Crop) CreateRenderer() fyne.WidgetRenderer {
	r := &cropRenderer{c: c, desk: canvas.NewRectangle(color.Transparent), picture: canvas.NewImageFromImage(c.picture),
		frame: canvas.NewRectangle(color.Transparent), ring: newRing(inputRadius)}
	r.picture.FillMode = canvas.ImageFillStretch
	r.frame.StrokeWidth = 2
	for range 4 {
		r.shades = append(r.shades, canvas.NewRectangle(color.Transparent))
	}
	for range 8 {
		h := canvas.NewRectangle(color.Transparent)
		h.StrokeWidth, h.CornerRadius = 2, 2
		r.handles = append(r.handles, h)
	}
	r.paint()
	return r
}

type cropRenderer struct {
	c                 *Crop
	desk, frame, ring *canvas.Rectangle
	picture           *canvas.Image
	shades, handles   []*canvas.Rectangle
}

func (r *cropRenderer) paint() {
	r.desk.FillColor, r.desk.CornerRadius = colorOf(r.c, ColorDesk), inputRadius
	r.frame.StrokeColor = colorOf(r.c, ColorAccent)
	r.ring.StrokeColor, r.ring.Hidden = colorOf(r.c, ColorRing), !r.c.focused
	for _, s := range r.shades {
		s.FillColor = colorOf(r.c, ColorScrim)
	}
	for _, h := range r.handles {
		h.FillColor, h.StrokeColor = colorOf(r.c, ColorOnAccent), colorOf(r.c, ColorAccent)
	}
}

func (r *cropRenderer) MinSize() fyne.Size { return fyne.NewSize(160, 80+2*cropMargin) }

func (r *cropRenderer) Layout(s fyne.Size) {
	put := func(o fyne.CanvasObject, left, top, right, bottom float32) {
		o.Move(fyne.NewPos(left, top))
		o.Resize(fyne.NewSize(max(0, right-left), max(0, bottom-top)))
	}
	c := r.c
	put(r.desk, 0, 0, s.Width, s.Height)
	placeRing(r.ring, s)
	whole := func(v float32) float32 { return float32(math.Round(float64(v))) } // without seams between shades
	at, scale := c.place()
	b := c.picture.Bounds()
	at.X, at.Y = whole(at.X), whole(at.Y)
	right, bottom := whole(at.X+float32(b.Dx())*scale), whole(at.Y+float32(b.Dy())*scale)
	put(r.picture, at.X, at.Y, right, bottom)
	f, size := c.frame()
	fr, fb := whole(f.X+size.Width), whole(f.Y+size.Height)
	f.X, f.Y = whole(f.X), whole(f.Y)
	put(r.shades[0], at.X, at.Y, right, f.Y)
	put(r.shades[1], at.X, fb, right, bottom)
	put(r.shades[2], at.X, f.Y, f.X, fb)
	put(r.shades[3], fr, f.Y, right, fb)
	put(r.frame, f.X-1, f.Y-1, fr+1, fb+1)
	i := 0
	for _, x := range []float32{f.X, (f.X + fr) / 2, fr} {
		for _, y := range []float32{f.Y, (f.Y + fb) / 2, fb} {
			if x == (f.X+fr)/2 && y == (f.Y+fb)/2 {
				continue
			}
			put(r.handles[i], x-handleSide/2, y-handleSide/2, x+handleSide/2, y+handleSide/2)
			i++
		}
	}
}

func (r *cropRenderer) Refresh() {
	r.paint()
	r.Layout(r.c.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *cropRenderer) Objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{r.ring, r.desk, r.picture}
	for _, s := range r.shades {
		all = append(all, s)
	}
	all = append(all, r.frame)
	for _, h := range r.handles {
		all = append(all, h)
	}
	return all
}

func (r *cropRenderer) Destroy() {}
