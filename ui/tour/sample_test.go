//go:build tour && linux

// The made-up shop: somebody looks around in it, and it is gone afterwards. The
// pictures in the README are taken here, in the light.

package tour

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store/sample"
)

func TestTheMadeUpShopIsOpenedToLookAround(t *testing.T) {
	o := options(t, "-sample")
	left := madeUp(t, temporaryFolder(t, &o))
	before := left()
	p := Start(t, NewDisplay(t), o)
	p.Expect("Who is at the counter?", "Marta R.", "Jonas", "Lena", "Pia", "Studio Ferri", "This shop is made up.")
	for _, who := range []string{"Jonas", "Lena", "Pia", "Studio Ferri"} {
		p.Click(who)
		p.Expect(sample.PassphraseOf(who))
	}
	p.Click("View")
	p.Click("Light")
	require.Len(t, left(), len(before)+1)
	p.Click("Marta R.")
	p.Expect(sample.Passphrase)
	forReadme(p, "sign-in")
	p.TypesInto("Passphrase", sample.Passphrase)
	p.Keys("Return")
	p.Expect("Customers", "Owner", "200")
	p.Picture("made-up-directory")
	p.Click("Last visit")
	p.Click("Last visit") // the latest first
	p.Expect("Sofia Lindqvist", "Maria Esposito")
	p.Open("Giulia Conti")
	p.Expect("Prefers pickup after 17:00", "Purchases", "Conti Keramik e.U.")
	forReadme(p, "customers")
	p.Keys("ctrl+2")
	p.Expect("Invoices")
	p.Picture("made-up-invoices")
	p.TypesInto("Search number or recipient…", "conti")
	p.Open("Draft")
	p.Expect("Invoice draft", "Giulia Conti", "301.51")
	forReadme(p, "invoice")
	p.Keys("ctrl+4")
	p.Expect("5 profiles")
	p.Click("Lena")
	p.Expect("What Lena may do")
	forReadme(p, "staff")
	p.Keys("ctrl+5")
	p.Expect("Activity")
	p.Picture("made-up-activity")
	p.Close()
	require.Equal(t, before, left(), "the folder of the made-up shop is gone")
}

func TestALargeMadeUpShopTellsHowFarItIsAndCanBeStopped(t *testing.T) {
	o := options(t, "-sample", "100000")
	left := madeUp(t, temporaryFolder(t, &o))
	before := left()
	p := Start(t, NewDisplay(t), o)
	p.Expect("Making a shop of 100,000 customers…", "% done")
	p.Picture("made-up-making")
	p.Click("Cancel")
	p.Expect("Set up my shop", "Look around")
	require.Equal(t, before, left(), "nothing of it stays")
	p.Close()
}

// madeUp returns what lists the folders of made-up shops.
func madeUp(t *testing.T, temporary string) func() []string {
	return func() []string {
		t.Helper()
		found, err := filepath.Glob(filepath.Join(temporary, "counterbook-sample-*"))
		require.NoError(t, err)
		return found
	}
}

// forReadme takes a picture; with README_PICTURES also into the folder it names.
func forReadme(p *Program, name string) {
	p.t.Helper()
	data, err := os.ReadFile(p.Picture("made-up-" + name))
	require.NoError(p.t, err)
	if dir := os.Getenv("README_PICTURES"); dir != "" {
		require.NoError(p.t, os.WriteFile(filepath.Join(dir, name+".png"), data, 0o644))
	}
}
