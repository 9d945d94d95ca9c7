package start

// The fourth and fifth steps: the recovery sheet is written down or printed,
// and two of its groups are typed back.

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

// kitStep shows the kit. The kit lives in its field and in the letters of the
// page, nowhere else.
type kitStep struct {
	s      *setUp
	kit    *store.Kit
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

func newKitStep(s *setUp) *kitStep {
	p := &kitStep{s: s, told: widgets.Column(0)}
	t := s.e.Words.T
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

func (p *kitStep) id() string              { return "kit" }
func (p *kitStep) body() fyne.CanvasObject { return p.inside }
func (p *kitStep) form() *widgets.Form     { return nil }
func (p *kitStep) done() bool              { return true }

func (p *kitStep) enter() {
	if p.kit == nil {
		p.kit = store.NewKit()
		for i, r := range strings.Join(p.kit.Groups(), "") {
			p.cells[i].SetText(string(r))
		}
		p.s.check.ask(p.kit.Ask())
	}
	widgets.Focus(p.print)
}

func (p *kitStep) forget() {
	p.kit = nil
	for _, c := range p.cells {
		c.SetText("")
	}
}

// tell says below the buttons where the sheet went.
func (p *kitStep) tell(tone widgets.Tone, text string) {
	p.told.RemoveAll()
	p.told.Add(widgets.Banner(tone, "", text))
	p.told.Show()
	p.inside.Refresh()
}

func (p *kitStep) setBusy(busy bool) {
	p.save.SetEnabled(!busy)
	p.print.SetEnabled(!busy)
}

// sheet makes the recovery sheet as a PDF.
func (p *kitStep) sheet() ([]byte, error) {
	w, shop := p.s.e.Words, strings.TrimSpace(p.s.shop.name.Text)
	pages, err := sheets.Kit(shop, p.kit.Groups(), p.s.e.Now(), w)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = pdf.Write(&b, pages, pdf.Meta{Title: w.T("start.sheet.kit.title"), Author: shop, Language: w.Language(), Created: p.s.e.Now()})
	return b.Bytes(), err
}

func (p *kitStep) savePDF() {
	name := fileName(p.s.shop.name.Text) + "-" + p.s.e.Words.T("start.setup.kit.file") + ".pdf"
	p.s.e.Files.AskSave(name, func(path string) {
		if !strings.EqualFold(filepath.Ext(path), ".pdf") {
			path += ".pdf"
		}
		p.hand(func(_ context.Context, sheet []byte) error {
			return os.WriteFile(path, sheet, 0o600)
		}, func() {
			p.tell(widgets.Good, p.s.e.Words.T("start.setup.kit.saved", words.Data{"File": filepath.Base(path)}))
		})
	})
}

func (p *kitStep) printPDF() {
	var handed bool
	w := p.s.e.Words
	p.hand(func(ctx context.Context, sheet []byte) (err error) {
		handed, err = p.s.e.Out.Print(ctx, w.T("start.sheet.kit.title"), sheet)
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
func (p *kitStep) hand(on func(context.Context, []byte) error, then func()) {
	sheet, err := p.sheet()
	if err != nil {
		p.s.e.Fail(err)
		return
	}
	p.setBusy(true)
	p.s.e.Run.Run(func(ctx context.Context) error { return on(ctx, sheet) }, func(err error) {
		p.setBusy(false)
		if err != nil {
			p.tell(widgets.Bad, p.s.e.Words.T("start.setup.kit.failed", words.Data{"Why": p.s.e.Words.Error(err)}))
			return
		}
		then()
	})
}

// checkStep has two groups of the kit typed back.
type checkStep struct {
	s      *setUp
	typed  [2]*widgets.Entry
	fields *widgets.Form
	inside *fyne.Container
}

func newCheckStep(s *setUp) *checkStep {
	p := &checkStep{s: s, inside: widgets.Stack()}
	p.ask([2]int{})
	return p
}

// ask names the groups that are wanted, counted from 0.
func (p *checkStep) ask(groups [2]int) {
	fields := make([]*widgets.Field, len(groups))
	for i, g := range groups {
		p.typed[i] = p.s.entry()
		n := strconv.Itoa(g + 1)
		fields[i] = widgets.NewField(n, p.s.e.Words.T("start.setup.check.group", words.Data{"Group": n}), p.typed[i])
	}
	p.fields = widgets.NewForm(2, fields...)
	p.fields.OnSubmit = p.s.goOn
	p.inside.Objects = []fyne.CanvasObject{widgets.Panel(p.fields)}
}

func (p *checkStep) id() string              { return "check" }
func (p *checkStep) body() fyne.CanvasObject { return p.inside }
func (p *checkStep) form() *widgets.Form     { return p.fields }
func (p *checkStep) enter()                  { widgets.Focus(p.typed[0]) }

func (p *checkStep) done() bool {
	p.fields.ClearProblems()
	err := p.s.kit.kit.Confirm(p.typed[0].Text, p.typed[1].Text)
	var kit *store.KitError
	if errors.As(err, &kit) {
		n := strconv.Itoa(kit.Group)
		p.fields.SetProblem(n, p.s.e.Words.T("start.setup.check.wrong", words.Data{"Group": n}))
	}
	p.fields.FocusProblem()
	return err == nil
}

func (p *checkStep) forget() {
	for _, e := range p.typed {
		wipe(e)
	}
}
