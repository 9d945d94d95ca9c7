//go:build tour && linux

// The second half of the story: other people, locking, looking back, and what is
// left when the program has ended.

package tour

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
)

func (s *story) addsStaff() {
	s.Keys("ctrl+shift+l") // who comes back has just typed the passphrase, however long the day was
	s.opens(ownerPass, "Owner")
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
	s.Fill("Current passphrase", ownerPass)
	s.Click("Use one of my own")
	s.Fill("Passphrase of your own", ownerNext)
	s.Fill("The same again", ownerNext)
	s.Picture("21-passphrase")
	s.Click("Change passphrase")
	s.Expect("Your passphrase was changed")
	s.Keys("ctrl+shift+l")
	s.Expect(atTheCounter)
	s.unlock(ownerPass)
	s.Expect("does not open the profile")
	s.triesAgain()
	s.opens(ownerNext, "Owner")
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
	s.Expect("The sheet that opened the book has been used", "Save as PDF…")
	s.Settle()
	fresh := s.groups()
	s.Picture("23-sheet-new-sheet")
	s.Click("Next")
	s.typesBack(fresh)
	s.Click("Save and go on")
	s.kit = fresh
	s.ExpectAbsent("A new passphrase for Marta R.")
	s.Expect("Lock", "Owner")
}

func (s *story) staffFindsOnlyItsScreens() {
	s.Keys("ctrl+shift+l")
	s.Expect(atTheCounter) // the staff screen has a Jonas, too
	s.Click("Jonas")
	s.unlock(staffPass)
	s.Expect("Choose your own passphrase, Jonas")
	s.Click("Use one of my own")
	s.Fill("Passphrase of your own", staffNext)
	s.Fill("The same again", staffNext)
	s.Click("Save and go on")
	s.ExpectAbsent(atTheCounter, "Choose your own passphrase")
	s.Expect("Customers", "Items")
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
	s.opens(ownerPass, "Owner")
	s.Keys("ctrl+1", "ctrl+n")
	s.Fill("Name", "Half a customer")
	s.Restarted(func() { s.Keys("ctrl+l") })
	s.nothingInClear()
	s.Expect(atTheCounter)
	s.ExpectAbsent("Half a customer")
	s.Picture("26-locked")
	s.Click("Jonas")
	s.opens(staffNext, "Workshop")
	s.ExpectAbsent("Half a customer")
	s.Keys("ctrl+shift+l")
	s.Click("Marta R.")
	s.opens(ownerPass, "Owner")
	s.Expect("New customer", "Add customer")
	s.Picture("27-back-again")
	require.True(s.t, s.has("Half a customer"), "what was typed is there again")
	s.Keys("Escape")
	s.Expect("Close without saving?")
	s.Click("Close without saving")
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
	s.Expect("Activity", "Marta R. signed in")
	s.Choose("Kind", "Invoices")
	s.Expect("Marta R. issued invoice " + s.next)
	s.Picture("28-activity")
	s.Keys("ctrl+6")
	s.Expect("Settings")
	s.Picture("29-settings")
	s.ScrollTo("Street and number", "Minutes until the book locks")
	s.Fill("Minutes until the book locks", "1")
	s.Keys("ctrl+s")
	s.Expect("The settings were saved")
}

// seesItInTheDark takes pictures of every screen in both modes.
func (s *story) seesItInTheDark() {
	for _, mode := range []string{"Light", "Dark"} {
		s.Click("View")
		s.Click(mode)
		picture := func(name string) { s.Picture("30-" + strings.ToLower(mode) + "-" + name) }
		s.Keys("ctrl+1", "ctrl+k")
		s.Type("giulia")
		s.Keys("Return")
		s.Expect("C-00001")
		picture("customers")
		s.Keys("ctrl+n")
		s.Expect("Add customer")
		picture("customer-new")
		s.Keys("Escape")
		s.ExpectAbsent("Add customer")
		s.Keys("ctrl+2")
		s.Expect("Passer-by")
		picture("invoices")
		s.Open(s.next)
		s.Expect("An issued invoice never changes")
		picture("invoice")
		s.Keys("ctrl+2")
		s.Open("Passer-by")
		s.Expect("Invoice draft", "26.95")
		picture("invoice-draft")
		s.Keys("ctrl+3")
		s.Expect("Museum glass, cut to size")
		picture("items")
		s.Keys("ctrl+4")
		s.Expect("2 profiles")
		s.Click("Jonas")
		picture("staff")
		s.Keys("ctrl+5")
		s.Expect("What happened")
		picture("activity")
		s.Keys("ctrl+6")
		s.Expect("Name of the shop")
		picture("settings")
	}
	s.Click("View")
	s.Click("Light or dark as the system")
}

