package files

// The first step of an import: a file is chosen, shown as it is understood, and each
// of its columns is said to be something.

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/store/exchange"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const (
	wide         float32 = 860
	mostColumns          = 60 // that are shown, but for those that are known by their name
	mostSamples          = 3  // cells that are shown of a column
	sampleRows           = 50 // that are read of a file to know what its columns are
	progressStep         = 100 * time.Millisecond
)

// separators are the names of exchange.Separators.
var separators = []string{"import.sep.comma", "import.sep.semicolon", "import.sep.tab", "import.sep.bar"}

// assistant leads through an import.
type assistant struct {
	e    *screen.Env
	w    *words.Words
	book *store.Customers
	done func() // the directory changed

	path    string
	shape   exchange.Shape
	header  bool // the first row has names
	rows    [][]string
	columns []exchange.Field // what each column is taken as
	fields  []exchange.Field // that can be chosen

	d       *widgets.Dialog
	asking  *fyne.Container
	matches *fyne.Container
	told    *fyne.Container // what is wrong, above the columns: below them it would not be seen
	busy    *fyne.Container
	parted  *widgets.Field // how a table is parted
	named   *widgets.Check
	stop    context.CancelFunc // nil when nothing runs
}

// Import asks for a file and leads through its import. done is called when the
// directory has changed.
func Import(e *screen.Env, book *store.Customers, done func()) {
	e.Files.AskOpen([]string{".csv", ".tsv", ".txt", ".vcf", ".vcard"}, func(path string) {
		head, err := headOf(path)
		if err != nil {
			e.Fail(err)
			return
		}
		fields, err := book.ImportFields()
		if err != nil {
			e.Fail(err)
			return
		}
		a := &assistant{e: e, w: e.Words, book: book, done: done, path: path, shape: exchange.Guess(head), fields: fields}
		a.show()
	})
}

// show opens the dialog.
func (a *assistant) show() {
	t := a.w.T
	encoding := widgets.NewSelect(exchange.Encodings(), func(i int) {
		a.shape.Encoding = exchange.Encodings()[i]
		a.reread()
	})
	encoding.SetIndex(slices.Index(exchange.Encodings(), a.shape.Encoding))
	encoding.SetLabel(t("import.encoding"))
	names := make([]string, len(separators))
	for i, key := range separators {
		names[i] = t(key)
	}
	separator := widgets.NewSelect(names, func(i int) {
		a.shape.Separator = exchange.Separators()[i]
		a.reread()
	})
	separator.SetIndex(slices.Index(exchange.Separators(), a.shape.Separator))
	separator.SetLabel(t("import.separator"))
	a.parted = widgets.NewField("separator", t("import.separator"), separator)
	a.named = widgets.NewCheck(t("import.header"), func(on bool) {
		a.header = on
		a.match()
	})
	text := t("import.text")
	if a.shape.Kind == exchange.Cards {
		a.parted.Hide()
		a.named.Hide()
		text = t("import.textCards")
	}
	a.matches, a.told, a.busy = widgets.Column(8), widgets.Column(0), widgets.Column(0)
	a.told.Hide()
	a.busy.Hide()
	a.asking = widgets.Column(14,
		widgets.Row(14, widgets.Grow(widgets.NewField("encoding", t("import.encoding"), encoding)), widgets.Grow(a.parted)),
		widgets.Row(0, a.named, widgets.Spacer()), a.matches)
	a.d = &widgets.Dialog{Title: t("import.title"), Text: text, Width: wide, Content: widgets.Column(14, a.told, a.asking, a.busy), Reading: true,
		Confirm: t("import.next"), Cancel: t("common.cancel"), OnConfirm: func() bool { a.look(); return false }, OnCancel: a.leave}
	a.d.ShowOn(a.e.Canvas)
	a.reread()
}

// open opens the file as it is understood. Close it.
func (a *assistant) open() (*os.File, exchange.Source, error) {
	f, err := os.Open(a.path)
	if err != nil {
		return nil, nil, err
	}
	return f, exchange.NewSource(f, a.shape), nil
}

