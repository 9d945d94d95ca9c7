package files

// Taking customers out: as a table, as address cards, or as a printed list.

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/invoice/paper/pdf"
	"counterbook/store"
	"counterbook/store/exchange"
	"counterbook/ui/screen"
	"counterbook/ui/sheets"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// ways are what the dialog says of each way out.
var ways = map[store.Takeout]struct {
	texts  string // what its texts begin with
	ending string
	usual  []exchange.Field // that are ticked at first; none for all
}{
	store.AsTable: {"takeout.table", ".csv", nil},
	store.AsCards: {"takeout.cards", ".vcf", nil},
	store.AsList:  {"takeout.list", ".pdf", []exchange.Field{exchange.Name, exchange.Company, exchange.Phone, exchange.City}},
}

// noCard are fields that cards have no place for.
var noCard = []exchange.Field{exchange.Number}

// takeout is the dialog.
type takeout struct {
	e      *screen.Env
	w      *words.Words
	book   *store.Customers
	way    store.Takeout
	who    []store.CustomersFound // the choices of whom
	whom   *widgets.Select
	fields []exchange.Field
	ticks  []*widgets.Check
	d      *widgets.Dialog
	asking *fyne.Container
	busy   *fyne.Container
	stop   context.CancelFunc // nil when it does not run
}

// TakeOut asks what of which customers is to leave the book, and does it. found are
// those of the search that is shown.
func TakeOut(e *screen.Env, book *store.Customers, way store.Takeout, found store.CustomersFound) {
	all, err := book.Find("", store.ByName, false)
	if err != nil {
		e.Fail(err)
		return
	}
	may, err := book.TakeoutFields()
	if err != nil {
		e.Fail(err)
		return
	}
	x := &takeout{e: e, w: e.Words, book: book, way: way, who: []store.CustomersFound{all}, busy: widgets.Column(0)}
	x.busy.Hide()
	key := ways[way].texts
	names := []string{x.w.N("takeout.all", all.Len())}
	if found.Len() < all.Len() {
		x.who = []store.CustomersFound{found, all}
		names = []string{x.w.N("takeout.found", found.Len()), names[0]}
	}
	x.whom = widgets.NewSelect(names, nil)
	x.whom.SetIndex(0)
	x.whom.SetLabel(x.w.T("takeout.whom"))
	var left, right []fyne.CanvasObject
	for _, f := range may {
		if way == store.AsCards && slices.Contains(noCard, f) {
			continue
		}
		tick := widgets.NewCheck(x.w.T("import.field."+string(f)), func(bool) { x.d.SetProblem("") })
		tick.SetTicked(ways[way].usual == nil || slices.Contains(ways[way].usual, f))
		x.fields, x.ticks = append(x.fields, f), append(x.ticks, tick)
	}
	for i, t := range x.ticks {
		if i < (len(x.ticks)+1)/2 {
			left = append(left, t)
		} else {
			right = append(right, t)
		}
	}
	x.asking = widgets.Column(14, widgets.NewField("whom", x.w.T("takeout.whom"), x.whom), widgets.Caption(x.w.T("takeout.what")).Bold(),
		widgets.RowTop(20, widgets.Grow(widgets.Column(6, left...)), widgets.Grow(widgets.Column(6, right...))),
		widgets.Banner(widgets.Look, x.w.T(key+".clear"), x.w.T("takeout.clearText")))
	x.d = &widgets.Dialog{Title: x.w.T(key + ".title"), Text: x.w.T(key + ".text"), Width: 560, Content: widgets.Column(0, x.asking, x.busy),
		Confirm: x.w.T(key + ".verb"), Cancel: x.w.T("common.cancel"), OnConfirm: func() bool { x.begin(); return false }, OnCancel: x.leave}
	x.d.ShowOn(e.Canvas)
}

func (x *takeout) leave() {
	if x.stop != nil {
		x.stop()
		x.stop = nil
	}
}

// chosen are the fields that are ticked.
func (x *takeout) chosen() []exchange.Field {
	var out []exchange.Field
	for i, t := range x.ticks {
		if t.Ticked() {
			out = append(out, x.fields[i])
		}
	}
	return out
}

func (x *takeout) begin() {
	fields := x.chosen()
	switch {
	case len(fields) == 0:
		x.d.Tell(widgets.Look, x.w.T("takeout.none"))
		return
	case x.way == store.AsCards && !slices.Contains(fields, exchange.Name) && !slices.Contains(fields, exchange.Company):
		x.d.Tell(widgets.Look, x.w.T("takeout.noName"))
		return
	case x.way == store.AsList && len(fields) > sheets.MostColumns:
		x.d.Tell(widgets.Look, x.w.T("takeout.tooMany", words.Data{"Most": sheets.MostColumns}))
		return
	}
	who := x.who[x.whom.Index()]
	if x.way == store.AsList {
		x.print(fields, who)
		return
	}
	day := invoice.DateOf(x.e.Now().Local()).String()
	x.e.Files.AskSave(x.w.T("takeout.name", words.Data{"Day": day})+ways[x.way].ending, func(path string) { x.save(path, fields, who) })
}

