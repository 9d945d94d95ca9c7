package start

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/uitest"
)

func TestABookInAFolderThatTakesNoneIsRefusedAtItsPathAndEverythingTypedIsKept(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	d.fillShop()
	d.fillMoney()
	d.fillOwner(s)
	d.Tap("Next")
	d.fillCheck(s)
	dir := uitest.ReadOnly(t)
	path := filepath.Join(dir, "shop.counterbook")
	d.Type("File of the book", path)
	d.Press(fyne.KeyReturn)
	require.Equal(t, d.env.Words.T("start.setup.where.unwritable", map[string]any{"Folder": dir}), s.where.fields.Field(keyPath).Problem())
	require.True(t, d.HasText("The program cannot write into"))
	require.Equal(t, path, d.Value("File of the book"))
	require.Equal(t, "File of the book", d.Focused())
	require.Empty(t, d.made)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left, "nothing half-made")
	require.Equal(t, "Atelier Rossi", s.shop.name.Text)
	require.NotNil(t, s.kit.kit, "the sheet that was written down is still the right one")
}

func TestASalvageThatFailsKeepsEverythingTypedAndLeavesNoHalfMadeFile(t *testing.T) {
	if !uitest.Alone(t) {
		return
	}
	d := newDesk(t)
	path := d.damage(func(b []byte) { clear(b[:2*4096]) })
	page := NewSalvage(d.env, path, d.env.Welcome).(*salvage)
	d.show(page)
	to := filepath.Join(t.TempDir(), "new.counterbook")
	d.Type("Passphrase or recovery sheet", sample.Passphrase)
	d.Type("File of the new book", to)
	room := uitest.NoRoom(t)
	d.Press(fyne.KeyReturn)
	room()
	require.Equal(t, d.env.Words.Error(store.ErrFull), page.form.Field(keyNewBook).Problem())
	require.Equal(t, "File of the new book", d.Focused())
	require.Equal(t, sample.Passphrase, d.Value("Passphrase or recovery sheet"))
	require.Equal(t, to, d.Value("File of the new book"))
	left, err := os.ReadDir(filepath.Dir(to))
	require.NoError(t, err)
	require.Empty(t, left, "nothing half-made")

	page.refused(store.ErrDisk) // it is said above the form
	require.True(t, d.HasText("The disk does not answer"))
	d.looks("salvage-disk")
	page.refused(store.ErrNetwork)
	require.Equal(t, d.env.Words.Error(store.ErrNetwork), page.form.Field(keyNewBook).Problem())
	d.looks("salvage-network")
	d.Focus("File of the new book")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("The new book is made"), "with what was typed before")
	require.Empty(t, d.failed)
}

func TestASalvageIntoAFolderThatTakesNoBookIsRefusedAtItsPath(t *testing.T) {
	d := newDesk(t)
	path := d.damage(func(b []byte) { clear(b[:2*4096]) })
	page := NewSalvage(d.env, path, d.env.Welcome).(*salvage)
	d.show(page)
	dir := uitest.ReadOnly(t)
	d.Type("Passphrase or recovery sheet", sample.Passphrase)
	d.Type("File of the new book", filepath.Join(dir, "new.counterbook"))
	d.Press(fyne.KeyReturn)
	require.Equal(t, d.env.Words.T("start.setup.where.unwritable", map[string]any{"Folder": dir}), page.form.Field(keyNewBook).Problem())
	require.Equal(t, sample.Passphrase, d.Value("Passphrase or recovery sheet"))
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestABackupIsNotRestoredIntoAFolderThatTakesNoBookAndTheChoiceStays(t *testing.T) {
	d := newDesk(t)
	_, backup := d.lost()
	d.env.Options.StateDir = t.TempDir()
	p := NewRestore(d.env, "").(*restorePage)
	d.show(p)
	d.Type("Backup", backup)
	require.NoError(t, os.Chmod(backup, 0o644)) // others may read it
	for _, way := range []string{filepath.Dir(backup), filepath.Dir(filepath.Dir(backup))} {
		require.NoError(t, os.Chmod(way, 0o755))
	}
	dir := uitest.ReadOnly(t)
	place := filepath.Join(dir, "shop.counterbook")
	d.Type("Where the book goes", place)
	d.Tap("Look at it")
	d.Tap("Restore this backup")
	require.Equal(t, d.env.Words.T("start.setup.where.unwritable", map[string]any{"Folder": dir}), p.form.Field(keyPlace).Problem())
	require.Equal(t, backup, d.Value("Backup"))
	require.Equal(t, place, d.Value("Where the book goes"))
	require.Equal(t, "Where the book goes", d.Focused())
	d.CheckLooks()
	require.Empty(t, d.opened)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
}
