// Taking everything out of the book: asked with what it means, done beside the
// screen, and said where it is.

package settings

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/export"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const keyFolder = "folder"

// progressStep is how often the progress is drawn.
const progressStep = 100 * time.Millisecond

// exporting is the dialog.
type exporting struct {
	working
	e      *screen.Env
	folder *widgets.Entry
	where  *widgets.Form
	notes  *widgets.Check     // whether they go along
	stop   context.CancelFunc // nil when it does not run
}

// Export opens a dialog in which an owner takes everything out of the book.
func Export(e *screen.Env) {
	t := e.Words.T
	x := &exporting{working: working{w: e.Words, texts: "export", first: "export.subject.shop"}, e: e, folder: widgets.NewEntry()}
	x.folder.SetText(x.propose(home()))
	choose := widgets.NewButton(t("export.choose"), x.choose)
	x.where = widgets.NewForm(1, widgets.NewField(keyFolder, t("export.folder"), x.folder).Hint(t("export.folderHint")))
	x.notes = widgets.NewCheck(t("export.notes"), nil)
	x.asking = widgets.Column(14,
		widgets.Banner(widgets.Look, t("export.clear"), t("export.clearText")),
		widgets.Column(8, x.where, widgets.Row(0, choose, widgets.Spacer())), x.notes)
	x.doing = widgets.Column(0)
	x.doing.Hide()
	x.d = &widgets.Dialog{Title: t("export.title"), Text: t("export.text"), Width: 560, Content: widgets.Column(0, x.asking, x.doing),
		Confirm: t("export.verb"), Cancel: t("common.cancel"), OnConfirm: func() bool { x.begin(); return false }, OnCancel: x.leave}
	x.where.OnSubmit = func() { x.d.Button().OnTapped() }
	x.d.ShowOn(e.Canvas)
}

// exportPanel offers it at the end of the settings, to those who may.
func (s *settings) exportPanel() fyne.CanvasObject {
	if !s.e.Can(store.ExportData) {
		return widgets.Column(0)
	}
	t := s.w.T
	return widgets.Panel(widgets.Heading(t("export.panel")), widgets.Paragraph(t("export.panelText")),
		widgets.Row(0, widgets.NewButton(t("export.open"), func() { Export(s.e) }), widgets.Spacer()))
}

func home() string {
	dir, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	return dir
}

// propose is a folder in dir that is not there yet.
func (x *exporting) propose(dir string) string {
	base := filepath.Join(dir, x.w.T("export.name", words.Data{"Day": invoice.DateOf(x.e.Now().Local()).String()}))
	path := base
	for n := 2; n < 100; n++ {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			break
		}
		path = base + " " + strconv.Itoa(n)
	}
	return path
}

func (x *exporting) choose() {
	x.e.Files.AskFolder(func(dir string) {
		x.folder.SetText(x.propose(dir))
		x.where.SetProblem(keyFolder, "")
		widgets.Focus(x.d.Button())
	})
}

// begin looks at what was typed and exports.
func (x *exporting) begin() {
	x.where.ClearProblems()
	x.d.SetProblem("")
	dir := strings.TrimSpace(x.folder.Text)
	if dir == "" {
		x.where.SetProblem(keyFolder, x.w.T("export.noFolder"))
	}
	if x.where.FocusProblem() {
		return
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(home(), dir)
		x.folder.SetText(dir)
	}
	ctx, stop := context.WithCancel(context.Background())
	x.stop = stop
	x.run(true)
	now, notes := x.e.Now(), x.notes.Ticked()
	var result export.Result
	x.e.Run.Run(func(outer context.Context) error {
		defer context.AfterFunc(outer, stop)()
		all, err := x.e.Session.Export()
		if err != nil {
			return err
		}
		all.WithNotes = notes
		result, err = export.Write(ctx, all, dir, now, x.progress(ctx))
		return err
	}, func(err error) {
		stop()
		left := x.stop == nil // the dialog was left meanwhile
		var remains *export.LeftError
		x.stop = nil
		switch {
		case err == nil:
			x.d.Close()
			x.told(result)
		case left && errors.Is(err, context.Canceled) && !errors.As(err, &remains):
			x.e.Say(widgets.Toast{Text: x.w.T("export.stopped")})
		case left:
			x.e.Fail(err)
		default:
			x.run(false)
			x.failed(err, dir)
		}
	})
}

// progress returns what tells the dialog how far the export is. Each subject has
// the same share of the bar: nobody knows before how long one takes.
func (x *exporting) progress(ctx context.Context) func(export.Progress) {
	all := export.Subjects()
	at := map[export.Subject]int{}
	for i, s := range all {
		at[s] = i
	}
	var last time.Time
	return func(p export.Progress) {
		if p.Done > 0 && time.Since(last) < progressStep {
			return
		}
		last = time.Now()
		share, text := float64(at[p.Subject]), x.w.T("export.subject."+string(p.Subject))
		if p.Of > 0 {
			share += float64(p.Done) / float64(p.Of)
			text = x.w.T("export.of", words.Data{"Done": x.w.Number(p.Done), "All": x.amount(p.Subject, p.Of)})
		} else if p.Subject != export.Shop && p.Subject != export.Guard {
			text = x.amount(p.Subject, p.Done)
		}
		fyne.Do(func() {
			if ctx.Err() == nil {
				x.shown.Set(share/float64(len(all)), text)
			}
		})
	}
}

// amount says how many of a subject there are.
func (x *exporting) amount(s export.Subject, n int) string {
	return x.w.N("export.subject."+string(s), n)
}

// leave is called when the dialog was left. What runs is stopped.
func (x *exporting) leave() {
	if x.stop != nil {
		x.stop()
		x.stop = nil
	}
}

// failed says in the form what went wrong. What was typed is still there.
func (x *exporting) failed(err error, dir string) {
	var path *fs.PathError
	var remains *export.LeftError
	folder := words.Data{"Folder": filepath.Dir(dir)}
	switch {
	case errors.As(err, &remains):
		x.e.Refused(x.d, err)
		return
	case x.e.StepUpFor(err, x.begin):
		return
	case errors.Is(err, export.ErrNotEmpty), errors.Is(store.OfDisk(err), store.ErrFull):
		x.where.SetProblem(keyFolder, x.w.Error(err))
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		x.where.SetProblem(keyFolder, x.w.T("export.missing", folder))
	case errors.Is(err, fs.ErrPermission), errors.As(err, &path):
		x.where.SetProblem(keyFolder, x.w.T("export.unwritable", folder))
	default:
		x.e.Refused(x.d, err)
		return
	}
	x.where.FocusProblem()
}

// told says where everything is now, and what that means.
func (x *exporting) told(r export.Result) {
	t := x.w.T
	size := decimal.NewFromInt(r.Bytes).DivRound(decimal.NewFromInt(1_000_000), 1)
	data := words.Data{"Size": x.w.Decimal(decimal.Max(size, decimal.New(1, -1)))}
	for key, s := range map[string]export.Subject{"Customers": export.Customers, "Notes": export.Notes, "Items": export.Items,
		"Drafts": export.Drafts, "Invoices": export.Invoices} {
		data[key] = x.amount(s, r.Count[s])
	}
	d := &widgets.Dialog{Title: t("export.done"), Text: t("export.doneText", data), Width: 560, Cancel: t("common.close"),
		Content: widgets.Column(14, widgets.Strong(r.Dir).Wrap(), widgets.Banner(widgets.Look, t("export.clear"), t("export.clearText")))}
	d.ShowOn(x.e.Canvas)
}
