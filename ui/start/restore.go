package start

// Restoring a backup: which, what it brings back and takes away, and then it is
// put in the place of the book.

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const (
	keyBackup = "Backup"
	keyPlace  = "Place"
)

// listed is how many backups are offered.
const listed = 20

// restorePage is the page. It is a screen.Screen.
type restorePage struct {
	e     *Env
	book  string // the file the backup takes the place of; "" asks
	from  string // the file that is looked at
	to    string
	known []store.Backup
	busy  bool
	stop  context.CancelFunc // nil when nothing is restored

	offered *widgets.Select
	file    *widgets.Entry
	place   *widgets.Entry
	form    *widgets.Form
	first   *fyne.Container // which backup …
	second  *fyne.Container // … what it is …
	doing   *fyne.Container // … and while it is restored
	facts   *fyne.Container
	says    *fyne.Container
	look    *widgets.Button
	restore *widgets.Button
	shown   *widgets.Progress
	content fyne.CanvasObject
}

// NewRestore returns the page on which a backup is put in the place of a book, ""
// for a computer without one.
func NewRestore(e *Env, book string) screen.Screen {
	p := &restorePage{e: e, book: book}
	t := e.Words.T
	p.file, p.place = widgets.NewEntry(), widgets.NewEntry()
	p.offered = widgets.NewSelect(nil, p.chosen).With(t("restore.foundNone"))
	fields := []*widgets.Field{widgets.NewField(keyBackup, t("restore.file"), p.file).Hint(t("restore.fileHint"))}
	if book == "" {
		fields = append(fields, widgets.NewField(keyPlace, t("restore.place"), p.place).Hint(t("restore.placeHint")))
	}
	for _, f := range []*widgets.Entry{p.file, p.place} {
		f.OnEscape = p.leave
	}
	p.form = widgets.NewForm(1, fields...)
	p.form.OnSubmit = p.lookAt
	p.file.OnChanged = func(string) { p.propose() }
	p.look = widgets.PrimaryButton(t("restore.look"), p.lookAt)
	p.first = widgets.Column(16, widgets.Column(8, p.form,
		widgets.Row(8, widgets.NewButton(t("restore.choose"), p.choose), widgets.Spacer())),
		widgets.Row(8, widgets.NewButton(t("common.back"), p.leave), widgets.Spacer(), p.look))
	p.restore = widgets.PrimaryButton(t("restore.verb"), p.begin)
	p.facts = widgets.Column(12)
	p.second = widgets.Column(16, p.facts, widgets.Row(8, widgets.NewButton(t("common.back"), p.again), widgets.Spacer(), p.restore))
	p.doing, p.says = widgets.Column(0), widgets.Column(0)
	for _, o := range []*fyne.Container{p.second, p.doing, p.says} {
		o.Hide()
	}
	p.content = ground(card(620,
		widgets.Title(t("restore.title")), widgets.Paragraph(t("restore.text")),
		p.says, p.first, p.second, p.doing), widgets.Spacer())
	return p
}

// Content implements screen.Screen.
func (p *restorePage) Content() fyne.CanvasObject { return p.content }

// Shown implements screen.Screen.
func (p *restorePage) Shown() {
	widgets.Focus(p.file)
	o := p.e.Options
	p.e.Run.Run(func(context.Context) error {
		p.known = store.KnownBackups(o)
		return nil
	}, func(error) { p.offer() })
}

// Leave implements screen.Leaver: what runs is stopped.
func (p *restorePage) Leave(then func()) {
	if p.stop != nil {
		p.stop()
	}
	then()
}

