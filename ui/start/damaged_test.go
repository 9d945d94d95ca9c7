package start

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen/screentest"
)

// damage makes the made-up shop and destroys a part of its file.
func (d *desk) damage(fn func(b []byte)) string {
	d.t.Helper()
	path := filepath.Join(d.t.TempDir(), "atelier-rossi.counterbook")
	b, err := screentest.Make(path, d.env.Options)
	require.NoError(d.t, err)
	require.NoError(d.t, b.Close())
	whole, err := os.ReadFile(path)
	require.NoError(d.t, err)
	fn(whole)
	require.NoError(d.t, os.WriteFile(path, whole, 0o600))
	return path
}

func TestADamagedBookSaysWhatToDoInOrder(t *testing.T) {
	d := newDesk(t)
	d.env.Salvage = func(path string) { d.went = append(d.went, "salvage "+path) }
	d.show(NewDamaged(d.env, "/books/atelier-rossi.counterbook", &store.DamagedError{Where: "pages"}))
	require.True(t, d.HasText("atelier-rossi is damaged"))
	require.True(t, d.HasText("The file was left as it is."))
	d.looks("damaged")
	d.Press(fyne.KeySpace) // the first thing to do has the focus
	require.Equal(t, []string{"restore /books/atelier-rossi.counterbook"}, d.went)
	d.Press(fyne.KeyTab, fyne.KeySpace)
	require.Equal(t, "salvage /books/atelier-rossi.counterbook", d.went[1])
	d.Tap("Back")
	require.Contains(t, d.went, "welcome")
}

func TestADamagedBookIsSalvagedFromTheKeyboard(t *testing.T) {
	d := newDesk(t)
	path := d.damage(func(b []byte) { clear(b[:2*4096]) })
	page := NewSalvage(d.env, path, d.env.Welcome)
	d.show(page)
	require.True(t, d.HasText("Salvage the book of Atelier Rossi"))
	d.looks("salvage-ask")
	d.Press(fyne.KeyReturn, fyne.KeyReturn) // by the file
	require.True(t, d.HasText("Type the passphrase, or the groups of the recovery sheet."))
	d.Type("Passphrase or recovery sheet", "wrong")
	d.Press(fyne.KeyReturn, fyne.KeyReturn)
	require.True(t, d.HasText(d.env.Words.Error(store.ErrWrongPassphrase)))
	d.looks("salvage-wrong")
	to := d.Value("File of the new book")
	require.Equal(t, filepath.Join(filepath.Dir(path), "atelier-rossi-salvaged.counterbook"), to)
	d.Type("File of the new book", path)
	d.Type("Passphrase or recovery sheet", sample.Passphrase)
	d.Press(fyne.KeyReturn, fyne.KeyReturn)
	require.True(t, d.HasText("There is a file of that name already."))
	d.Type("File of the new book", to)
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("The new book is made"))
	require.True(t, d.HasText("The last changes before the damage may be missing."))
	require.False(t, strings.Contains(strings.Join(d.Texts(), " "), sample.Passphrase))
	d.looks("salvage-report")
	d.Press(fyne.KeySpace)
	require.Equal(t, []string{to}, d.opened)
	_, err := store.Check(to)
	require.NoError(t, err)
}

func TestSalvageTakesABackupWhereTheFileAloneSaysTooLittle(t *testing.T) {
	d := newDesk(t)
	whole := filepath.Join(t.TempDir(), "backup.counterbook")
	path := d.damage(func(b []byte) {
		require.NoError(t, os.WriteFile(whole, b, 0o600))
		clear(b)
	})
	d.show(NewSalvage(d.env, path, d.env.Welcome))
	require.True(t, d.HasText("Nothing can be salvaged yet"))
	d.looks("salvage-nothing")
	d.path = whole
	d.Press(fyne.KeySpace)
	require.True(t, d.HasText("1 backup fills in staff and passphrases that the damage reached."))
	d.Press(fyne.KeyEscape)
	require.Contains(t, d.went, "welcome")
}

