//go:build tour && linux

// A shop whose disk spoils the book and whose owner has no whole backup: what is left
// is salvaged into a new book by keyboard. Then the worst of it, when the file no
// longer says who is in it: a backup lends that.

package tour

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
)

// page is how many bytes of a book lie together.
const page = 4096

// destroys writes over pages of the book, as a failing disk does.
func (k *keptShop) destroys(which func(raw []byte, pages int) []int) {
	k.t.Helper()
	raw, err := os.ReadFile(k.book)
	require.NoError(k.t, err)
	for _, n := range which(raw, len(raw)/page) {
		copy(raw[n*page:], bytes.Repeat([]byte{0xA5}, page))
	}
	require.NoError(k.t, os.WriteFile(k.book, raw, 0o600))
	_, err = store.Check(k.book)
	require.ErrorIs(k.t, err, store.ErrDamaged)
}

func TestADamagedBookIsSalvagedAndTheShopGoesOn(t *testing.T) {
	o := options(t)
	if o.Windows() {
		t.Skip("the state folder is elsewhere there")
	}
	k := &keptShop{t: t, o: o, book: filepath.Join(o.Home, "atelier.counterbook"), stick: filepath.Join(o.Home, "stick")}
	require.NoError(t, os.MkdirAll(filepath.Join(o.Home, ".config"), 0o700))
	require.NoError(t, os.MkdirAll(k.stick, 0o700))
	b, err := sample.Create(context.Background(), k.book, 20, k.options(), nil)
	require.NoError(t, err)
	kept, err := b.Backup(context.Background(), k.stick, store.BackupOptions{}, nil)
	require.NoError(t, err)
	require.NoError(t, b.Close())
	whole, err := os.ReadFile(k.book)
	require.NoError(t, err)
	k.d = NewDisplay(t)

	k.destroys(func(_ []byte, pages int) []int { return []int{0, 1, pages / 2} })
	k.salvages()
	require.NoError(t, os.WriteFile(k.book, whole, 0o600))
	k.destroys(func(raw []byte, pages int) (all []int) {
		for n := range pages { // the name of the shop is in the table that names everybody
			if bytes.Contains(raw[n*page:(n+1)*page], []byte("Atelier Rossi")) {
				all = append(all, n)
			}
		}
		return all
	})
	k.salvagesWith(kept.Path)
}

// salvages goes through every page of it.
func (k *keptShop) salvages() {
	damaged, err := os.ReadFile(k.book)
	require.NoError(k.t, err)
	to := filepath.Join(k.o.Home, "atelier-again.counterbook")
	p := k.start()
	p.Expect("atelier is damaged")
	p.at("Restore a backup…")
	p.Picture("salvage-01-damaged")
	p.Keys("Tab", "Return")
	p.Expect("Salvage the book of Atelier Rossi")
	p.at("Passphrase or recovery sheet")
	p.Picture("salvage-02-ask")
	p.Type("not what opens it")
	p.Keys("Return", "Return") // by the file that is proposed
	p.Expect("This passphrase does not open the profile.")
	p.at("Passphrase or recovery sheet")
	p.Keys("ctrl+a")
	p.types("Passphrase or recovery sheet", sample.Passphrase)
	p.at("File of the new book")
	p.Keys("ctrl+a")
	p.Type(k.book)
	p.Keys("Return")
	p.Expect("There is a file of that name already.")
	p.Picture("salvage-03-refused")
	p.at("File of the new book")
	p.Keys("ctrl+a")
	p.Type(to)
	p.Keys("Return")
	p.Expect("The new book is made", "Invoices", "Keep the damaged file atelier.counterbook")
	p.Picture("salvage-04-report")
	p.at("Open the new book")
	p.Keys("Return")
	p.Expect(atTheCounter, "An owner has to sign in")
	p.Picture("salvage-05-sign-in")
	p.types("Passphrase", sample.Passphrase)
	p.Expect("The next invoice will be")
	p.at("Numbers from now on")
	p.TabTo("Go on with this book")
	p.Keys("Return")
	p.at("Search customers…")
	p.Type("giul")
	p.Expect("Giulia Conti")
	p.Picture("salvage-06-customer")
	p.Close()
	now, err := os.ReadFile(k.book)
	require.NoError(k.t, err)
	require.Equal(k.t, damaged, now, "the damaged file is only read")
	_, err = store.Check(to)
	require.NoError(k.t, err)
}

// salvagesWith takes a backup where the file alone says too little.
func (k *keptShop) salvagesWith(backup string) {
	p := k.start()
	p.Expect("atelier is damaged")
	p.at("Restore a backup…")
	p.Keys("Tab", "Return")
	p.Expect("Nothing can be salvaged yet")
	p.at("Add a backup…")
	p.Picture("salvage-07-nothing-yet")
	p.Keys("Return")
	p.Click(filepath.Base(k.stick))
	p.Click(filepath.Base(backup))
	p.Picture("salvage-08-choose-backup")
	p.Click("Open")
	p.types("Passphrase or recovery sheet", sample.Passphrase)
	p.types("File of the new book", "")
	p.Expect("The new book is made")
	p.Picture("salvage-09-report-with")
	p.Keys("Return")
	p.Expect(atTheCounter)
	p.Close()
	_, err := store.Check(filepath.Join(k.o.Home, "atelier-salvaged.counterbook"))
	require.NoError(k.t, err)
}