// offer shows the backups that this computer knows.
func (p *restorePage) offer() {
	if len(p.known) == 0 {
		return
	}
	p.known = p.known[:min(listed, len(p.known))]
	var names []string
	for _, b := range p.known {
		names = append(names, p.e.Words.Backup(b))
	}
	p.offered.SetOptions(names)
	p.first.Objects = append([]fyne.CanvasObject{widgets.NewForm(1, widgets.NewField("Known", p.e.Words.T("restore.found"), p.offered))}, p.first.Objects...)
	p.first.Refresh()
	if strings.TrimSpace(p.file.Text) == "" { // a space that led here is no path
		p.file.SetText("")
		widgets.Focus(p.offered)
	}
}

func (p *restorePage) chosen(i int) {
	p.file.SetText(p.known[i].Path)
	p.form.ClearProblems()
}

func (p *restorePage) choose() {
	p.e.Files.AskOpen([]string{store.BackupEnding}, func(path string) {
		p.file.SetText(path)
		p.form.ClearProblems()
		widgets.Focus(p.look)
	})
}

// propose names the file on a computer without a book, unless somebody did.
func (p *restorePage) propose() {
	if p.book != "" {
		return
	}
	if was := p.place.Text; was != "" && filepath.Dir(was) != p.e.BookDir {
		return
	}
	name, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(p.file.Text), store.BackupEnding), " 20")
	if name = strings.TrimSpace(name); name != "" && name != "." {
		p.place.SetText(filepath.Join(p.e.BookDir, name+Ending))
	}
}

func (p *restorePage) leave() {
	switch {
	case p.stop != nil || p.busy:
	case p.book != "":
		p.e.Open(p.book)
	default:
		p.e.Welcome()
	}
}

// show shows one of the three parts.
func (p *restorePage) show(part *fyne.Container) {
	for _, o := range []*fyne.Container{p.first, p.second, p.doing} {
		o.Hidden = o != part
	}
	p.content.Refresh()
}

// again goes back to the choice.
func (p *restorePage) again() {
	p.say("")
	p.show(p.first)
	widgets.Focus(p.file)
}

// say says what is wrong, "" for nothing.
func (p *restorePage) say(text string) {
	p.says.RemoveAll()
	if text != "" {
		p.says.Add(widgets.Banner(widgets.Bad, "", text))
	}
	p.says.Hidden = text == ""
	p.content.Refresh()
}

// typed reads what was typed, and says what is wrong with it.
func (p *restorePage) typed() bool {
	p.form.ClearProblems()
	p.from, p.to = strings.TrimSpace(p.file.Text), p.book
	if p.from == "" {
		p.form.SetProblem(keyBackup, p.e.Words.T("restore.noFile"))
	}
	if p.book == "" {
		switch p.to = strings.TrimSpace(p.place.Text); {
		case p.to == "":
			p.form.SetProblem(keyPlace, p.e.Words.T("restore.noPlace"))
		case !filepath.IsAbs(p.to):
			p.to = filepath.Join(p.e.BookDir, p.to)
		}
		if p.to != "" && filepath.Ext(p.to) != Ending {
			p.to += Ending
		}
	}
	return !p.form.FocusProblem()
}

// lookAt shows what a backup would bring back.
func (p *restorePage) lookAt() {
	if p.busy || !p.typed() {
		return
	}
	p.say("")
	p.setBusy(true)
	var found store.RestorePreview
	from, to, o := p.from, p.to, p.e.Options
	p.e.Run.Run(func(ctx context.Context) (err error) {
		if p.book == "" {
			if _, err := os.Stat(filepath.Dir(to)); err != nil && filepath.Dir(to) != p.e.BookDir {
				return errFolder
			}
		}
		found, err = store.PreviewRestore(ctx, from, to, o)
		return err
	}, func(err error) {
		p.setBusy(false)
		switch {
		case err == nil:
			p.tell(found)
		case errors.Is(err, errFolder):
			p.wrong(keyPlace, p.e.Words.T("restore.folderMissing"))
		case errors.Is(err, store.ErrNetwork) && p.book == "":
			p.wrong(keyPlace, p.e.Words.Error(err))
		case errors.Is(err, store.ErrNetwork):
			p.say(p.e.Words.Error(err))
		default:
			p.wrong(keyBackup, p.reason(err))
		}
	})
}