// save writes the file.
func (x *takeout) save(path string, fields []exchange.Field, who store.CustomersFound) {
	x.run(func(ctx context.Context, progress func(done, of int)) error {
		return writeFile(path, func(to io.Writer) error {
			var b []byte
			if x.way == store.AsTable {
				names := make([]string, len(fields))
				for i, f := range fields {
					names[i] = x.w.T("import.field." + string(f))
				}
				b = exchange.AppendRow([]byte(exchange.ByteOrderMark), names)
			}
			err := x.book.TakeOut(ctx, x.way, fields, who, func(cells []string, done, of int) error {
				progress(done, of)
				b = x.append(b, fields, cells)
				_, err := to.Write(b)
				b = b[:0]
				return err
			})
			if err == nil {
				_, err = to.Write(b)
			}
			return err
		})
	}, func() {
		x.e.Say(widgets.Toast{Tone: widgets.Good, Text: x.w.N("takeout.saved", who.Len(), words.Data{"File": filepath.Base(path), "Folder": filepath.Base(filepath.Dir(path))})})
	}, func() { x.save(path, fields, who) })
}

// append adds a customer to what is written.
func (x *takeout) append(b []byte, fields []exchange.Field, cells []string) []byte {
	if x.way == store.AsCards {
		of := map[exchange.Field]string{}
		for i, f := range fields {
			of[f] = cells[i]
		}
		return exchange.AppendCard(b, of)
	}
	for i := range cells {
		cells[i] = exchange.Guarded(cells[i])
	}
	return exchange.AppendRow(b, cells)
}

// print sets the list and sends it to the printer.
func (x *takeout) print(fields []exchange.Field, who store.CustomersFound) {
	opened, name := false, ""
	if b, err := x.e.Session.Shop(); err == nil {
		if sh, err := b.Get(); err == nil {
			name = sh.Name
		}
	}
	heads := make([]string, len(fields))
	for i, f := range fields {
		heads[i] = x.w.T("import.field." + string(f))
	}
	x.run(func(ctx context.Context, progress func(done, of int)) error {
		var rows [][]string
		err := x.book.TakeOut(ctx, x.way, fields, who, func(cells []string, done, of int) error {
			progress(done, of)
			for i, f := range fields {
				if f == exchange.Country && cells[i] != "" {
					cells[i] = x.w.Country(cells[i])
				}
			}
			rows = append(rows, cells)
			return nil
		})
		if err != nil {
			return err
		}
		title := x.w.T("takeout.sheet")
		pages, err := sheets.List(name, title, heads, rows, x.e.Now(), x.w)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := pdf.Write(&b, pages, pdf.Meta{Title: title, Author: name, Language: x.w.Language(), Created: x.e.Now()}); err != nil {
			return err
		}
		opened, err = x.e.Out.Print(ctx, title, b.Bytes())
		return err
	}, func() {
		key := "takeout.printed"
		if opened {
			key = "takeout.viewer"
		}
		x.e.Say(widgets.Toast{Tone: widgets.Good, Text: x.w.T(key)})
	}, func() { x.print(fields, who) })
}

// run does the work beside the screen; again is what to do when the secret was given.
func (x *takeout) run(work func(context.Context, func(done, of int)) error, done, again func()) {
	ctx, stop := context.WithCancel(context.Background())
	x.stop = stop
	shown := widgets.NewProgress(x.w.T("takeout.doing"), "", nil)
	x.working(shown)
	var last time.Time
	x.e.Run.Run(func(outer context.Context) error {
		defer context.AfterFunc(outer, stop)()
		return work(ctx, func(n, of int) {
			if time.Since(last) < progressStep {
				return
			}
			last = time.Now()
			fyne.Do(func() {
				shown.Set(float64(n)/float64(of), x.w.T("import.runningOf", words.Data{"Done": x.w.Number(n), "All": x.w.Number(of)}))
			})
		})
	}, func(err error) {
		stop()
		left := x.stop == nil
		x.stop = nil
		x.working(nil)
		var file *fileError
		switch {
		case err == nil:
			x.d.Close()
			done()
		case left && errors.Is(err, context.Canceled):
			x.e.Say(widgets.Toast{Text: x.w.T("takeout.stopped")})
		case left:
			x.e.Fail(err)
		case x.e.StepUpFor(err, again):
		case errors.As(err, &file) && !errors.Is(store.OfDisk(err), store.ErrFull):
			x.d.SetProblem(x.w.T("takeout.unwritable"))
		default:
			x.e.Refused(x.d, err)
		}
	})
}

// working shows a progress in place of what is asked; nil shows that again.
func (x *takeout) working(p *widgets.Progress) {
	x.asking.Hidden, x.busy.Hidden = p != nil, p == nil
	x.busy.RemoveAll()
	if p != nil {
		x.d.SetProblem("")
		x.busy.Add(p)
	}
	x.d.Button().SetEnabled(p == nil)
	x.d.Refresh()
}
