//go:build tour && linux

// A small story of its own, in the made-up shop: somebody new is given a slip, makes
// the passphrase on it their own, and loses a right while they work.

package tour

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store/sample"
)

const (
	tomasOwn = "seven cups beside the green oven"
	elenaOwn = "eleven lamps above a quiet cellar"
)

// slip is one playing of it.
type slip struct {
	*Program
	t     *testing.T
	words string // the passphrase on the slip
}

func TestSomebodyNewComesInWithASlipAndLosesARight(t *testing.T) {
	o := options(t, "-sample")
	temporaryFolder(t, &o)
	s := &slip{t: t, Program: Start(t, NewDisplay(t), o)}
	s.Expect(atTheCounter, sample.Passphrase)
	s.Click("View")
	s.Click("Light")
	s.ownerHandsOverASlip("Tomas", "Front desk")
	s.newcomerChoosesTheirOwn()
	s.ownerTakesARightAwayAtTheCounter()
	s.secondOwnerMakesASheet()
	s.Close()
}

// enters signs in who is named.
func (s *slip) enters(name, pass string) {
	s.Expect(atTheCounter)
	s.Click(name)
	s.TypesInto("Passphrase", pass)
	s.Keys("Return")
}

func (s *slip) ownerHandsOverASlip(name, role string) {
	s.enters("Marta R.", sample.Passphrase)
	s.Expect("Lock", "Owner")
	s.Keys("ctrl+4")
	s.Expect("Staff", "Add profile")
	before := s.Printed()
	s.Click("Add profile")
	s.Fill("Nickname", name)
	s.Choose("Role", role)
	s.Picture("slip-01-add-" + name)
	s.Click("Add profile")
	s.Expect(name+" can sign in now", "choice of their own")
	s.Click("Print slip")
	s.Expect("The slip was sent to the printer.")
	s.Picture("slip-02-handed-" + name)
	printed := slices.DeleteFunc(s.Printed(), func(path string) bool { return slices.Contains(before, path) })
	require.Len(s.t, printed, 1)
	text := PDFText(s.t, printed[0])
	PDFPicture(s.t, printed[0], filepath.Join(s.o.Out, "slip-03-paper-"+name+".png"), 60)
	require.Contains(s.t, text, "For "+name)
	require.Contains(s.t, text, "Choose a passphrase of your own then.")
	s.words = onPaper(s.t, text)
	s.Click("Done")
	s.Expect("first passphrase", "not changed yet")
	s.Picture("slip-04-staff-" + name)
	s.Keys("ctrl+shift+l")
}

// onPaper reads the passphrase off a slip: the only lines of small words alone. Five
// words may need two.
func onPaper(t *testing.T, text string) string {
	t.Helper()
	found := regexp.MustCompile(`(?m)^\s*([a-z-]+(?:\s+[a-z-]+){3,4})\s*$`).FindStringSubmatch(text)
	require.NotNil(t, found, "no passphrase on the slip:\n%s", text)
	return strings.Join(strings.Fields(found[1]), " ")
}

func (s *slip) newcomerChoosesTheirOwn() {
	s.enters("Tomas", s.words)
	s.Expect("Choose your own passphrase, Tomas")
	s.Picture("slip-05-must-choose")
	for _, key := range []string{"ctrl+1", "ctrl+2", "ctrl+n", "ctrl+k"} {
		s.Keys(key)
	}
	s.ExpectAbsent("New customer", "Lock")
	s.Keys("Escape")
	s.Expect(atTheCounter)
	s.Picture("slip-06-left-without")
	s.enters("Tomas", s.words)
	s.Expect("Choose your own passphrase, Tomas")
	s.Click("Use one of my own")
	s.Fill("Passphrase of your own", s.words)
	s.Fill("The same again", s.words)
	s.Click("Save and go on")
	s.Expect("This is the current passphrase.")
	s.Picture("slip-07-the-same-again")
	s.Fill("Passphrase of your own", tomasOwn)
	s.Fill("The same again", tomasOwn)
	s.Keys("Return")
	s.Expect("Lock", "Front desk", "Customers", "Invoices", "Items")
	s.ExpectAbsent("Staff", "Activity", "Settings", "Choose your own passphrase")
	s.Picture("slip-08-in")
	s.Keys("ctrl+shift+l")
	s.enters("Tomas", s.words)
	s.Expect("does not open the profile")
	s.Picture("slip-09-slip-is-worth-nothing")
	s.Keys("ctrl+a")
	(&story{Program: s.Program, t: s.t}).triesAgain()
	s.Type(tomasOwn)
	s.Keys("Return")
	s.Expect("Lock", "Front desk")
}