func (s *story) locksItselfWhenIdle() {
	s.Keys("ctrl+1", "ctrl+n")
	s.Fill("Name", "Left alone")
	s.Restarted(func() { time.Sleep(75 * time.Second) })
	s.Expect(atTheCounter)
	s.ExpectAbsent("Left alone")
	s.opens(ownerPass, "Owner")
	s.Expect("New customer", "Add customer")
	require.True(s.t, s.has("Left alone"))
	s.Keys("Escape")
	s.Click("Close without saving")
}

// leavesNothingBehind ends the program and looks at everything it wrote.
func (s *story) leavesNothingBehind() {
	s.Close()
	left := s.nothingInClear()
	require.Contains(s.t, left, filepath.Base(s.book))
	for _, rel := range left {
		require.True(s.t, s.expected(rel), "left behind: %s", rel)
		if filepath.Base(rel) == "crash.txt" {
			data, err := os.ReadFile(filepath.Join(s.home, rel))
			require.NoError(s.t, err)
			require.Empty(s.t, data, "something ended the program")
		}
	}
	// The book is kept with the pictures, to be looked at on another system.
	book, err := os.ReadFile(s.book)
	require.NoError(s.t, err)
	require.NoError(s.t, os.WriteFile(filepath.Join(s.o.Out, filepath.Base(s.book)), book, 0o644))
}

// nothingInClear looks for what was typed in every file the program wrote, and
// returns their names.
func (s *story) nothingInClear() []string {
	secrets := append(slices.Clone(s.kit), "Giulia", "Conti", "Neubaugasse", "1234471", "Κανέλλος", "Prefers pickup", "Museum glass",
		"Passer-by", "Half a customer", "Left alone", ownerPass, ownerNext, staffPass, staffNext, "Workshop", "ATU12345675")
	if s.next != "" {
		secrets = append(secrets, s.next)
	}
	all := s.files()
	for _, rel := range all {
		data, err := os.ReadFile(filepath.Join(s.home, rel))
		if errors.Is(err, fs.ErrNotExist) {
			continue // gone since it was listed
		}
		require.NoError(s.t, err)
		for _, secret := range secrets {
			wide := make([]byte, 0, 2*len(secret))
			for _, u := range utf16.Encode([]rune(secret)) {
				wide = append(wide, byte(u), byte(u>>8))
			}
			require.False(s.t, bytes.Contains(data, []byte(secret)) || bytes.Contains(data, wide), "%q is in %s", secret, rel)
		}
	}
	return all
}

// files are the files in the user's folder, relative to it.
func (s *story) files() []string {
	var all []string
	require.NoError(s.t, filepath.WalkDir(s.home, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(s.home, path)
		if err == nil && !strings.HasPrefix(rel, ".tour") {
			all = append(all, rel)
		}
		return err
	}))
	return all
}

// expected says whether a file may be there at the end: the book, preferences, the
// empty crash file, and what the toolkit and the system keep for themselves.
func (s *story) expected(rel string) bool {
	if filepath.Join(s.home, rel) == s.book || slices.Contains(s.before, rel) || filepath.Base(rel) == "crash.txt" {
		return true
	}
	// What this computer remembers of a book: how far it had come, who was erased, and
	// where it is backed up to.
	kept := filepath.ToSlash(filepath.Dir(rel))
	if kept == ".config/counterbook" || kept == "AppData/Roaming/counterbook" {
		return slices.Contains([]string{".seen", ".erased", ".backups"}, filepath.Ext(rel))
	}
	for _, folder := range []string{".config/fyne", ".cache/fyne", ".cache/fontconfig", ".cache/mesa", ".cache/go-text", ".cache/fontdirs", ".cache/font_index",
		"AppData/Roaming/fyne", "AppData/Local/fyne", "AppData/Local/font_index"} {
		if strings.HasPrefix(filepath.ToSlash(rel), folder) {
			return true
		}
	}
	return false
}
