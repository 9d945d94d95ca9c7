//go:build tour && linux

// The story: a shop is set up, works for a day and is locked. It is played in one
// piece, as everything in it rests on what came before; each chapter says what a
// person must be able to do.

package tour

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/ui/tour/screenmap"
)

const (
	ownerPass = "walnut frames by the river 1080"
	ownerNext = "museum glass and quiet afternoons"
	staffPass = "bicycle lantern harbour seventeen"
	staffNext = "seven cups beside the green oven"

	atTheCounter = "Who is at the counter?" // said by the sign-in page alone
)

// story is one playing of it.
type story struct {
	*Program
	t    *testing.T
	home string
	book string
	kit  []string
	next string // number of the invoice that was issued

	before []string // files in the home folder before the program was started
}

func TestAShopIsSetUpAndWorksForADay(t *testing.T) {
	o := options(t)
	s := &story{t: t, home: o.Home}
	s.before = s.files()
	s.Program = Start(t, NewDisplay(t), o)
	s.setsUpTheShop()
	s.signsIn()
	s.keepsItems()
	s.keepsCustomersAndNotes()
	s.writesAnInvoice()
	s.savesOpensAndPrintsIt()
	s.invoicesSomebodyOnce()
	s.addsStaff()
	s.changesThePassphrase()
	s.getsInWithTheSheet()
	s.staffFindsOnlyItsScreens()
	s.locksAndComesBack()
	s.looksAtActivityAndSettings()
	s.seesItInTheDark()
	s.locksItselfWhenIdle()
	s.leavesNothingBehind()
}

func (s *story) setsUpTheShop() {
	s.Expect("Set up my shop", "Look around")
	s.Click("View")
	s.Click("Light")
	s.Picture("01-welcome")
	s.Click("Set up my shop")
	s.Fill("Name of the shop", "Atelier Rossi")
	s.Fill("Street and number", "Lange Gasse 8")
	s.Fill("Postcode", "1080")
	s.Fill("Town", "Wien")
	s.Choose("Country", "Austria")
	s.Fill("VAT number", "ATU12345675")
	s.choosesALogo()
	s.Picture("02-set-up-shop")
	s.Click("Next")
	s.Expect("Money and invoices")
	s.Fill("IBAN", "AT61 1904 3002 3457 3200")
	s.Click("Next")
	s.Expect("Money and invoices", "check digits")
	s.Picture("03-set-up-wrong-iban")
	s.Fill("IBAN", "AT61 1904 3002 3457 3201")
	s.Picture("03-set-up-money")
	s.Click("Next")
	s.Fill("Nickname", "Marta R.")
	s.Picture("04-set-up-owner-offered")
	s.Click("Use one of my own")
	s.Fill("Passphrase of your own", ownerPass)
	s.Fill("The same again", ownerPass)
	s.Picture("04-set-up-owner")
	s.Click("Next")
	s.Expect("The recovery sheet", "Save as PDF…")
	s.Settle()
	s.kit = s.groups()
	s.savesTheSheet()
	s.Click("Next")
	s.typesBack(s.kit)
	s.Picture("06-set-up-check")
	s.Click("Next")
	s.Expect("Where the book is kept")
	s.Picture("07-set-up-where")
	s.Click("Make the book")
	s.Expect(atTheCounter, "Marta R.")
	found, err := filepath.Glob(filepath.Join(s.home, "*.counterbook"))
	require.NoError(s.t, err)
	require.Len(s.t, found, 1)
	s.book = found[0]
}

// typesBack fills in the two groups of a kit that are asked for.
func (s *story) typesBack(kit []string) {
	s.Expect("Take the paper in your hand")
	s.Settle()
	for _, c := range s.Map().Controls {
		if n := regexp.MustCompile(`^Group (\d)$`).FindStringSubmatch(c.Label); n != nil && c.Kind != screenmap.Button {
			s.Fill(c.Label, kit[n[1][0]-'1'])
		}
	}
}

// choosesALogo takes a picture from the home folder and cuts it with mouse and
// keyboard.
func (s *story) choosesALogo() {
	img := image.NewNRGBA(image.Rect(0, 0, 640, 240))
	for y := 60; y < 180; y++ {
		for x := 80; x < 560; x++ {
			img.SetNRGBA(x, y, color.NRGBA{R: 0x1F, G: 0x7A, B: 0x5A, A: 0xFF})
		}
	}
	var file bytes.Buffer
	require.NoError(s.t, png.Encode(&file, img))
	path := filepath.Join(s.home, "logo.png")
	require.NoError(s.t, os.WriteFile(path, file.Bytes(), 0o600))
	s.TabTo("Choose a picture…")
	s.Keys("Return")
	s.Picture("02-set-up-logo-file")
	s.Click("logo")
	s.Click("Open")
	s.Expect("Cut the logo")
	s.Keys("shift+Left", "shift+Left", "shift+Left", "shift+Left", "Right")
	s.Picture("02-set-up-logo-cut")
	s.Click("Trim the empty border")
	s.Click("Use this part")
	s.Expect("Choose another…")
	require.NoError(s.t, os.Remove(path))
}

