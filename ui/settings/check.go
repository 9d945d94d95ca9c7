// Checking a backup that is on a drive: a dialog that everybody has, whatever they
// may read.

package settings

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const keyFile = "file"

// checking is the dialog.
type checking struct {
	working
	e      *screen.Env
	book   *store.Book
	file   *widgets.Entry
	form   *widgets.Form
	result *fyne.Container
	stop   context.CancelFunc // nil when it does not run
}

// CheckBackup opens a dialog in which anybody has a backup read whole, the newest
// in the usual folder or another one, and is told what it is worth.
func CheckBackup(e *screen.Env) {
	t := e.Words.T
	x := &checking{working: working{w: e.Words, texts: "check", first: "check.reading"}, e: e, book: e.Session.Book(), file: widgets.NewEntry()}
	choose := widgets.NewButton(t("check.choose"), x.choose)
	x.form = widgets.NewForm(1, widgets.NewField(keyFile, t("check.file"), x.file).Hint(t("check.fileHint")))
	x.form.OnSubmit = x.begin
	x.result = widgets.Column(12)
	x.result.Hide()
	x.asking = widgets.Column(14, x.result, widgets.Column(8, x.form, widgets.Row(0, choose, widgets.Spacer())))
	x.doing = widgets.Column(0)
	x.doing.Hide()
	x.d = &widgets.Dialog{Title: t("check.title"), Text: t("check.text"), Width: 560, Content: widgets.Column(0, x.asking, x.doing),
		Confirm: t("check.verb"), Cancel: t("common.close"), OnConfirm: func() bool { x.begin(); return false }, OnCancel: x.leave}
	x.d.ShowOn(e.Canvas)
	x.propose()
}

// propose names the newest backup of the usual folder, which may be on a slow drive,
// unless somebody named one meanwhile.
func (x *checking) propose() {
	dir := x.book.BackupHabits().Dir
	if dir == "" {
		return
	}
	var found []store.Backup
	x.e.Run.Run(func(context.Context) (err error) {
		found, err = x.book.Backups(dir)
		return err
	}, func(err error) {
		if err == nil && len(found) > 0 && x.file.Text == "" && x.d.Open() {
			x.file.SetText(found[0].Path)
		}
	})
}

func (x *checking) choose() {
	x.e.Files.AskOpen([]string{store.BackupEnding}, func(path string) {
		x.file.SetText(path)
		x.form.ClearProblems()
		widgets.Focus(x.d.Button())
	})
}

func (x *checking) begin() {
	path := strings.TrimSpace(x.file.Text)
	if x.stop != nil {
		return
	}
	x.form.ClearProblems()
	x.result.RemoveAll()
	x.result.Hide()
	switch {
	case path == "":
		x.wrong(x.w.T("check.noFile"))
		return
	case !filepath.IsAbs(path):
		path = filepath.Join(home(), path)
		x.file.SetText(path)
	}
	ctx, stop := context.WithCancel(context.Background())
	x.stop = stop
	x.run(true)
	show := widgets.Paced(func(share float64) {
		if ctx.Err() == nil {
			x.shown.Set(share, x.w.T("check.reading"))
		}
	})
	var found store.CheckedBackup
	x.e.Run.Run(func(outer context.Context) (err error) {
		defer context.AfterFunc(outer, stop)()
		found, err = x.book.CheckBackup(ctx, path, show)
		return err
	}, func(err error) {
		stop()
		left := x.stop == nil // the dialog was left meanwhile
		x.stop = nil
		if left {
			x.e.Say(widgets.Toast{Text: x.w.T("check.stopped")})
			return
		}
		x.run(false)
		if err != nil {
			x.failed(err, path)
			return
		}
		x.told(found)
	})
}

// leave is called when the dialog was left. What runs is stopped.
func (x *checking) leave() {
	if x.stop != nil {
		x.stop()
		x.stop = nil
	}
}

func (x *checking) wrong(text string) {
	x.form.SetProblem(keyFile, text)
	x.form.FocusProblem()
}

// failed says what is wrong: with the backup in red, above the form, and with what
// was typed at its field.
func (x *checking) failed(err error, path string) {
	switch {
	case errors.Is(err, store.ErrDamaged):
		x.result.Add(widgets.Banner(widgets.Bad, x.w.T("check.bad"), x.w.T("check.badText", words.Data{"File": filepath.Base(path)})))
		x.result.Show()
		x.d.Refresh()
		widgets.Focus(x.file)
	case errors.Is(err, fs.ErrNotExist):
		x.wrong(x.w.T("restore.missing"))
	default:
		x.wrong(x.w.Error(err))
	}
}

// told says what the backup holds, and what it is worth for this book.
func (x *checking) told(b store.CheckedBackup) {
	w, t := x.w, x.w.T
	x.result.Add(widgets.Banner(widgets.Good, t("check.good"), t("check.goodText")))
	row := func(key, value string) fyne.CanvasObject {
		return widgets.RowTop(12, widgets.Sized(110, 0, widgets.Caption(t(key))), widgets.Grow(widgets.NewText(value).Wrap()))
	}
	x.result.Add(widgets.Quote(
		row("check.file", filepath.Base(b.Path)),
		row("restore.shop", b.Shop),
		row("restore.made", w.Moment(b.At)),
		row("restore.holds", w.N("check.changes", int(b.Commit), words.Data{"Size": w.Size(b.Size)})),
		row("check.inIt", t("restore.about", words.Data{"Customers": w.N("restore.customers", b.Customers), "Notes": w.N("restore.notes", b.Notes)}))))
	look := func(bold, rest string) { x.result.Add(widgets.Banner(widgets.Look, bold, rest)) }
	switch {
	case !b.Ours:
		look(t("check.other"), t("check.otherText"))
	case b.Forked:
		look(t("check.forked"), t("check.forkedText"))
	case b.Beyond > 0:
		look(w.N("check.beyond", int(b.Beyond)), t("check.beyondText"))
	case b.Lacks > 0:
		x.result.Add(widgets.Paragraph(w.N("check.lacks", int(b.Lacks))))
	default:
		x.result.Add(widgets.Paragraph(t("check.same")))
	}
	x.result.Show()
	x.d.Refresh()
	widgets.Focus(x.d.Button())
}
