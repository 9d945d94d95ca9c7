//go:build tour && linux

// The story: a shop is set up, works for a day and is locked. It is played in one
// piece, as everything in it rests on what came before; each chapter says what a
// person must be able to do.

package tour

import (
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
)

// story is one playing of it.
type story struct {
	*Program
	t    *testing.T
	home string
	kit  []string
	next string // number of the invoice that was issued
}

func TestAShopIsSetUpAndWorksForADay(t *testing.T) {
	o := options(t)
	o.Home = t.TempDir()
	s := &story{Program: Start(t, NewDisplay(t), o), t: t, home: o.Home}
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

func (s *story) book() string { return filepath.Join(s.home, "Atelier Rossi.counterbook") }

func (s *story) setsUpTheShop() {
	s.Expect("Set up my shop", "Look around")
	s.Picture("01-welcome")
	s.Click("Set up my shop")
	s.Fill("Name of the shop", "Atelier Rossi")
	s.Fill("Street and number", "Lange Gasse 8")
	s.Fill("Postcode", "1080")
	s.Fill("Town", "Wien")
	s.Choose("Country", "Austria")
	s.Fill("VAT number", "ATU12345675")
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
	s.Expect("The recovery sheet")
	s.kit = s.groups()
	s.savesTheSheet()
	s.Click("Next")
	for _, c := range s.Map().Controls {
		if n := regexp.MustCompile(`^Group (\d)$`).FindStringSubmatch(c.Label); n != nil && c.Kind != screenmap.Button {
			s.Fill(c.Label, s.kit[n[1][0]-'1'])
		}
	}
	s.Picture("06-set-up-check")
	s.Click("Next")
	s.Expect("Where the book is kept")
	s.Picture("07-set-up-where")
	s.Click("Make the book")
	s.Expect("Who is at the counter?", "Marta R.")
	require.FileExists(s.t, s.book())
}

// groups reads the kit off the window.
func (s *story) groups() []string {
	var out []string
	form := regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{5}$`)
	for _, c := range s.Map().Controls {
		if c.Kind == screenmap.Text && form.MatchString(c.Label) {
			out = append(out, c.Label)
		}
	}
	require.Len(s.t, out, 8)
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
	text := PDFText(s.t, found[0])
	for _, g := range s.kit {
		require.Contains(s.t, text, g)
	}
	require.NoError(s.t, os.Remove(found[0]))
}

func (s *story) signsIn() {
	s.Picture("08-sign-in")
	s.Fill("Passphrase", "not the right one")
	s.Keys("Return")
	s.Expect("does not open the profile")
	s.Picture("09-sign-in-wrong")
	time.Sleep(1500 * time.Millisecond) // the delay after a wrong try
	s.unlock(ownerPass)
	s.Expect("Customers", "Marta R.", "Owner")
	s.Picture("10-first-day")
}

func (s *story) unlock(pass string) {
	s.Fill("Passphrase", pass)
	s.Keys("Return")
}

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
		s.FillNear("Price, EUR net", "", i[2])
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
	s.Fill("Phone", "+43 660 123 4471")
	s.Fill("E-mail", "giulia@conti.example")
	s.Fill("Street", "Neubaugasse 12")
	s.Fill("Postcode", "1070")
	s.Fill("Town", "Wien")
	s.Click("Add customer")
	s.Expect("Giulia Conti was added as C-00001", "+43 ••• ••• 4471")
	s.Fill("Write a note…", "Prefers pickup after 17:00; frame order from Studio Neri.")
	s.Keys("ctrl+s")
	s.Expect("Marta R. ·")
	s.ClickNear("Show", "Phone")
	s.Expect("+43 660 123 4471")
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
	s.Fill("Company", "Sobczak Optyka")
	s.Click("Save changes")
	s.Expect("Łucja Sobczak was saved")
	s.Keys("ctrl+k", "Escape")
	s.Type("giulia")
	s.Keys("Return")
	s.Expect("C-00001")
}

func (s *story) writesAnInvoice() {
	s.Click("New invoice")
	s.Expect("Invoice draft", "Giulia Conti", "Neubaugasse 12, 1070 Wien")
	s.Click("Type an item or scan…")
	s.Type("fr-4060")
	s.Keys("Return")
	s.Expect("58.00")
	s.Click("Type an item or scan…")
	s.Type("museum")
	s.Keys("Return")
	s.Fill("Quantity, line 2", "1,2")
	s.Click("Type an item or scan…")
	s.Type("pr-m")
	s.Keys("Return")
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
	s.Expect("was sent to the printer")
	saved, err := os.ReadFile(path)
	require.NoError(s.t, err)
	for _, handed := range append(s.Viewed(), s.Printed()...) {
		got, err := os.ReadFile(handed)
		require.NoError(s.t, err)
		require.Equal(s.t, saved, got, "the viewer, the printer and the folder get the same file")
	}
	require.Len(s.t, s.Viewed(), 1)
	require.Len(s.t, s.Printed(), 1)
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
	s.Click("Type a name, company or customer number…")
	s.Type("Passer-by")
	s.Click("One-off recipient “Passer-by”")
	s.Fill("Street and number", "Ring 1")
	s.Fill("Postcode", "1010")
	s.Fill("Town", "Wien")
	s.Click("Type an item or scan…")
	s.Type("pr-m")
	s.Keys("Return")
	s.Expect("26.95")
	s.Keys("ctrl+s")
	s.Expect("Draft saved")
	s.Keys("ctrl+2")
	s.Expect("Passer-by", s.next)
	s.Picture("17-invoices")
}

func (s *story) addsStaff() {
	s.Keys("ctrl+4")
	s.Expect("Staff", "1 profile")
	s.Click("Add profile")
	s.Fill("Nickname", "Jonas")
	s.Choose("Role", "Workshop")
	s.Click("Type another passphrase instead")
	s.Fill("Passphrase", staffPass)
	s.Picture("18-staff-add")
	s.Click("Add profile")
	s.Expect("Jonas can sign in now")
	s.Picture("19-staff-slip")
	s.Click("Done")
	s.Expect("2 profiles")
	s.Picture("20-staff")
}

func (s *story) changesThePassphrase() {
	s.Click("Book")
	s.Click("Change my passphrase…")
	s.Fill("Passphrase until now", ownerPass)
	s.Click("Use one of my own")
	s.Fill("Passphrase of your own", ownerNext)
	s.Fill("The same again", ownerNext)
	s.Picture("21-passphrase")
	s.Click("Change passphrase")
	s.Expect("Your passphrase was changed")
	s.Keys("ctrl+shift+l")
	s.Expect("Who is at the counter?")
	s.unlock(ownerPass)
	s.Expect("does not open the profile")
	time.Sleep(1500 * time.Millisecond)
	s.unlock(ownerNext)
	s.Expect("Marta R.", "Owner")
}

func (s *story) getsInWithTheSheet() {
	s.Keys("ctrl+shift+l")
	s.Click("Owner: use the recovery sheet")
	s.Fill("The eight groups", strings.ToLower(strings.Join(s.kit[:7], " "))+" AAAAA")
	s.Click("Open with the sheet")
	s.Expect("Group 8")
	s.Picture("22-sheet-mistyped")
	s.Fill("The eight groups", strings.ToLower(strings.Join(s.kit, " ")))
	s.Click("Open with the sheet")
	s.Expect("A new passphrase for Marta R.")
	s.Click("Use one of my own")
	s.Fill("Passphrase of your own", ownerPass)
	s.Fill("The same again", ownerPass)
	s.Picture("23-sheet-new-passphrase")
	s.Click("Save and go on")
	s.Expect("Customers", "Owner")
}

func (s *story) staffFindsOnlyItsScreens() {
	s.Keys("ctrl+shift+l")
	s.Click("Jonas")
	s.unlock(staffPass)
	s.Expect("Workshop", "Customers", "Items")
	s.ExpectAbsent("Invoices", "Staff", "Activity", "Settings", "New customer")
	s.Picture("24-workshop")
	s.Click("Go")
	s.ExpectAbsent("Invoices", "Staff", "Activity", "Settings")
	s.Picture("25-workshop-menu")
	s.Keys("Escape")
	for _, key := range []string{"ctrl+3", "ctrl+4", "ctrl+5", "ctrl+6", "ctrl+n"} {
		s.Keys(key)
	}
	s.ExpectAbsent("Invoice draft", "profiles", "What happened", "Name of the shop", "Add customer")
	s.Keys("ctrl+1", "ctrl+k")
	s.Type("giulia")
	s.Keys("Return")
	s.Expect("Prefers pickup after 17:00", "+43 ••• ••• 4471")
	s.ExpectAbsent("Show", "Edit", "New invoice", "Write a note…")
}

func (s *story) locksAndComesBack() {
	s.Keys("ctrl+shift+l")
	s.Click("Marta R.")
	s.unlock(ownerPass)
	s.Expect("Owner")
	s.Keys("ctrl+1", "ctrl+n")
	s.Fill("Name", "Half a customer")
	s.Restarted(func() { s.Keys("ctrl+l") })
	s.Expect("Who is at the counter?")
	s.ExpectAbsent("Half a customer")
	s.Picture("26-locked")
	s.Click("Jonas")
	s.unlock(staffPass)
	s.Expect("Workshop")
	s.ExpectAbsent("Half a customer")
	s.Keys("ctrl+shift+l")
	s.Click("Marta R.")
	s.unlock(ownerPass)
	s.Expect("New customer", "Add customer")
	s.Picture("27-back-again")
	require.True(s.t, s.has("Half a customer"), "what was typed is there again")
	s.Keys("Escape")
}

// has says whether a field holds a text.
func (s *story) has(text string) bool {
	for _, c := range s.Map().Controls {
		if c.Text == text {
			return true
		}
	}
	return false
}

func (s *story) looksAtActivityAndSettings() {
	s.Keys("ctrl+5")
	s.Expect("Activity", "Marta R. issued invoice "+s.next)
	s.Picture("28-activity")
	s.Keys("ctrl+6")
	s.Expect("Settings")
	s.Picture("29-settings")
	s.Fill("Minutes until it locks", "1")
	s.Keys("ctrl+s")
	s.Expect("The settings were saved")
}

// seesItInTheDark leaves the pictures that the README shows, and those in the
// dark mode.
func (s *story) seesItInTheDark() {
	for _, mode := range []string{"Light", "Dark"} {
		s.Click("View")
		s.Click(mode)
		suffix := "-" + strings.ToLower(mode)
		s.Keys("ctrl+1", "ctrl+k")
		s.Type("giulia")
		s.Keys("Return")
		s.Expect("C-00001")
		s.Picture("customers" + suffix)
		s.Keys("ctrl+2")
		s.Expect("Passer-by")
		s.Picture("invoices" + suffix)
		s.Keys("ctrl+3")
		s.Expect("Museum glass, cut to size")
		s.Picture("items" + suffix)
		s.Keys("ctrl+4")
		s.Expect("2 profiles")
		s.Click("Jonas")
		s.Picture("staff" + suffix)
		s.Keys("ctrl+5")
		s.Expect("What happened")
		s.Picture("activity" + suffix)
		s.Keys("ctrl+6")
		s.Expect("Name of the shop")
		s.Picture("settings" + suffix)
	}
	s.Click("View")
	s.Click("Light or dark as the system")
}

func (s *story) locksItselfWhenIdle() {
	s.Keys("ctrl+1", "ctrl+n")
	s.Fill("Name", "Left alone")
	s.Restarted(func() { time.Sleep(75 * time.Second) })
	s.Expect("Who is at the counter?")
	s.ExpectAbsent("Left alone")
	s.unlock(ownerPass)
	s.Expect("New customer", "Add customer")
	require.True(s.t, s.has("Left alone"))
	s.Keys("Escape")
}

// leavesNothingBehind ends the program and looks at everything it wrote.
func (s *story) leavesNothingBehind() {
	s.Close()
	var left []string
	require.NoError(s.t, filepath.WalkDir(s.home, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(s.home, path)
		if err != nil {
			return err
		}
		if strings.HasPrefix(rel, ".tour") {
			return nil
		}
		left = append(left, rel)
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, secret := range []string{"Giulia", "Conti", "Neubaugasse", "1234471", "Κανέλλος", "Prefers pickup", "Museum glass", "Passer-by",
			"Half a customer", "Left alone", ownerPass, ownerNext, staffPass, s.kit[0], s.next, "Workshop", "ATU12345675"} {
			require.NotContains(s.t, string(data), secret, rel)
		}
		return nil
	}))
	for _, rel := range left {
		known := rel == "Atelier Rossi.counterbook" ||
			strings.HasPrefix(rel, filepath.Join(".config", "fyne")) || // preferences
			strings.HasPrefix(rel, filepath.Join(".cache", "fyne")) || strings.HasPrefix(rel, filepath.Join(".cache", "fontconfig")) ||
			rel == filepath.Join(".cache", "counterbook", "crash.txt") || strings.HasPrefix(rel, filepath.Join(".cache", "mesa")) ||
			strings.HasPrefix(rel, filepath.Join(".cache", "go-text")) || strings.HasPrefix(rel, filepath.Join(".cache", "fontdirs"))
		require.True(s.t, known, "left behind: %s", rel)
	}
}
