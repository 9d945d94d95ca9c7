package start

// The last step: where the book is kept; then it is made.

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const keyPath = "Path"

type whereStep struct {
	s        *setUp
	path     *widgets.Entry
	proposed string // what stood in path when nobody had typed there
	change   *widgets.Button
	fields   *widgets.Form
	busy     *fyne.Container // shown while the book is made …
	backup   *fyne.Container // … in place of this
	synced   *fyne.Container // says that the folder is copied elsewhere
	inside   *fyne.Container
}

func newWhereStep(s *setUp) *whereStep {
	p := &whereStep{s: s, path: s.entry()}
	t := s.e.Words.T
	p.change = widgets.NewButton(t("start.setup.where.change"), p.ask)
	p.fields = widgets.NewForm(1, widgets.NewField(keyPath, t("start.setup.where.path"), p.path).Hint(t("start.setup.where.hint")))
	p.fields.OnSubmit = s.goOn
	cleared := p.path.OnChanged // the form takes a problem away
	p.path.OnChanged = func(text string) {
		if cleared != nil {
			cleared(text)
		}
		p.warn()
	}
	p.synced = widgets.Stack()
	p.synced.Hide()
	p.busy = widgets.Column(0, widgets.Banner(widgets.Info, t("start.setup.making"), t("start.setup.where.slow")))
	p.busy.Hide()
	p.backup = widgets.Banner(widgets.Info, t("start.setup.where.backup"), t("start.setup.where.backup.text"))
	p.inside = widgets.Column(14,
		widgets.Panel(p.fields, widgets.Row(0, p.change, widgets.Spacer())),
		p.synced, p.busy, p.backup)
	return p
}

func (p *whereStep) id() string              { return "where" }
func (p *whereStep) body() fyne.CanvasObject { return p.inside }
func (p *whereStep) form() *widgets.Form     { return p.fields }
func (p *whereStep) forget()                 {}

func (p *whereStep) enter() {
	if p.path.Text == p.proposed {
		p.proposed = propose(p.s.e.BookDir, p.s.shop.name.Text)
		put(p.path, p.proposed)
		p.path.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd}) // the name is at the end
	}
	widgets.Focus(p.path)
}

// warn says when the folder is one that a program copies to other computers. The
// book may be made there all the same.
func (p *whereStep) warn() {
	p.synced.RemoveAll()
	p.synced.Hide()
	if by, ok := store.SyncFolder(strings.TrimSpace(p.path.Text)); ok && filepath.IsAbs(strings.TrimSpace(p.path.Text)) {
		data := words.Data{"Name": by}
		p.synced.Add(widgets.Banner(widgets.Look, p.s.e.Words.T("start.setup.where.synced", data), p.s.e.Words.T("start.setup.where.synced.text", data)))
		p.synced.Show()
	}
	p.inside.Refresh()
}

func (p *whereStep) setBusy(busy bool) {
	p.busy.Hidden, p.backup.Hidden = !busy, busy
	if busy {
		p.path.Disable()
	} else {
		p.path.Enable()
	}
	p.change.SetEnabled(!busy)
	p.inside.Refresh()
}

func (p *whereStep) ask() {
	p.s.e.Files.AskSave(fileName(p.s.shop.name.Text)+Ending, func(path string) {
		put(p.path, withEnding(path))
		widgets.Focus(p.path)
	})
}

// done looks whether a book can be made there. What only shows while it is made
// is said by refused.
func (p *whereStep) done() bool {
	p.fields.ClearProblems()
	path := strings.TrimSpace(p.path.Text)
	switch {
	case path == "":
		p.wrong(p.s.e.Words.T("start.setup.where.empty"))
		return false
	case !filepath.IsAbs(path):
		path = filepath.Join(p.s.e.BookDir, path)
	}
	path = withEnding(path)
	put(p.path, path)
	if _, err := os.Lstat(path); err == nil {
		p.wrong(p.s.e.Words.Error(store.ErrExists))
		return false
	}
	return true
}

func (p *whereStep) wrong(text string) {
	p.fields.SetProblem(keyPath, text)
	p.fields.FocusProblem()
}

// refused says under the path why no book could be made there, or returns false
// when something else is wrong.
func (p *whereStep) refused(err error) bool {
	text := p.s.e.noPlace(p.path.Text, err)
	if text != "" {
		p.wrong(text)
	}
	return text != ""
}

// make makes the book and hands it on. Whatever goes wrong, everything typed is
// still there.
func (s *setUp) make() {
	path, kit, shop, owner, fields := s.where.path.Text, s.kit.kit, s.newShop(), s.owner.profile(), s.shop.collects()
	s.setBusy(true)
	var book *store.Book
	s.e.Run.Run(func(context.Context) (err error) {
		if dir := filepath.Dir(path); dir == filepath.Clean(s.e.BookDir) {
			if err := os.MkdirAll(dir, 0o700); err != nil {
				return err
			}
		}
		book, err = store.Create(path, kit, shop, owner, s.e.Options, fields...)
		return err
	}, func(err error) {
		s.setBusy(false)
		if err != nil {
			s.refused(err)
			return
		}
		s.forget()
		s.e.Made(book)
	})
}

// refused leads to the step in which something is wrong.
func (s *setUp) refused(err error) {
	var problems invoice.Problems
	switch {
	case s.where.refused(err):
	case errors.Is(err, store.ErrWeak):
		s.show(ownerAt)
		s.owner.chooser.refuse(err)
	case errors.As(err, &problems) && s.point(problems):
	default:
		s.e.Fail(err)
	}
}

// point says problems under their fields and goes to the first step that has
// one. It returns false when no step has any.
func (s *setUp) point(problems invoice.Problems) bool {
	first := -1
	for i, st := range s.steps {
		for _, p := range problems {
			if f := st.form(); f != nil && f.SetProblem(p.Field, s.e.Words.Problem(p)) && first < 0 {
				first = i
			}
		}
	}
	if first < 0 {
		return false
	}
	s.show(first)
	s.steps[first].form().FocusProblem()
	return true
}

// propose is a path in dir at which no file is, made of the shop's name.
func propose(dir, shop string) string {
	base := filepath.Join(dir, fileName(shop))
	path := base + Ending
	for n := 2; n < 100; n++ {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			break
		}
		path = base + "-" + strconv.Itoa(n) + Ending
	}
	return path
}

func withEnding(path string) string {
	if strings.EqualFold(filepath.Ext(path), Ending) {
		return path
	}
	return path + Ending
}

// longestFileName is how many characters of a shop's name go into its file's.
const longestFileName = 60

// fileName makes a name that every file system takes of a shop's name: its
// letters and digits in small letters, with dashes between.
func fileName(shop string) string {
	var b strings.Builder
	n := 0
	for _, r := range strings.ToLower(shop) {
		switch {
		case n >= longestFileName:
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			b.WriteRune(r)
			n++
		case n > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
			n++
		}
	}
	name := strings.Trim(b.String(), "-")
	switch name {
	case "":
		return "shop"
	case "con", "prn", "aux", "nul": // names of devices on Windows
		return name + "-shop"
	}
	if len(name) == 4 && (strings.HasPrefix(name, "com") || strings.HasPrefix(name, "lpt")) {
		return name + "-shop"
	}
	return name
}
