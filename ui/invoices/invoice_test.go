package invoices

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/process"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
)

func openInvoice(t testing.TB, d *screentest.Desk, id store.InvoiceID) *issued {
	t.Helper()
	d.Resize(page)
	return d.Open(NewInvoice, screen.Route{Place: screen.Invoice, ID: id}).(*issued)
}

// handed lists how invoices left the book, newest first.
func handed(d *screentest.Desk) []store.EventKind {
	d.T.Helper()
	s, err := d.Book.SignIn(d.Book.Info().Profiles[owner].ID, store.Passphrase("look around freely"))
	require.NoError(d.T, err)
	defer s.Close()
	a, err := s.Activity()
	require.NoError(d.T, err)
	events, err := a.Events(20)
	require.NoError(d.T, err)
	var kinds []store.EventKind
	for _, e := range events {
		if e.Kind == store.InvoicePrinted || e.Kind == store.InvoiceSaved || e.Kind == store.InvoiceOpened {
			kinds = append(kinds, e.Kind)
		}
	}
	return kinds
}

func TestTheInvoiceOfAnErasedCustomerStaysAndLeadsNowhere(t *testing.T) {
	d := screentest.New(t, owner)
	row := invoicesOf(d)[1]
	book, err := d.Env.Session.Customers()
	require.NoError(t, err)
	require.NoError(t, book.Erase(context.Background(), customer(d, "Conti").ID, nil))
	s := openInvoice(t, d, row.ID)
	require.Len(t, s.pages, 1)
	require.True(t, d.HasText("Giulia Conti\nNeubaugasse 12\n1070 Wien"))
	require.True(t, d.HasText("The customer's record was erased since."))
	require.False(t, d.Has("Open customer"))
	d.CheckLooks()
}

func TestInvoiceShowsItsPagesAndFacts(t *testing.T) {
	d := screentest.New(t, owner)
	s := openInvoice(t, d, invoicesOf(d)[1].ID)
	require.Len(t, s.pages, 1)
	for _, text := range []string{"Invoice 2026-0006", "12 Nov 2026", "26 Nov 2026", "Giulia Conti\nNeubaugasse 12\n1070 Wien",
		"VAT 20 % on 114.40", "22.88", "137.28", "Issued by Marta R. on", "An issued invoice never changes"} {
		require.True(t, d.HasText(text), text)
	}
	require.True(t, d.HasText("Issued"))
	require.Equal(t, "Print", d.Focused())
	d.Tap("Open customer")
	require.Equal(t, screen.Route{Place: screen.Customers, ID: customer(d, "Conti").ID}, d.Went[0])

	openInvoice(t, d, invoicesOf(d)[6].ID)
	require.True(t, d.HasText("Overdue"))
}

func TestPrintingAndOpeningHandOverTheIssuedPDFAndAreLogged(t *testing.T) {
	d := screentest.New(t, owner)
	id := invoicesOf(d)[0].ID
	openInvoice(t, d, id)
	d.Press(fyne.KeyReturn) // Print has the focus
	require.Equal(t, []string{"2026-0007"}, d.Prints)
	require.Equal(t, "Invoice 2026-0007 was sent to the printer.", d.Said[0].Text)
	d.Tap("Open in viewer")
	is, err := d.Env.Session.Invoices()
	require.NoError(t, err)
	pdf, err := is.PDF(id)
	require.NoError(t, err)
	require.Equal(t, pdf, d.Opened[0])
	require.Equal(t, []store.EventKind{store.InvoiceOpened, store.InvoicePrinted}, handed(d))
	require.Empty(t, d.Failed)
}

func TestSavingWritesTheWholePDFUnderTheChosenName(t *testing.T) {
	d := screentest.New(t, owner)
	id := invoicesOf(d)[0].ID
	openInvoice(t, d, id)
	dir := t.TempDir()
	d.Path = filepath.Join(dir, "for the accountant.pdf")
	require.NoError(t, os.WriteFile(d.Path, []byte("an older one"), 0o600))
	d.Tap("Save PDF…")
	require.Equal(t, []string{"2026-0007.pdf"}, d.Saves)
	is, err := d.Env.Session.Invoices()
	require.NoError(t, err)
	want, err := is.PDF(id)
	require.NoError(t, err)
	got, err := os.ReadFile(d.Path)
	require.NoError(t, err)
	require.Equal(t, want, got)
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 1, "no temporary file stays")
	require.Contains(t, d.Said[0].Text, "for the accountant.pdf")
	require.Equal(t, []store.EventKind{store.InvoiceSaved}, handed(d))
}

func TestSavingThatFailsLeavesNothingAndIsNotLogged(t *testing.T) {
	d := screentest.New(t, owner)
	openInvoice(t, d, invoicesOf(d)[0].ID)
	dir := t.TempDir()
	d.Path = filepath.Join(dir, "missing folder", "invoice.pdf")
	d.Tap("Save PDF…")
	require.Contains(t, d.Said[0].Text, "invoice.pdf was not saved; nothing half-written was left.")

	d.Path = filepath.Join(dir, "taken") // a folder is in the way of the last step
	require.NoError(t, os.MkdirAll(filepath.Join(d.Path, "full"), 0o700))
	d.Tap("Save PDF…")
	require.Contains(t, d.Said[1].Text, "taken was not saved")
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 1)
	require.Empty(t, handed(d))
	require.True(t, d.Has("Save PDF…"))
}

