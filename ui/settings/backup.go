// Backing up: a dialog that everybody has, whatever they may read.

package settings

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const keyKeep = "keep"

// mostKept is how many backups can be kept; listed is how many are shown.
const (
	mostKept = 1000
	listed   = 3
)

// backingUp is the dialog.
type backingUp struct {
	working
	e      *screen.Env
	book   *store.Book
	habits store.BackupHabits
	folder *widgets.Entry
	keep   *widgets.Entry
	onQuit *widgets.Check
	form   *widgets.Form      // where to …
	many   *widgets.Form      // … and how many stay
	last   *fyne.Container    // the last backup …
	list   *fyne.Container    // … and those in the folder
	result *fyne.Container    // what came of it
	stop   context.CancelFunc // nil when it does not run
}

// BackUp opens a dialog in which anybody backs up the book.
func BackUp(e *screen.Env) {
	t := e.Words.T
	x := &backingUp{working: working{w: e.Words, texts: "backup", first: "backup.writing"}, e: e, book: e.Session.Book(), folder: widgets.NewEntry(), keep: widgets.NewEntry()}
	x.habits = x.book.BackupHabits()
	x.folder.SetText(x.habits.Dir)
	x.keep.SetText(strconv.Itoa(x.habits.Keep))
	x.onQuit = widgets.NewCheck(t("backup.onQuit"), nil)
	x.onQuit.SetTicked(x.habits.OnQuit)
	choose := widgets.NewButton(t("export.choose"), x.choose)
	x.form = widgets.NewForm(1, widgets.NewField(keyFolder, t("backup.folder"), x.folder).Hint(t("backup.folderHint")))
	x.many = widgets.NewForm(1, widgets.NewField(keyKeep, t("backup.keep"), x.keep).Hint(t("backup.keepHint")))
	x.last, x.list, x.result = widgets.Column(0), widgets.Column(4), widgets.Column(8)
	x.result.Hide()
	x.asking = widgets.Column(14, x.result, x.last, widgets.Column(8, x.form, widgets.Row(0, choose, widgets.Spacer())), x.many, x.onQuit, x.list)
	x.doing = widgets.Column(0)
	x.doing.Hide()
	x.d = &widgets.Dialog{Title: t("backup.title"), Text: t("backup.text"), Width: 560, Content: widgets.Column(0, x.asking, x.doing),
		Confirm: t("backup.verb"), Cancel: t("common.close"), OnConfirm: func() bool { x.begin(false); return false }, OnCancel: x.leave}
	x.form.OnSubmit = func() { x.begin(false) }
	x.many.OnSubmit = x.form.OnSubmit
	x.showLast()
	x.d.ShowOn(e.Canvas)
	x.lookAround()
}

// backupPanel offers it in the settings.
func (s *settings) backupPanel() fyne.CanvasObject {
	t := s.w.T
	return widgets.Panel(widgets.Heading(t("backup.panel")), widgets.Paragraph(t("backup.panelText")),
		widgets.Caption(s.w.LastBackup(s.e.Session.Book().BackupHabits())).Wrap(),
		widgets.Row(8, widgets.NewButton(t("backup.open"), func() { BackUp(s.e) }),
			widgets.NewButton(t("check.open"), func() { CheckBackup(s.e) }), widgets.Spacer()))
}

// showLast says when the last backup was made, and that it is long ago.
func (x *backingUp) showLast() {
	x.last.RemoveAll()
	text := x.w.LastBackup(x.habits)
	if x.habits.Stale(x.e.Now()) {
		x.last.Add(widgets.Banner(widgets.Look, "", text))
		return
	}
	x.last.Add(widgets.Caption(text).Wrap())
}

// lookAround lists the backups of the folder, which may be on a slow drive.
func (x *backingUp) lookAround() {
	x.list.RemoveAll()
	if x.habits.Dir == "" {
		return
	}
	dir := x.habits.Dir
	var found []store.Backup
	x.e.Run.Run(func(context.Context) (err error) {
		found, err = x.book.Backups(dir)
		return err
	}, func(err error) {
		if err != nil || len(found) == 0 || x.habits.Dir != dir {
			return // there is nothing to show; backing up says why
		}
		x.list.RemoveAll()
		x.list.Add(widgets.Caption(x.w.N("backup.there", len(found))))
		for _, b := range found[:min(listed, len(found))] {
			x.list.Add(widgets.NewText(x.w.Backup(b)).Wrap())
		}
		x.d.Refresh()
	})
}

func (x *backingUp) choose() {
	x.e.Files.AskFolder(func(dir string) {
		x.folder.SetText(dir)
		x.form.SetProblem(keyFolder, "")
		widgets.Focus(x.d.Button())
	})
}

