package invoices

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/uitest"
)

func TestAPDFForAFolderThatTakesNoneIsNotHalfWritten(t *testing.T) {
	d := screentest.New(t, owner)
	d.Resize(page)
	d.Open(NewInvoice, screen.Route{Place: screen.Invoice, ID: invoicesOf(d)[0].ID})
	dir := uitest.ReadOnly(t)
	d.Path = filepath.Join(dir, "2026-0007.pdf")
	d.Tap("Save PDF…")
	require.Equal(t, "2026-0007.pdf was not saved; nothing half-written was left. The program may not write there. Nothing was written; choose another folder.", d.Said[0].Text)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
	require.Empty(t, handed(d), "and the log does not say it was")
	d.Path = filepath.Join(dir, "missing", "x.pdf")
	d.Tap("Save PDF…")
	require.Equal(t, "x.pdf was not saved; nothing half-written was left. The file or its folder is not there any more. Choose another one.", d.Said[1].Text)
}