func TestFileNamesHoldNothingFileSystemsRefuse(t *testing.T) {
	require.Equal(t, "2026-0007.pdf", fileName("2026-0007"))
	require.Equal(t, "AR26-007.pdf", fileName("AR26/007"))
	require.Equal(t, "a-b-c-.pdf", fileName(`a\b:c?`))
}

// stubborn is a computer on which handing out goes wrong, or another way.
type stubborn struct {
	err    error
	handed bool
}

func (s stubborn) Open([]byte) error                                   { return s.err }
func (s stubborn) Print(context.Context, string, []byte) (bool, error) { return s.handed, s.err }

func TestWhatThePrinterOrViewerRefusedIsSaidAndNotLogged(t *testing.T) {
	d := screentest.New(t, owner)
	openInvoice(t, d, invoicesOf(d)[0].ID)
	for _, c := range []struct {
		err    error
		button string
		says   string
	}{
		{process.ErrNoPrinter, "Print", "no printer is set up"},
		{&process.PrintError{Said: "out of toner"}, "Print", "out of toner"},
		{process.ErrNoViewer, "Open in viewer", "no program that shows PDF files"},
		{process.ErrViewerFailed, "Open in viewer", "gave up"},
	} {
		d.Said = nil
		d.Env.Out = stubborn{err: c.err}
		d.Tap(c.button)
		require.Len(t, d.Said, 1)
		require.Contains(t, d.Said[0].Text, c.says)
	}
	unknown := errors.New("something else")
	d.Env.Out = stubborn{err: unknown}
	d.Tap("Print")
	require.ErrorIs(t, d.Failed[0], unknown)
	require.Empty(t, handed(d))
}

func TestWhereTheViewerPrintsTheLogSaysOpened(t *testing.T) {
	d := screentest.New(t, owner)
	openInvoice(t, d, invoicesOf(d)[0].ID)
	d.Env.Out = stubborn{handed: true}
	d.Tap("Print")
	require.Contains(t, d.Said[0].Text, "Print it from there")
	require.Equal(t, []store.EventKind{store.InvoiceOpened}, handed(d))
}

// later keeps slow work until a test lets it happen.
type later struct{ jobs []func() }

func (l *later) Run(work func(context.Context) error, done func(error)) {
	l.jobs = append(l.jobs, func() { done(work(context.Background())) })
}

func TestButtonsWaitWhileAnInvoiceIsHandedOut(t *testing.T) {
	d := screentest.New(t, owner)
	openInvoice(t, d, invoicesOf(d)[0].ID)
	run := &later{}
	d.Env.Run = run
	d.Tap("Print")
	require.True(t, d.Button("Print").Disabled())
	require.True(t, d.Button("Save PDF…").Disabled())
	require.Empty(t, d.Said)
	run.jobs[0]()
	require.False(t, d.Button("Print").Disabled())
	require.Len(t, d.Prints, 1)
}

func TestWhoMayNotPrintHasNoWayToHandOut(t *testing.T) {
	d := screentest.New(t, owner)
	st, err := d.Env.Session.Staff()
	require.NoError(t, err)
	require.NoError(t, st.Change(d.Book.Info().Profiles[bookkeeper].ID, "Studio Ferri", store.Bookkeeper, []store.Right{store.PrintInvoices}))
	s, err := d.Book.SignIn(d.Book.Info().Profiles[bookkeeper].ID, store.Passphrase("look around freely"))
	require.NoError(t, err)
	defer s.Close()
	id := invoicesOf(d)[1].ID
	d.Env.Session = s
	openInvoice(t, d, id)
	require.True(t, d.HasText("Invoice 2026-0006"))
	for _, name := range []string{"Print", "Save PDF…", "Open in viewer", "Open customer"} {
		require.False(t, d.Has(name), name)
	}
}

func TestInvoiceThatIsNotThereIsSaid(t *testing.T) {
	d := screentest.New(t, owner)
	openInvoice(t, d, store.ID{1})
	require.ErrorIs(t, d.Failed[0], store.ErrNotFound)
	d.Tap("To the invoices")
	require.Equal(t, screen.Invoices, d.Went[0].Place)
}

func TestInvoiceLooksRight(t *testing.T) {
	d := screentest.New(t, owner)
	openInvoice(t, d, invoicesOf(d)[1].ID)
	looks(d, "invoice")
}

func TestPageIsDrawnInThePixelsItIsShownIn(t *testing.T) {
	d := screentest.New(t, owner)
	s := openInvoice(t, d, invoicesOf(d)[0].ID)
	p := newSheet("page", s.pages[0])
	for _, size := range [][2]int{{338, 478}, {794, 1123}, {1588, 2246}} {
		img := p.draw(size[0], size[1])
		require.Equal(t, size, [2]int{img.Bounds().Dx(), img.Bounds().Dy()})
		require.Same(t, img, p.draw(size[0], size[1]), "an unchanged page is not drawn again")
	}
	require.InDelta(t, 297.0/210, float64(p.HeightFor(1000))/1000, 0.001)
}
