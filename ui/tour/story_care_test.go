//go:build tour && linux

// A day on which the shop is careful with its customers: nobody is added twice, a
// note is kept clean, two records become one and two again, and a file is looked
// through before it is imported, and taken back. It is done without a mouse, but for
// the sign-in and the toolkit's own dialog that asks for a file.

package tour

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store/sample"
	"counterbook/ui/tour/screenmap"
)

// guests are six rows of another program: two that are new, one of them with a note
// that says too much, one that is in the book, one twin, and two that cannot be
// stored.
const guests = `Vorname;Nachname;Telefon;E-Mail;Ort;Lieblingsfarbe;Notiz
Berta;Brandner;+43 664 555 0101;berta@brandner.example;Graz;blau;holt am Freitag
Giulia;Conti;;giulia@conti.example;Wien;;
Horst;Hauser;12;;Linz;;
Ida;Immer;+43 664 555 0199;;Linz;rot;Karte 4111 1111 1111 1111
Ida;Immer;0664 5550199;;Linz;;
;;+43 664 555 0177;;Wels;;
`

func TestAShopIsCarefulWithItsCustomers(t *testing.T) {
	p := atTheDirectory(t)
	p.addsAfterASearch()
	p.isWarnedInANote()
	p.movesAPhoneOutOfANote()
	p.mergesAndUndoesIt()
	p.Close()
}

func TestAFileIsLookedThroughBeforeItIsImportedAndTakenBack(t *testing.T) {
	p := atTheDirectory(t)
	require.NoError(t, os.WriteFile(filepath.Join(p.o.Home, "guests.csv"), []byte(guests), 0o600))
	p.importsAndUndoesIt()
	p.Close()
}

// atTheDirectory signs the owner of the made-up shop in, in the light.
func atTheDirectory(t *testing.T) *typist {
	t.Helper()
	o := options(t, "-sample")
	temporaryFolder(t, &o)
	p := &typist{Program: Start(t, NewDisplay(t), o), t: t}
	p.Expect(atTheCounter)
	p.Click("View")
	p.Click("Light")
	p.Click("Marta R.") // a menu of the window takes the focus away
	p.types("Passphrase", sample.Passphrase)
	p.at("Search customers…")
	return p
}

// isOn says whether what bears a label has the focus. A field below the label is not
// meant.
func isOn(m screenmap.Map, label string) error {
	c, err := target(m, label, "")
	if err != nil || c.Focused || c.In >= 0 && m.Controls[c.In].Focused {
		return err
	}
	return errors.New("it has not")
}

// on waits until what bears a label has the focus by itself.
func (p *typist) on(label string) {
	p.t.Helper()
	p.until(fmt.Sprintf("%q has the focus by itself", label), func() error { return isOn(p.Map(), label) })
}

// presses goes to a button with Tab and presses it.
func (p *typist) presses(label string) {
	p.t.Helper()
	const most = 80
	p.until(fmt.Sprintf("%q is there", label), func() error { _, err := target(p.Map(), label, ""); return err })
	for range most {
		if isOn(p.Map(), label) == nil {
			p.Keys("Return")
			return
		}
		p.tab()
	}
	p.fail("%d times Tab do not reach %q", most, label)
}

// takes opens a menu with the keyboard and takes the line that begins with a letter.
func (p *typist) takes(menu, letter, line string) {
	p.t.Helper()
	p.presses(menu)
	p.Expect(line)
	p.Keys(letter, "Return")
}

// holds waits until a field holds a text.
func (p *typist) holds(label, text string) {
	p.t.Helper()
	p.until(fmt.Sprintf("%q holds %q", label, text), func() error {
		c, err := field(p.Map(), label, "")
		if err != nil || c.Text == text {
			return err
		}
		return fmt.Errorf("it holds %q", c.Text)
	})
}