// errFolder says that the folder for the book is not there.
var errFolder = errors.New("start: no such folder")

func (p *restorePage) wrong(key, text string) {
	p.form.SetProblem(key, text)
	p.form.FocusProblem()
}

// reason says why a backup cannot be used.
func (p *restorePage) reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return p.e.Words.T("restore.missing")
	case errors.Is(err, store.ErrDamaged):
		return p.e.Words.T("restore.damaged")
	case errors.Is(err, context.Canceled):
		return p.e.Words.T("restore.stopped")
	}
	return p.e.Words.Error(err)
}

func (p *restorePage) setBusy(busy bool) {
	p.busy = busy
	word := "restore.look"
	if busy {
		word = "restore.looking"
	}
	p.look.SetText(p.e.Words.T(word))
	p.look.SetEnabled(!busy)
}

// tell shows what comes back and what is lost.
func (p *restorePage) tell(r store.RestorePreview) {
	w, t := p.e.Words, p.e.Words.T
	row := func(key, value string) fyne.CanvasObject {
		return widgets.RowTop(12, widgets.Sized(110, 0, widgets.Caption(t(key))), widgets.Grow(widgets.NewText(value).Wrap()))
	}
	p.facts.Objects = []fyne.CanvasObject{widgets.Quote(
		row("restore.shop", r.Shop),
		row("restore.made", w.Moment(r.Backup.At)),
		row("restore.holds", t("restore.about", words.Data{"Customers": w.N("restore.customers", r.Customers), "Notes": w.N("restore.notes", r.Notes)})),
		row("restore.to", p.to))}
	warn := func(bold, rest string) { p.facts.Add(widgets.Banner(widgets.Look, bold, rest)) }
	kept := t("restore.lostSome")
	switch {
	case r.Forked:
		warn(t("restore.forked"), kept)
	case r.Lost > 0 && !r.LostTill.IsZero():
		kept = t("restore.lostTill", words.Data{"When": w.Moment(r.LostTill)})
		fallthrough
	case r.Lost > 0:
		warn(w.N("restore.lost", int(r.Lost)), kept)
	case r.Present && !r.Same:
		warn(t("restore.other"), kept)
	default:
		p.facts.Add(widgets.Paragraph(t("restore.nothingLost")))
	}
	p.show(p.second)
	widgets.Focus(p.restore)
}

// begin restores.
func (p *restorePage) begin() {
	if p.stop != nil {
		return
	}
	p.say("")
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	p.shown = widgets.NewProgress(p.e.Words.T("restore.progress"), p.e.Words.T("restore.stop"), stop)
	p.doing.Objects = []fyne.CanvasObject{p.shown}
	p.progress(0)
	p.show(p.doing)
	p.shown.Focus()
	from, to, o := p.from, p.to, p.e.Options
	p.e.Run.Run(func(outer context.Context) error {
		defer context.AfterFunc(outer, stop)()
		if p.book == "" {
			if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
				return err
			}
		}
		_, err := store.Restore(ctx, from, to, o, widgets.Paced(p.progress))
		return err
	}, func(err error) {
		stop()
		p.stop = nil
		if err == nil {
			p.e.Say(widgets.Toast{Tone: widgets.Good, Text: p.e.Words.T("restore.done")})
			p.e.Open(to)
			return
		}
		if place := p.e.noPlace(to, err); place != "" && p.book == "" {
			p.show(p.first)
			p.wrong(keyPlace, place)
			return
		}
		p.show(p.second)
		p.say(p.reason(err))
		widgets.Focus(p.restore)
	})
}

func (p *restorePage) progress(share float64) {
	word := "restore.reading"
	switch {
	case share >= 0.6:
		word = "restore.checking"
	case share >= 0.3:
		word = "restore.copying"
	}
	p.shown.Set(share, p.e.Words.T(word))
}
