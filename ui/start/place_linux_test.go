package start

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

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