// groups reads the kit off the window, where each character has a place of its
// own and is set larger than all else of one character.
func (s *story) groups() []string {
	const large = 30 // pixels
	var all strings.Builder
	for _, c := range s.Map().Controls {
		if c.Kind == screenmap.Text && len(c.Label) == 1 && c.H > large {
			all.WriteString(c.Label)
		}
	}
	if all.Len() != 40 {
		s.fail("the window shows %d characters of the kit", all.Len())
	}
	var out []string
	for i := 0; i < all.Len(); i += 5 {
		out = append(out, all.String()[i:i+5])
	}
	return out
}

func (s *story) savesTheSheet() {
	s.Picture("05-set-up-sheet")
	s.Click("Save as PDF…")
	s.Picture("05-set-up-save")
	s.Keys("Return")
	s.Expect("delete the file")
	found, err := filepath.Glob(filepath.Join(s.home, "*.pdf"))
	require.NoError(s.t, err)
	require.Len(s.t, found, 1)
	// Each character has a place of its own on the sheet, too.
	text := strings.Join(strings.Fields(PDFText(s.t, found[0])), "")
	for _, g := range s.kit {
		require.Contains(s.t, text, g)
	}
	require.NoError(s.t, os.Remove(found[0]))
}

func (s *story) signsIn() {
	s.Picture("08-sign-in")
	s.unlock("not the right one")
	s.Expect("does not open the profile")
	s.Picture("09-sign-in-wrong")
	s.triesAgain()
	s.opens(ownerPass, "Owner")
	s.Expect("Customers", "Marta R.")
	s.Picture("10-first-day")
}

// unlock types a passphrase on the sign-in page, which waits for it.
func (s *story) unlock(pass string) {
	s.TypesInto("Passphrase", pass)
	s.Keys("Return")
}

// opens unlocks and waits until the profile of that role is in.
func (s *story) opens(pass, role string) {
	s.unlock(pass)
	s.ExpectAbsent(atTheCounter)
	s.Expect("Lock", role)
}

// triesAgain waits out the delay after the first wrong passphrase, which is a second.
func (s *story) triesAgain() { time.Sleep(1500 * time.Millisecond) }

func (s *story) keepsItems() {
	s.Keys("ctrl+3")
	s.Expect("No item yet")
	for _, i := range [][4]string{
		{"FR-4060", "Frame, walnut 40×60", "58,00", "20"},
		{"GL-M", "Museum glass, cut to size", "94.00", "20"},
		{"PR-M", "Print, matte", "24.50", "10"},
	} {
		s.Keys("ctrl+n")
		s.Fill("Code", i[0])
		s.Fill("Name", i[1])
		s.Fill("Price without VAT", i[2])
		if i[3] != "20" {
			s.Choose("VAT", i[3]+" %")
		}
		s.Click("Add item")
		s.Expect(i[1] + " was added")
	}
	s.Picture("11-items")
}

func (s *story) keepsCustomersAndNotes() {
	s.Keys("ctrl+1", "ctrl+n")
	s.Fill("Phone", "call her")
	s.Click("Add customer")
	s.Expect("Name", "Phone")
	s.Picture("12-customer-problems")
	s.Fill("Name", "Giulia Conti")
	s.Fill("Phone", "+43 660 1234471")
	s.Fill("E-mail", "giulia@conti.example")
	s.Click("Add an address")
	s.Fill("Street", "Neubaugasse 12")
	s.Fill("Postcode", "1070")
	s.Fill("Town", "Wien")
	s.Click("Add customer")
	s.Expect("Giulia Conti was added as C-00001", "+43 ••• ••• 4471")
	s.Click("Preference")
	s.Expect("Prefers…", "Kept until")
	s.Fill("Write a note…", "Prefers pickup after 17:00; frame order from Studio Neri.")
	s.Keys("ctrl+s")
	s.Expect("Preference · Marta R. ·")
	s.ClickNear("Show", "Phone")
	s.Expect("+43 660 1234471")
	s.Picture("13-customer")
	for _, c := range [][2]string{{"Δημήτρης Κανέλλος", "+30 690 000 0092"}, {"Łucja Sobczak", "+48 500 000 318"}, {"Олена Коваль", "+380 50 000 0277"}} {
		s.Keys("ctrl+n")
		s.Fill("Name", c[0])
		s.Fill("Phone", c[1])
		s.Click("Add customer")
		s.Expect(c[0] + " was added")
	}
	s.Keys("ctrl+k")
	s.Type("lucja")
	s.Expect("1 of 4", "Łucja Sobczak")
	s.Keys("Return")
	s.Click("Edit")
	s.Click("Buys for a company")
	s.Fill("Company", "Sobczak Optyka")
	s.Click("Save changes")
	s.Expect("Save these changes to Łucja Sobczak?")
	s.Keys("Return")
	s.Expect("Łucja Sobczak was saved")
	s.Keys("ctrl+k", "Escape")
	s.Type("giulia")
	s.Keys("Return")
	s.Expect("C-00001")
	if len(s.o.Runner) == 0 { // Windows does not let others read an open book
		s.nothingInClear()
	}
}