func TestASalvageThatIsCancelledOrLeftMakesNothing(t *testing.T) {
	d := newDesk(t)
	path := d.damage(func(b []byte) { clear(b[:2*4096]) })
	d.runs.hold = true
	page := NewSalvage(d.env, path, d.env.Welcome).(*salvage)
	d.show(page)
	require.True(t, d.HasText("Looking through atelier-rossi…"))
	d.looks("salvage-looking")
	d.Tap("Cancel")
	d.runs.letGo()
	require.Equal(t, []string{"welcome"}, d.went)

	page = NewSalvage(d.env, path, d.env.Welcome).(*salvage)
	d.show(page)
	d.Type("Passphrase or recovery sheet", sample.Passphrase)
	d.runs.hold = true
	d.Press(fyne.KeyReturn, fyne.KeyReturn)
	require.True(t, d.HasText("Making the new book…"))
	d.Tap("Cancel")
	d.runs.letGo()
	require.True(t, d.HasText("Salvage the book of Atelier Rossi"))
	require.Equal(t, sample.Passphrase, page.secret.Text, "what was typed is still there")
	d.runs.hold = true
	d.Press(fyne.KeyReturn, fyne.KeyReturn)
	require.True(t, d.HasText("Making the new book…"))
	page.Leave(func() {})
	d.runs.letGo()
	require.Empty(t, page.secret.Text)
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, left, 1)
}

func TestAFailedLookThroughKeepsWhatWasTypedAndChosen(t *testing.T) {
	d := newDesk(t)
	var whole []byte
	path := d.damage(func(b []byte) {
		whole = slices.Clone(b)
		clear(b[:2*4096])
	})
	stick := t.TempDir()
	first, second := filepath.Join(stick, "first.counterbook-backup"), filepath.Join(stick, "second.counterbook-backup")
	require.NoError(t, os.WriteFile(first, whole, 0o600))
	page := NewSalvage(d.env, path, d.env.Welcome).(*salvage)
	d.show(page)
	page.owner.Choose(1)
	who, to := page.owner.Selected(), filepath.Join(stick, "new.counterbook")
	d.Type("Passphrase or recovery sheet", "half typed")
	d.Type("File of the new book", to)
	kept := func() {
		t.Helper()
		require.Equal(t, who, page.owner.Selected())
		require.Equal(t, "half typed", d.Value("Passphrase or recovery sheet"))
		require.Equal(t, to, d.Value("File of the new book"))
	}
	d.path = first
	d.Tap("Add a backup…")
	kept()

	d.path = second // its stick was taken out
	d.Tap("Add a backup…")
	require.True(t, d.HasText("second.counterbook-backup does not help."))
	require.True(t, d.HasText("Put the drive in, or choose another one."))
	require.True(t, d.HasText("1 backup fills in"), "the other one still does")
	kept()
	d.looks("salvage-unread")

	d.runs.hold = true
	d.Tap("Try again")
	require.True(t, d.HasText("Looking through second"))
	d.Tap("Cancel")
	d.runs.letGo()
	require.False(t, d.HasText("does not help"), "who stops it knows why")
	require.True(t, d.HasText("1 backup fills in"))
	kept()
	require.Empty(t, d.went)

	d.Tap("Add a backup…")
	require.NoError(t, os.WriteFile(second, whole, 0o600))
	d.Tap("Try again")
	require.True(t, d.HasText("2 backups fill in"))
	kept()

	require.Empty(t, d.failed, "nothing is said where it goes away")
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	require.NoError(t, err)
	require.Equal(t, []string{path}, left)
	page.Leave(func() {})
}

func TestAFileThatCannotBeLookedThroughCanBeTriedAgain(t *testing.T) {
	d := newDesk(t)
	path := d.damage(func(b []byte) { clear(b[:2*4096]) })
	aside := path + ".aside"
	require.NoError(t, os.Rename(path, aside))
	d.show(NewSalvage(d.env, path, d.env.Welcome))
	require.True(t, d.HasText("Nothing can be salvaged yet"))
	d.looks("salvage-missing")
	require.NoError(t, os.Rename(aside, path))
	d.Tap("Try again")
	require.True(t, d.HasText("Salvage the book of Atelier Rossi"))
}

func TestAddingABackupKeepsWhatWasTypedAndBackLeadsWhereOneCameFrom(t *testing.T) {
	d := newDesk(t)
	whole := filepath.Join(t.TempDir(), "backup.counterbook")
	path := d.damage(func(b []byte) {
		require.NoError(t, os.WriteFile(whole, b, 0o600))
		clear(b[:2*4096])
	})
	page := NewSalvage(d.env, path, func() { d.went = append(d.went, "damaged") }).(*salvage)
	d.show(page)
	page.owner.Choose(1)
	who := page.owner.Selected()
	d.Type("Passphrase or recovery sheet", "half typed")
	d.path = whole
	d.Tap("Add a backup…")
	require.Equal(t, who, page.owner.Selected())
	require.Equal(t, "half typed", d.Value("Passphrase or recovery sheet"))
	d.Press(fyne.KeyEscape)
	d.Tap("Back")
	require.Equal(t, []string{"damaged", "damaged"}, d.went)
	page.Leave(func() {})
	require.Empty(t, page.secret.Text)
}