func (p *typist) addsAfterASearch() {
	p.begins()
	p.Type("Giulia Conte")
	p.Expect("0 of 200")
	p.Picture("care-01-nobody-found")
	p.Keys("ctrl+n")
	p.at("Name")
	p.holds("Name", "Giulia Conte")
	p.Expect("In the book already?", "Giulia Conti", "similar name")
	p.Picture("care-02-near")
	p.types("Name", "")
	p.types("Phone", "")
	p.types("E-mail", "g.conte@example.com")
	p.on("Open Giulia Conti") // nobody is added before somebody looked
	p.Picture("care-03-look-first")
	p.presses("Giulia Conti is somebody else")
	p.ExpectAbsent("In the book already?")
	p.at("Name")
	p.Keys("ctrl+s")
	p.Expect("Giulia Conte was added as C-00201")
	p.Picture("care-04-added")
	p.counted("a customer added after a search")
}

func (p *typist) isWarnedInANote() {
	p.presses("Preference")
	p.at("Write a note…")
	p.Type("Charge card 4111 1111 1111 1111 next time.")
	p.Expect("A card number: “4111 1111 1111 1111”", "Whoever reads the note could pay with it.")
	p.Picture("care-05-guard")
	p.Keys("ctrl+s")
	p.Settle()
	p.Expect("No note yet.")
	p.Keys("alt+1")
	p.holds("Write a note…", "Charge card ending 1111 next time.")
	p.ExpectAbsent("A card number")
	p.Keys("ctrl+s")
	p.Expect("Preference · Marta R.")
	p.Picture("care-06-note-kept-clean")
}

func (p *typist) movesAPhoneOutOfANote() {
	p.at("Write a note…")
	p.Type("Call 0660 1234567 once the frame is ready.")
	p.Expect("A phone number: “0660 1234567”", "Move to Phone")
	p.Picture("care-07-phone-in-a-note")
	p.Keys("alt+1")
	p.Expect("It was moved from the note to the customer's record.", "+43 ••• ••• 4567")
	p.at("Write a note…")
	p.Picture("care-08-phone-moved")
	p.presses("Service requirement")
	p.Keys("ctrl+s")
	p.Expect("Service requirement · Marta R.")
}

func (p *typist) mergesAndUndoesIt() {
	p.presses("More")
	p.Expect("Merge with…")
	p.Picture("care-09-menu")
	p.Keys("m", "Return")
	p.Expect("Merge Giulia Conte with whom?")
	p.Picture("care-10-with-whom")
	p.Type("giulia conti")
	p.Expect("C-00075")
	p.Keys("Return")
	p.Expect("Make one customer of two", "Merge into Giulia Conte")
	p.Picture("care-11-merge")
	p.presses("Go on with C-00075 instead")
	p.Expect("becomes part of it")
	p.Picture("care-12-merge-the-other-way")
	p.presses("Merge into Giulia Cont")
	p.Expect("C-00201 is now part of", "C-00075, C-00201")
	p.Picture("care-13-merged")
	p.presses("Undo the merge with C-00201")
	p.Expect("Giulia Conte is C-00201 again.")
	p.ExpectAbsent("C-00075, C-00201")
	p.Picture("care-14-two-again")
}

func (p *typist) importsAndUndoesIt() {
	p.takes("More for customers", "i", "Import…")
	p.Expect("guests")
	p.Picture("care-15-file")
	p.Click("guests")
	p.Click("Open")
	p.Expect("Import customers", "Lieblingsfarbe", "Semicolon ;")
	p.Picture("care-16-columns")
	p.on("Look through the rows")
	p.Keys("Return")
	p.Expect("What the import would do", "cannot be stored", "Is added", "Is left out", "Is not stored")
	p.Picture("care-17-report")
	p.TabTo("Show")
	p.Settle()
	p.Keys("Tab", "Tab", "Tab")
	p.Settle()
	for _, row := range []string{"care-18-row", "care-19-row", "care-20-row"} {
		p.Keys("Down")
		p.Picture(row)
	}
	p.presses("Import 2 customers")
	p.Expect("2 customers were imported")
	p.Picture("care-21-imported")
	p.presses("Undo the import")
	p.Expect("Undo an import?")
	p.Picture("care-22-undo")
	p.presses("Undo the import")
	p.Expect("2 customers were removed.")
	p.Picture("care-23-undone")
}