func (s *story) writesAnInvoice() {
	s.Click("New invoice")
	s.Expect("Invoice draft", "Giulia Conti", "Neubaugasse 12, 1070 Wien")
	s.addsLine(1, "fr-4060")
	s.addsLine(2, "museum")
	s.Fill("Quantity, line 2", "1,2")
	s.addsLine(3, "pr-m")
	s.Fill("Quantity, line 1", "2")
	s.Keys("Tab")
	s.Expect("301.51")
	s.Picture("14-invoice-draft")
	s.Click("Issue…")
	s.Expect("Issue this invoice?", "for ever")
	s.Picture("15-invoice-issue")
	s.Keys("Return")
	s.Expect("was issued")
	s.Expect("An issued invoice never changes")
	for _, c := range s.Map().Controls {
		if n := regexp.MustCompile(`^Invoice (\d{4}-\d{4})$`).FindStringSubmatch(c.Label); n != nil {
			s.next = n[1]
		}
	}
	require.Regexp(s.t, `^\d{4}-0001$`, s.next)
	s.Picture("16-invoice")
}

// addsLine adds the item that is found first to a draft, as its nth line.
func (s *story) addsLine(n int, item string) {
	s.Fill("Type an item or scan…", item)
	s.Keys("Return")
	s.Expect(fmt.Sprint("Quantity, line ", n))
}

func (s *story) savesOpensAndPrintsIt() {
	s.Click("Save PDF…")
	s.Keys("Return")
	s.Expect("Saved as " + s.next + ".pdf")
	path := filepath.Join(s.home, s.next+".pdf")
	text := PDFText(s.t, path)
	for _, want := range []string{"Giulia Conti", "Neubaugasse 12", s.next, "Frame, walnut 40×60", "Museum glass, cut to size", "Print, matte", "301,51", "AT61 1904 3002 3457 3201"} {
		require.Contains(s.t, text, want)
	}
	require.Equal(s.t, 1, PDFPages(s.t, path))
	s.keepPDF(path)
	s.Click("Open in viewer")
	s.Expect("was opened in the viewer")
	s.Click("Print")
	viewed, printed := 1, 1
	if s.o.Windows() {
		viewed, printed = 2, 0 // the viewer prints
		s.Expect("Print it from there")
	} else {
		s.Expect("was sent to the printer")
	}
	s.until("viewer and printer have what they were given", func() error {
		if v, p := len(s.Viewed()), len(s.Printed()); v != viewed || p != printed {
			return fmt.Errorf("viewed %d, printed %d", v, p)
		}
		return nil
	})
	saved, err := os.ReadFile(path)
	require.NoError(s.t, err)
	for _, handed := range append(s.Viewed(), s.Printed()...) {
		got, err := os.ReadFile(handed)
		require.NoError(s.t, err)
		require.True(s.t, bytes.Equal(saved, got), "the viewer, the printer and the folder get the same file")
	}
	require.NoError(s.t, os.Remove(path))
}

// keepPDF leaves the invoice and a picture of it with the other pictures.
func (s *story) keepPDF(path string) {
	b, err := os.ReadFile(path)
	require.NoError(s.t, err)
	require.NoError(s.t, os.WriteFile(filepath.Join(s.o.Out, "invoice.pdf"), b, 0o644))
	PDFPicture(s.t, path, filepath.Join(s.o.Out, "invoice-page.png"), 96)
}

func (s *story) invoicesSomebodyOnce() {
	s.Keys("ctrl+2", "ctrl+n")
	s.Fill("Bill to", "Passer-by")
	s.Click("One-off recipient “Passer-by”")
	s.Fill("Street and number", "Ring 1")
	s.Fill("Postcode", "1010")
	s.Fill("Town", "Wien")
	s.Click("Done")
	s.Expect("Ring 1, 1010 Wien")
	s.addsLine(1, "pr-m")
	s.Expect("26.95")
	s.Keys("ctrl+s")
	s.Expect("Draft saved")
	s.Keys("ctrl+2")
	s.Expect("Passer-by", s.next)
	s.Picture("17-invoices")
}