// read takes over what was typed and says what is wrong with it.
func (x *backingUp) read() bool {
	x.form.ClearProblems()
	x.many.ClearProblems()
	x.d.SetProblem("")
	dir := strings.TrimSpace(x.folder.Text)
	switch {
	case dir == "":
		x.form.SetProblem(keyFolder, x.w.T("backup.noFolder"))
	case !filepath.IsAbs(dir):
		dir = filepath.Join(home(), dir)
		x.folder.SetText(dir)
	}
	n, err := strconv.Atoi(strings.TrimSpace(x.keep.Text))
	if err != nil || n < 0 || n > mostKept {
		x.many.SetProblem(keyKeep, x.w.T("backup.badKeep", words.Data{"Most": mostKept}))
	}
	if x.form.FocusProblem() || x.many.FocusProblem() {
		return false
	}
	x.habits = x.book.BackupHabits()
	x.habits.Dir, x.habits.Keep, x.habits.OnQuit = dir, n, x.onQuit.Ticked()
	return true
}

// begin looks at what was typed and backs up. force removes earlier backups that
// hold more than the book does now.
func (x *backingUp) begin(force bool) {
	if x.stop != nil || !x.read() {
		return
	}
	_ = x.book.SetBackupHabits(x.habits) // a computer that cannot remember asks again
	ctx, stop := context.WithCancel(context.Background())
	x.stop = stop
	x.run(true)
	o, dir := store.BackupOptions{Keep: x.habits.Keep, Force: force}, x.habits.Dir
	var made store.Backup
	x.e.Run.Run(func(outer context.Context) (err error) {
		defer context.AfterFunc(outer, stop)()
		made, err = x.e.Session.Backup(ctx, dir, o, x.progress(ctx))
		return err
	}, func(err error) {
		stop()
		left := x.stop == nil // the dialog was left meanwhile
		x.stop = nil
		switch {
		case left && err == nil:
			x.e.Say(widgets.Toast{Tone: widgets.Good, Text: x.w.T("backup.good")})
		case left && errors.Is(err, context.Canceled):
			x.e.Say(widgets.Toast{Text: x.w.T("backup.stopped")})
		case left:
			x.e.Fail(err)
		case err == nil:
			x.run(false)
			x.told(made)
		default:
			x.run(false)
			x.failed(err, dir)
		}
	})
}

// progress returns what tells the dialog how far it is.
func (x *backingUp) progress(ctx context.Context) func(float64) {
	return widgets.Paced(func(share float64) {
		if ctx.Err() == nil {
			x.shown.Set(share, x.w.T(stage(share)))
		}
	})
}

// stage is the text of what a backup is doing.
func stage(share float64) string {
	if share < 0.5 {
		return "backup.writing"
	}
	return "backup.checking"
}

// leave is called when the dialog was left. What runs is stopped, and what was
// chosen is kept where it makes sense.
func (x *backingUp) leave() {
	if x.stop != nil {
		x.stop()
		x.stop = nil
		return
	}
	if strings.TrimSpace(x.folder.Text) != "" && x.read() {
		if err := x.book.SetBackupHabits(x.habits); err != nil {
			x.e.Fail(err)
		}
	}
}

// failed says in the form what went wrong. What was typed is still there.
func (x *backingUp) failed(err error, dir string) {
	if errors.Is(err, fs.ErrNotExist) {
		x.form.SetProblem(keyFolder, x.w.T("backup.missing", words.Data{"Folder": dir}))
	} else {
		x.form.SetProblem(keyFolder, x.w.Error(err))
	}
	x.form.FocusProblem()
}

// told says what was made, and what to think of it.
func (x *backingUp) told(made store.Backup) {
	t := x.w.T
	x.habits = x.book.BackupHabits()
	x.result.RemoveAll()
	x.result.Add(widgets.Banner(widgets.Good, t("backup.good"), filepath.Base(made.Path)))
	if made.SameDrive {
		x.result.Add(widgets.Banner(widgets.Look, t("backup.sameDrive"), t("backup.sameDriveText")))
	}
	if s := made.Smaller; s != nil && made.Removed == 0 && x.habits.Keep > 0 {
		text := x.w.N("backup.fewerRecords", s.Records, words.Data{"Before": x.w.Number(s.RecordsBefore)})
		if s.Commits < s.CommitsBefore {
			text = t("backup.fewerChanges")
		}
		x.result.Add(widgets.Banner(widgets.Look, t("backup.smaller"), text,
			widgets.NewButton(t("backup.force"), func() { x.begin(true) })))
	}
	x.result.Show()
	x.showLast()
	x.lookAround()
	x.d.Refresh()
	widgets.Focus(x.d.Button())
}