// reread shows the first rows anew, as they are understood now.
func (a *assistant) reread() {
	a.tell(widgets.Bad, "")
	a.rows = nil
	f, src, err := a.open()
	if err == nil {
		defer f.Close()
		for len(a.rows) <= sampleRows && err == nil {
			var row exchange.Row
			if row, err = src.Next(); err == nil {
				a.rows = append(a.rows, row.Cells)
			}
		}
	}
	if err != nil && err != io.EOF {
		a.tell(widgets.Bad, a.w.Error(err))
	}
	a.header = a.shape.Kind == exchange.Table && len(a.rows) > 0 && exchange.Named(a.rows[0])
	a.named.SetTicked(a.header)
	a.match()
}

// match shows each column with what it is taken as by its name.
func (a *assistant) match() {
	n := 0
	for _, r := range a.rows {
		n = max(n, len(r))
	}
	a.columns = make([]exchange.Field, n)
	switch {
	case a.shape.Kind == exchange.Cards:
		copy(a.columns, exchange.CardFields)
	case a.header:
		copy(a.columns, exchange.Match(a.rows[0], a.rows[1:]...))
	}
	a.matches.RemoveAll()
	if n > 0 {
		a.matches.Add(a.line(widgets.Caption(a.w.T("import.column.head")).Bold(), widgets.Caption(a.w.T("import.sample.head")).Bold(),
			widgets.Caption(a.w.T("import.into.head")).Bold()))
	}
	for i := range a.columns {
		if !slices.Contains(a.fields, a.columns[i]) {
			a.columns[i] = exchange.NoField
		}
	}
	shown := a.shownColumns()
	for _, i := range shown {
		a.matches.Add(a.column(i))
	}
	if more := n - len(shown); more > 0 {
		a.matches.Add(widgets.Caption(a.w.N("import.more", more)))
	}
	a.d.Refresh()
}

// shownColumns are the columns that are shown, in their order: all that are taken,
// then as many as there is room for, those with something in them first.
func (a *assistant) shownColumns() []int {
	var taken, filled, empty []int
	for i, f := range a.columns {
		switch {
		case f != exchange.NoField:
			taken = append(taken, i)
		case len(a.samples(i)) > 0:
			filled = append(filled, i)
		default:
			empty = append(empty, i)
		}
	}
	out := slices.Concat(taken, filled, empty)
	out = out[:min(len(out), max(mostColumns, len(taken)))]
	slices.Sort(out)
	return out
}

// samples are the first cells of a column in which there is something.
func (a *assistant) samples(i int) []string {
	var out []string
	for n, r := range a.rows {
		if n == 0 && a.header {
			continue
		}
		if i < len(r) && strings.TrimSpace(r[i]) != "" && len(out) < mostSamples {
			out = append(out, strings.Join(strings.Fields(r[i]), " "))
		}
	}
	return out
}

func (a *assistant) line(name, sample, into fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Row(12, widgets.Sized(190, 0, name), widgets.Grow(sample), widgets.Sized(210, 0, into))
}

// column is a column with its first cells and the choice of what it is.
func (a *assistant) column(i int) fyne.CanvasObject {
	name := a.nameOf(i)
	seen := a.samples(i)
	sample := widgets.NewText(strings.Join(seen, "  ·  ")).Cut().Muted()
	if len(seen) == 0 {
		sample.SetText(a.w.T("import.nothing"))
	}
	options := []string{a.w.T("import.leftOut")}
	for _, f := range a.fields {
		options = append(options, a.field(f))
	}
	into := widgets.NewSelect(options, func(n int) {
		a.columns[i] = exchange.NoField
		if n > 0 {
			a.columns[i] = a.fields[n-1]
		}
		a.tell(widgets.Bad, "")
	})
	into.SetLabel(a.w.T("import.into", words.Data{"Column": name}))
	into.SetIndex(slices.Index(a.fields, a.columns[i]) + 1)
	return a.line(widgets.NewText(name).Cut(), sample, into)
}

