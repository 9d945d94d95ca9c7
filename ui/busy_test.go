package ui

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/uitest"
)

func TestABookThatIsOpenElsewhereIsNamedAtTheWelcomeAndOpenedOnceItIsFree(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.counterbook")
	b, err := screentest.Make(path, screentest.Options())
	require.NoError(t, err)
	defer b.Close()
	first, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)

	a := test.NewTempApp(t)
	u, err := New(a, Options{Path: path, KDF: &store.CheapKDF, Run: screentest.Inline{}, TempDir: filepath.Join(t.TempDir(), "handouts")})
	require.NoError(t, err)
	w := &uitest.Window{T: t, App: a, Window: u.window}
	t.Cleanup(func() { u.closeBook(); u.idle.stop(); u.window.Close() })
	require.True(t, w.HasText("The book is open in another window or program. Close it there, then try again; nothing was changed."))
	require.True(t, w.HasText("Set up my shop"), "at the welcome, from where it can be tried again")
	require.Nil(t, u.book)

	cs, err := first.Customers()
	require.NoError(t, err)
	_, err = cs.Save(store.Customer{Name: "Saved meanwhile"})
	require.NoError(t, err, "the first one goes on unharmed")
	first.Close()
	require.NoError(t, b.Close())
	u.open(path)
	require.True(t, w.HasText("Who is at the counter?"))
}