func (s *slip) ownerTakesARightAwayAtTheCounter() {
	s.Keys("ctrl+1", "ctrl+k")
	s.Type("giulia")
	s.Keys("Return")
	s.Expect("Prefers pickup after 17:00")
	s.Keys("ctrl+2")
	s.Expect("Drafts", "Overdue", "New invoice")
	s.Picture("slip-10-invoices")
	s.Click("Book")
	s.Picture("slip-11-menu")
	s.Click("Change what I may do, with the owner…")
	s.TypesInto("Passphrase of Marta R.", "not the owner's passphrase")
	s.Keys("Return")
	s.Expect("does not open the profile")
	s.Picture("slip-12-with-owner-wrong")
	(&story{Program: s.Program, t: s.t}).triesAgain()
	s.Fill("Passphrase of Marta R.", sample.Passphrase)
	s.Keys("Return")
	s.Expect("What Tomas may do", "Done")
	s.Picture("slip-13-rights")
	s.Click("Read notes")
	s.Expect("Tomas may no longer: Read notes")
	s.Click("See invoices")
	s.Expect("Tomas may no longer: See invoices")
	s.Click("Prepare invoices")
	s.Expect("Tomas may no longer: Prepare invoices")
	s.Picture("slip-14-taken-away")
	s.Keys("Escape")
	s.ExpectAbsent("What Tomas may do", "2026-0007", "Invoices")
	s.Expect("Customers", "Items", "Front desk")
	s.Picture("slip-15-gone-at-once")
	s.Keys("ctrl+k")
	s.Type("giulia")
	s.Keys("Return")
	s.Expect("Giulia Conti", "C-00075")
	s.ExpectAbsent("Prefers pickup after 17:00", "Notes")
	s.Picture("slip-16-no-notes")
	s.Click("Go")
	s.ExpectAbsent("Invoices")
	s.Picture("slip-17-menu-go")
	s.Keys("Escape")
	s.Keys("ctrl+shift+l")
}

func (s *slip) secondOwnerMakesASheet() {
	s.ownerHandsOverASlip("Elena", "Owner")
	s.enters("Elena", s.words)
	s.Expect("Choose your own passphrase, Elena", "You are an owner")
	s.Click("Use one of my own")
	s.Fill("Passphrase of your own", elenaOwn)
	s.Fill("The same again", elenaOwn)
	s.Click("Save and go on")
	s.Expect("The recovery sheet", "Save as PDF…")
	s.Settle()
	of := &story{Program: s.Program, t: s.t}
	kit := of.groups()
	s.Click("Print")
	s.Expect("Sent to the printer.")
	s.Picture("slip-18-sheet")
	s.Click("Next")
	of.typesBack(kit)
	s.Picture("slip-19-check")
	s.Click("Save and go on")
	s.Expect("Lock", "Owner", "Staff", "Settings")
	s.Picture("slip-20-second-owner")
	s.Keys("ctrl+shift+l")
	s.Click("Owner: use the recovery sheet")
	s.Fill("The eight groups", strings.Join(kit, " "))
	s.Click("Open with the sheet")
	s.Expect("A new passphrase for Elena")
	s.Keys("Escape")
}
