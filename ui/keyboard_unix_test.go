//go:build unix

package ui

// The keyboard alone, in the whole program: what the menu's shortcuts lead to.
// Package tour plays the same in the real window.

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/ui/screen"
)

// fakePrinter is a printer that keeps what it is sent; the folder it keeps it in.
func fakePrinter(t *testing.T) string {
	t.Helper()
	bin, tray := t.TempDir(), t.TempDir()
	script := "#!/bin/sh\ncat >\"$(mktemp '" + tray + "/XXXXXX')\"\n"
	require.NoError(t, os.WriteFile(filepath.Join(bin, "lp"), []byte(script), 0o700))
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	return tray
}

func TestAKnownCustomersInvoiceIsPrintedWithAtMost25Keys(t *testing.T) {
	tray := fakePrinter(t)
	r := launch(t)
	sh := r.signIn(0)
	require.NoError(t, sh.env.Session.Desk().Put("invoices.print", true)) // ticked with the invoice before
	keys := 0
	types := func(s string) { r.TypeOn(s); keys += len([]rune(s)) }
	press := func(k ...fyne.KeyName) { r.Press(k...); keys += len(k) }
	chord := func(k fyne.KeyName) { r.Shortcut(ctrl(k)); keys++ }

	chord(fyne.KeyK)
	types("cont")
	press(fyne.KeyReturn)
	chord(fyne.KeyI)
	require.True(t, r.HasText("Giulia Conti"))
	types("oak")
	press(fyne.KeyReturn)
	types("2")
	press(fyne.KeyReturn)
	types("mat")
	press(fyne.KeyReturn)
	press(fyne.KeyReturn) // one of it
	chord(fyne.KeyReturn)
	require.True(t, r.HasText("Issue this invoice?"))
	press(fyne.KeyReturn)

	t.Logf("%d keys", keys)
	require.LessOrEqual(t, keys, 25)
	printed, err := filepath.Glob(tray + "/*")
	require.NoError(t, err)
	require.Len(t, printed, 1)
	chord(fyne.KeyP)
	printed, err = filepath.Glob(tray + "/*")
	require.NoError(t, err)
	require.Len(t, printed, 2, "Ctrl+P prints it once more")
}

func TestCtrlIMakesAnInvoiceForWhoeverIsMeant(t *testing.T) {
	r := launch(t)
	sh := r.signIn(0)
	r.TypeOn("conti")
	r.Shortcut(ctrl(fyne.KeyI))
	require.True(t, r.HasText("Invoice draft") && r.HasText("Giulia Conti"), "the only one found")
	r.Shortcut(ctrl("1"))
	r.TypeOn("o") // several
	r.Shortcut(ctrl(fyne.KeyI))
	require.Equal(t, "Bill to", r.Focused(), "nobody is guessed")
	r.Shortcut(ctrl("3"))
	r.Shortcut(ctrl(fyne.KeyI))
	require.Equal(t, screen.Draft, sh.route.Place, "from any screen")
}

func TestShortcutsForInvoicesAreThereForThoseWhoMayUseThem(t *testing.T) {
	r := launch(t)
	labels := func(n int) (out []string) {
		r.signIn(n)
		for _, a := range r.u.actions()["menu.edit"] {
			out = append(out, a.label)
		}
		r.u.SwitchUser()
		return out
	}
	require.Subset(t, labels(0), []string{"menu.invoice", "menu.issue", "menu.print"})
	workshop := labels(3)
	for _, l := range []string{"menu.invoice", "menu.issue", "menu.print"} {
		require.NotContains(t, workshop, l)
	}
}

func TestCtrlEnterSavesANoteWhereOneIsWritten(t *testing.T) {
	r := launch(t)
	sh := r.signIn(0)
	r.TypeOn("conti")
	r.Press(fyne.KeyReturn)
	r.Tap("Preference")
	r.Type("Write a note…", "Prefers mornings")
	r.Shortcut(ctrl(fyne.KeyReturn))
	require.Empty(t, r.Value("Write a note…"))
	ns, err := sh.env.Session.Notes()
	require.NoError(t, err)
	all, err := ns.Of(sh.here().ID)
	require.NoError(t, err)
	require.Equal(t, "Prefers mornings", all[0].Text)
}
