// Directory: a list whose rows are two lines beside an avatar.

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// DirectoryEntry is a row of a directory.
type DirectoryEntry struct {
	Avatar          string // a name; "" for no avatar
	Title, Subtitle string
	Right, RightSub string // at the right of the two lines
	Badge           string // at the right instead of them
	Tone            Tone
}

// NewDirectory returns a list of rows of two lines. Fill it with
// [List.ShowEntries].
func NewDirectory() *List {
	l := &List{rowTall: directoryRow}
	l.init()
	return l
}

// ShowEntries shows count rows of two lines. The selection goes; use Select to
// bring it back.
func (l *List) ShowEntries(count int, entry func(row int) DirectoryEntry) {
	l.newRow = func() rowContent { return newEntryRow(l) }
	l.body.entries = entry
	l.reset(count)
}

// entryRow shows a row of a directory.
type entryRow struct {
	widget.BaseWidget
	list            *List
	avatar          *Avatar
	title, subtitle *Text
	right, rightSub *Text
	badge           *Badge
}

func newEntryRow(l *List) *entryRow {
	r := &entryRow{list: l, avatar: NewAvatar("", 32), title: NewText("").Cut(),
		subtitle: Caption("").Cut(), right: Caption("").Right(), rightSub: Caption("").Right(),
		badge: NewBadge(Neutral, "")}
	r.ExtendBaseWidget(r)
	return r
}

func (r *entryRow) name() string { return r.title.text }

func (r *entryRow) recolour() { r.Refresh() }

func (r *entryRow) assign(i int) {
	e := r.list.body.entries(i)
	r.avatar.SetName(e.Avatar)
	r.avatar.Hidden = e.Avatar == ""
	r.title.SetText(e.Title)
	r.subtitle.SetText(e.Subtitle)
	r.right.SetText(e.Right)
	r.rightSub.SetText(e.RightSub)
	r.badge.Set(e.Tone, e.Badge)
	r.badge.Hidden = e.Badge == ""
	r.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (r *entryRow) CreateRenderer() fyne.WidgetRenderer { return &entryRowRenderer{r} }

type entryRowRenderer struct{ r *entryRow }

func (v *entryRowRenderer) MinSize() fyne.Size { return fyne.NewSize(200, directoryRow-1) }
func (v *entryRowRenderer) Destroy()           {}

func (v *entryRowRenderer) Layout(s fyne.Size) {
	r, x := v.r, float32(18)
	right := s.Width - 18
	if !r.avatar.Hidden {
		r.avatar.Move(fyne.NewPos(x, (s.Height-32)/2))
		r.avatar.Resize(fyne.NewSquareSize(32))
		x += 44
	}
	upper, lower := r.title.MinSize().Height, r.subtitle.MinSize().Height
	top := (s.Height - upper - lower) / 2
	used := float32(0)
	if !r.badge.Hidden {
		m := r.badge.MinSize()
		r.badge.Move(fyne.NewPos(right-m.Width, (s.Height-m.Height)/2))
		r.badge.Resize(m)
		used = m.Width + gapMedium
	}
	a, b := r.right.measure(r.right.text), r.rightSub.measure(r.rightSub.text)
	beside := func(t *Text, w, y, h float32) float32 {
		if t.text == "" || !r.badge.Hidden {
			t.Resize(fyne.NewSize(0, h))
			t.Hide()
			return used
		}
		t.Show()
		t.Move(fyne.NewPos(right-w, y))
		t.Resize(fyne.NewSize(w, h))
		return w + gapMedium
	}
	usedTop := beside(r.right, a.Width, top, upper)
	usedLow := beside(r.rightSub, b.Width, top+upper, lower)
	r.title.Move(fyne.NewPos(x, top))
	r.title.Resize(fyne.NewSize(max(0, right-x-usedTop), upper))
	r.subtitle.Move(fyne.NewPos(x, top+upper))
	r.subtitle.Resize(fyne.NewSize(max(0, right-x-usedLow), lower))
}

func (v *entryRowRenderer) Refresh() {
	v.Layout(v.r.Size())
	for _, o := range v.Objects() {
		o.Refresh()
	}
	canvas.Refresh(v.r)
}

func (v *entryRowRenderer) Objects() []fyne.CanvasObject {
	r := v.r
	return []fyne.CanvasObject{r.avatar, r.title, r.subtitle, r.right, r.rightSub, r.badge}
}
