package start

import (
	"os"
	"path/filepath"
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
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Type the passphrase, or the groups of the recovery sheet."))
	d.Type("Passphrase or recovery sheet", "wrong")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText(d.env.Words.Error(store.ErrWrongPassphrase)))
	d.looks("salvage-wrong")
	to := d.Value("File of the new book")
	require.Equal(t, filepath.Join(filepath.Dir(path), "atelier-rossi-salvaged.counterbook"), to)
	d.Type("File of the new book", path)
	d.Type("Passphrase or recovery sheet", sample.Passphrase)
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("There is a file of that name already."))
	d.Type("File of the new book", to)
	d.Press(fyne.KeyReturn, fyne.KeyReturn) // on to the passphrase, which is still there
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
	require.True(t, d.HasText("1 backup fills in missing profiles and keys."))
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
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Making the new book…"))
	d.Tap("Cancel")
	d.runs.letGo()
	require.True(t, d.HasText("Salvage the book of Atelier Rossi"))
	require.Equal(t, sample.Passphrase, page.secret.Text, "what was typed is still there")
	d.runs.hold = true
	d.Press(fyne.KeyReturn)
	page.Leave(func() {})
	d.runs.letGo()
	require.Empty(t, page.secret.Text)
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, left, 1)
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