// nameOf is what a column is called.
func (a *assistant) nameOf(i int) string {
	switch {
	case a.shape.Kind == exchange.Cards:
		return a.field(exchange.CardFields[i])
	case a.header && i < len(a.rows[0]) && strings.TrimSpace(a.rows[0][i]) != "":
		return strings.Join(strings.Fields(a.rows[0][i]), " ")
	}
	return a.w.T("import.column", words.Data{"N": i + 1})
}

func (a *assistant) field(f exchange.Field) string { return a.w.T("import.field." + string(f)) }

// unclear says what is missing or twice in what the columns are taken as.
func (a *assistant) unclear() string {
	seen := map[exchange.Field]bool{}
	for _, f := range a.columns {
		if f != exchange.NoField && seen[f] {
			return a.w.T("import.twice", words.Data{"Field": a.field(f)})
		}
		seen[f] = true
	}
	if !seen[exchange.Name] && !seen[exchange.First] && !seen[exchange.Last] && !seen[exchange.Company] {
		return a.w.T("import.noName")
	}
	return ""
}

// look reads the whole file and goes on with what would become of it.
func (a *assistant) look() {
	if problem := a.unclear(); problem != "" {
		a.tell(widgets.Look, problem)
		return
	}
	a.tell(widgets.Bad, "")
	ctx, stop := context.WithCancel(context.Background())
	a.stop = stop
	shown := a.working(true, "import.looking", "import.busy")
	var plan *store.ImportPlan
	a.e.Run.Run(func(outer context.Context) error {
		defer context.AfterFunc(outer, stop)()
		f, src, err := a.open()
		if err != nil {
			return err
		}
		defer f.Close()
		if a.header {
			if _, err := src.Next(); err != nil {
				return err
			}
		}
		plan, err = a.book.PlanImport(ctx, src, a.columns, a.progress(ctx, shown))
		return err
	}, func(err error) {
		stop()
		left := a.stop == nil
		a.stop = nil
		switch {
		case left && (err == nil || errors.Is(err, context.Canceled)):
		case left:
			a.e.Fail(err)
		case err != nil:
			a.working(false, "", "import.next")
			a.tell(screen.Tone(err), a.w.Error(err))
		default:
			a.working(false, "", "import.next")
			a.d.Close()
			newPlan(a, plan)
		}
	})
}

// progress tells how far the plan is.
func (a *assistant) progress(ctx context.Context, shown *widgets.Progress) func(store.ImportProgress) {
	var last time.Time
	return func(p store.ImportProgress) {
		if time.Since(last) < progressStep {
			return
		}
		last = time.Now()
		share, text := 0.0, a.w.T("import.reading", words.Data{"Done": a.w.Number(p.Done)})
		if p.Of > 0 {
			share = float64(p.Done) / float64(p.Of)
			text = a.w.T("import.comparing", words.Data{"Done": a.w.Number(p.Done), "All": a.w.Number(p.Of)})
		}
		fyne.Do(func() {
			if ctx.Err() == nil {
				shown.Set(share, text)
			}
		})
	}
}

// working shows a progress in place of what is asked, or that again.
func (a *assistant) working(on bool, title, verb string) *widgets.Progress {
	a.asking.Hidden, a.busy.Hidden = on, !on
	a.busy.RemoveAll()
	var shown *widgets.Progress
	if on {
		shown = widgets.NewProgress(a.w.T(title), "", nil)
		a.busy.Add(shown)
	}
	a.d.Button().SetEnabled(!on)
	a.d.Button().SetText(a.w.T(verb))
	a.d.Refresh()
	return shown
}

// tell says what is wrong, "" for nothing.
func (a *assistant) tell(tone widgets.Tone, text string) {
	a.told.RemoveAll()
	if text != "" {
		a.told.Add(widgets.Banner(tone, "", text))
	}
	a.told.Hidden = text == ""
	a.d.Refresh()
}

// leave stops what runs.
func (a *assistant) leave() {
	if a.stop != nil {
		a.stop()
		a.stop = nil
	}
}
