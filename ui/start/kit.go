package start

// A recovery kit on the screen: shown, printed or saved, and two of its groups
// typed back. The set-up has it as two of its steps, a new owner as a page.

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice/paper/pdf"
	"counterbook/store"
	"counterbook/ui/sheets"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// kitSheet shows a kit. The kit lives in its field and in the letters of the
// page, nowhere else.
type kitSheet struct {
	e      *Env
	shop   func() string   // whose sheet it is
	handed func()          // what follows printing or saving: the focus goes on
	kit    *store.Kit      // nil until make
	cells  []*widgets.Text // a character each
	save   *widgets.Button
	print  *widgets.Button
	told   *fyne.Container // where the sheet went
	inside *fyne.Container
}

const (
	kitGroups = 8
	groupSize = 5
	kitColumn = 4
)

func newKitSheet(e *Env, shop func() string) *kitSheet {
	p := &kitSheet{e: e, shop: shop, told: widgets.Column(0)}
	t := e.Words.T
	grid := widgets.Grid(kitColumn, 12)
	for g := range kitGroups {
		row := widgets.Row(0)
		for range groupSize {
			c := widgets.NewText("").Sized(widgets.SizeFigure).Bold().Centre()
			p.cells = append(p.cells, c)
			row.Add(widgets.Sized(25, 40, c))
		}
		grid.Add(widgets.Column(0, widgets.Padded(0, 0, 0, 6, widgets.Caption(strconv.Itoa(g+1))), row))
	}
	p.save = widgets.NewButton(t("start.setup.kit.save"), p.savePDF).WithIcon(widgets.IconDownload)
	p.print = widgets.NewButton(t("common.print"), p.printPDF).WithIcon(widgets.IconPrinter)
	p.told.Hide()
	p.inside = widgets.Column(14,
		widgets.Panel(widgets.Padded(4, 4, 10, 4, grid), widgets.Row(8, p.print, p.save, widgets.Spacer()), p.told),
		widgets.Banner(widgets.Look, t("start.setup.kit.warning"), t("start.setup.kit.lost")),
		widgets.Paragraph(t("start.setup.kit.hand")))
	return p
}

// make makes the kit, and reports whether it was not there yet.
func (p *kitSheet) make() bool {
	if p.kit != nil {
		return false
	}
	p.kit = store.NewKit()
	for i, r := range strings.Join(p.kit.Groups(), "") {
		p.cells[i].SetText(string(r))
	}
	return true
}

func (p *kitSheet) focus() { widgets.Focus(p.print) }

func (p *kitSheet) forget() {
	p.kit = nil
	for _, c := range p.cells {
		c.SetText("")
	}
}

// tell says below the buttons where the sheet went.
func (p *kitSheet) tell(tone widgets.Tone, text string) {
	p.told.RemoveAll()
	p.told.Add(widgets.Banner(tone, "", text))
	p.told.Show()
	p.inside.Refresh()
}

func (p *kitSheet) setBusy(busy bool) {
	p.save.SetEnabled(!busy)
	p.print.SetEnabled(!busy)
}

// sheet makes the recovery sheet as a PDF.
func (p *kitSheet) sheet() ([]byte, error) {
	w, shop := p.e.Words, strings.TrimSpace(p.shop())
	pages, err := sheets.Kit(shop, p.kit.Groups(), p.e.Now(), w)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = pdf.Write(&b, pages, pdf.Meta{Title: w.T("start.sheet.kit.title"), Author: shop, Language: w.Language(), Created: p.e.Now()})
	return b.Bytes(), err
}

func (p *kitSheet) savePDF() {
	name := fileName(p.shop()) + "-" + p.e.Words.T("start.setup.kit.file") + ".pdf"
	p.e.Files.AskSave(name, func(path string) {
		if !strings.EqualFold(filepath.Ext(path), ".pdf") {
			path += ".pdf"
		}
		p.hand(func(_ context.Context, sheet []byte) error {
			return os.WriteFile(path, sheet, 0o600)
		}, func() {
			p.tell(widgets.Good, p.e.Words.T("start.setup.kit.saved", words.Data{"File": filepath.Base(path)}))
		})
	})
}

func (p *kitSheet) printPDF() {
	var handed bool
	w := p.e.Words
	p.hand(func(ctx context.Context, sheet []byte) (err error) {
		handed, err = p.e.Out.Print(ctx, w.T("start.sheet.kit.title"), sheet)
		return err
	}, func() {
		if handed {
			p.tell(widgets.Info, w.T("start.setup.kit.handed"))
			return
		}
		p.tell(widgets.Good, w.T("start.setup.kit.printed"))
	})
}

// hand makes the sheet and hands it on beside the screen.
func (p *kitSheet) hand(on func(context.Context, []byte) error, then func()) {
	sheet, err := p.sheet()
	if err != nil {
		p.e.Fail(err)
		return
	}
	p.setBusy(true)
	p.e.Run.Run(func(ctx context.Context) error { return on(ctx, sheet) }, func(err error) {
		p.setBusy(false)
		if err != nil {
			widgets.Focus(p.print)
			p.tell(widgets.Bad, p.e.Words.T("start.setup.kit.failed", words.Data{"Why": p.e.Words.Error(err)}))
			return
		}
		p.handed()
		then()
	})
}

// kitCheck has two groups of a kit typed back.
type kitCheck struct {
	e      *Env
	submit func() // Enter in the last field
	leave  func() // Escape
	typed  [2]*widgets.Entry
	fields *widgets.Form
	inside *fyne.Container
}

func newKitCheck(e *Env, submit, leave func()) *kitCheck {
	p := &kitCheck{e: e, submit: submit, leave: leave, inside: widgets.Stack()}
	p.ask([2]int{})
	return p
}

// ask names the groups that are wanted, counted from 0.
func (p *kitCheck) ask(groups [2]int) {
	fields := make([]*widgets.Field, len(groups))
	for i, g := range groups {
		p.typed[i] = widgets.NewEntry()
		p.typed[i].OnEscape = p.leave
		n := strconv.Itoa(g + 1)
		fields[i] = widgets.NewField(n, p.e.Words.T("start.setup.check.group", words.Data{"Group": n}), p.typed[i])
	}
	p.fields = widgets.NewForm(2, fields...)
	p.fields.OnSubmit = p.submit
	p.inside.Objects = []fyne.CanvasObject{widgets.Panel(p.fields)}
}

func (p *kitCheck) focus() { widgets.Focus(p.typed[0]) }

// confirm compares what was typed with the kit, and says which group is wrong.
func (p *kitCheck) confirm(k *store.Kit) bool {
	p.fields.ClearProblems()
	err := k.Confirm(p.typed[0].Text, p.typed[1].Text)
	var kit *store.KitError
	if errors.As(err, &kit) {
		n := strconv.Itoa(kit.Group)
		p.fields.SetProblem(n, p.e.Words.T("start.setup.check.wrong", words.Data{"Group": n}))
	}
	p.fields.FocusProblem()
	return err == nil
}

func (p *kitCheck) forget() {
	for _, e := range p.typed {
		wipe(e)
	}
}
