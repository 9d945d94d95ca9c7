package files

// The last step: the rows are stored, all or none, and may be taken back.

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// run stores what was decided.
func (p *planned) run() {
	p.d.SetProblem("")
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	p.asking.Hidden, p.busy.Hidden = true, false
	p.busy.RemoveAll()
	shown := widgets.NewProgress(p.w.T("import.running"), p.w.T("import.stop"), stop)
	p.busy.Add(shown)
	p.d.Button().SetEnabled(false)
	p.d.Refresh()
	shown.Focus()
	var last time.Time
	var done store.Import
	p.e.Run.Run(func(outer context.Context) (err error) {
		defer context.AfterFunc(outer, stop)()
		done, err = p.plan.Run(ctx, func(n, of int) {
			if n < of && time.Since(last) < progressStep {
				return
			}
			last = time.Now()
			text := p.w.T("import.runningOf", words.Data{"Done": p.w.Number(n), "All": p.w.Number(of)})
			if n == of {
				text = p.w.T("import.writing")
			}
			fyne.Do(func() { shown.Set(float64(n)/float64(of), text) })
		})
		return err
	}, func(err error) {
		stop()
		p.stop = nil
		p.asking.Hidden, p.busy.Hidden = false, true
		p.verb()
		switch {
		case errors.Is(err, context.Canceled):
			p.d.Tell(widgets.Look, p.w.T("import.stopped"))
		case err != nil:
			p.e.Refused(p.d, err)
		default:
			p.d.Close()
			p.done()
			p.told(done)
		}
	})
}

// told says what was imported, and offers to take it back.
func (p *planned) told(i store.Import) {
	d := &widgets.Dialog{Title: p.w.N("import.done", i.Count), Text: p.w.T("import.doneText"), Width: 520, Cancel: p.w.T("common.close")}
	var undo *widgets.Button
	undo = widgets.NewButton(p.w.T("import.undo"), func() {
		d.Close()
		Undo(p.e, p.book, i, p.done)
	})
	d.Content, d.Reading = widgets.Row(0, undo, widgets.Spacer()), true
	d.ShowOn(p.e.Canvas)
}

// Undo asks whether an import is to be taken back, and does it.
func Undo(e *screen.Env, book *store.Customers, i store.Import, done func()) {
	w := e.Words
	var d *widgets.Dialog
	d = &widgets.Dialog{Title: w.T("import.undo.title"), Width: 520, Danger: true, Confirm: w.T("import.undo"), Cancel: w.T("common.cancel"),
		Text: w.N("import.undo.text", i.Count, words.Data{"Who": i.ByName, "When": w.Moment(i.At.Local())})}
	var begin func()
	begin = func() {
		d.SetProblem("")
		d.Button().SetEnabled(false)
		var u store.Undone
		e.Rewrite(w.T("import.undo.doing"), func(how store.Wait) (err error) {
			u, err = book.UndoImport(how.Ctx, i.ID, how.Progress)
			return err
		}, func(err error) {
			d.Button().SetEnabled(true)
			switch {
			case e.StepUpFor(err, begin):
			case err != nil && d.Open():
				e.Refused(d, err)
			case err != nil:
				e.Fail(err)
			default:
				d.Moved()
				d.Close()
				done()
				undone(e, u)
			}
		})
	}
	d.OnConfirm = func() bool { begin(); return false }
	d.ShowOn(e.Canvas)
}

var reasons = []struct {
	is   store.StayReason
	text string
}{
	{store.StaysChanged, "import.stay.changed"}, {store.StaysNoted, "import.stay.noted"},
	{store.StaysDrafted, "import.stay.drafted"}, {store.StaysBilled, "import.stay.billed"},
	{store.StaysReported, "import.stay.reported"}, {store.StaysMerged, "import.stay.merged"},
}

// undone says how many went, and who stays and why.
func undone(e *screen.Env, u store.Undone) {
	w := e.Words
	if len(u.Stay) == 0 {
		e.Say(widgets.Toast{Tone: widgets.Good, Text: w.N("import.undo.gone", u.Gone)})
		return
	}
	list := widgets.NewTable(widgets.TableColumn{Title: w.T("customers.number"), Width: 90}, widgets.TableColumn{Title: w.T("customers.name"), Share: 1},
		widgets.TableColumn{Title: w.T("import.head.why"), Share: 1})
	list.ShowRows(len(u.Stay), func(row int) []widgets.Cell {
		s := u.Stay[row]
		var why []string
		for _, r := range reasons {
			if s.Why&r.is != 0 {
				why = append(why, w.T(r.text))
			}
		}
		return []widgets.Cell{{Text: s.Customer.Number}, {Text: s.Customer.Name}, {Text: strings.Join(why, ", "), Colour: widgets.ColorMuted}}
	})
	d := &widgets.Dialog{Title: w.T("import.undo.done"), Text: w.N("import.undo.gone", u.Gone), Width: 600, Reading: true, Cancel: w.T("common.close"),
		Content: widgets.Column(10, widgets.Paragraph(w.T("import.undo.stay")), widgets.Sized(0, 240, widgets.PanelFlush(list)))}
	d.ShowOn(e.Canvas)
}

// UndoAny lets one of several imports be chosen to be taken back.
func UndoAny(e *screen.Env, book *store.Customers, imports []store.Import, done func()) {
	if len(imports) == 1 {
		Undo(e, book, imports[0], done)
		return
	}
	w := e.Words
	names := make([]string, len(imports))
	for n, i := range imports {
		names[n] = w.T("import.undo.item", words.Data{"When": w.Moment(i.At.Local()), "Who": i.ByName, "Count": w.N("import.undo.count", i.Count)})
	}
	which := widgets.NewSelect(names, nil)
	which.SetIndex(0)
	which.SetLabel(w.T("import.undo.which"))
	var d *widgets.Dialog
	d = &widgets.Dialog{Title: w.T("import.undo.title"), Width: 520, Confirm: w.T("common.next"), Cancel: w.T("common.cancel"),
		Content: widgets.NewForm(1, widgets.NewField("which", w.T("import.undo.which"), which)),
		OnConfirm: func() bool {
			d.Close()
			Undo(e, book, imports[which.Index()], done)
			return false
		}}
	d.ShowOn(e.Canvas)
}
