//go:build tour && linux

// The keyboard alone: the mouse is taken away, from the first start to the first
// printed invoice, and for the invoice that a shop writes a hundred times.

package tour

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store/sample"
	"counterbook/ui/tour/screenmap"
)

// typist is a person without a mouse.
type typist struct {
	*Program
	t     *testing.T
	keys  int // pressed before what is being counted
	since time.Time
}

// begins starts counting.
func (p *typist) begins() { p.keys, p.since = p.Presses(), time.Now() }

// counted is how many keys were pressed since, and writes it into the log.
func (p *typist) counted(what string) int {
	n := p.Presses() - p.keys
	p.t.Logf("%s: %d keys in %.0f s", what, n, time.Since(p.since).Seconds())
	return n
}

// at waits until a field or a button has the focus by itself: the next key
// belongs there.
func (p *typist) at(label string) {
	p.t.Helper()
	p.until(fmt.Sprintf("%q has the focus by itself", label), func() error {
		m := p.Map()
		for _, c := range matching(m, func(c screenmap.Control) bool { return c.Focused }) {
			if plain(c.Label) == label || plain(c.Hint) == label {
				return nil
			}
		}
		if c, err := field(m, label, ""); err == nil && c.Focused {
			return nil
		}
		return errors.New("it has not")
	})
}

// types types into what has the focus by itself, and presses Return.
func (p *typist) types(label, text string) {
	p.t.Helper()
	p.at(label)
	p.Type(text)
	p.Keys("Return")
}

// printed waits for a document from the printer, the nth one, and leaves it and a
// picture of it with the other pictures.
func (p *typist) printed(n int, name string) (text string) {
	p.t.Helper()
	newest := ""
	p.until(fmt.Sprintf("the printer has %d whole documents", n), func() error {
		if got := len(p.Printed()); got != n {
			return fmt.Errorf("it has %d", got)
		}
		when := time.Time{}
		for _, path := range p.Printed() {
			data, err := os.ReadFile(path)
			if err != nil || !bytes.Contains(data, []byte("%%EOF")) {
				return errors.New("one is on its way")
			}
			st, err := os.Stat(path)
			if err != nil {
				return err
			}
			if !st.ModTime().Before(when) {
				newest, when = path, st.ModTime()
			}
		}
		return nil
	})
	PDFPicture(p.t, newest, filepath.Join(p.o.Out, name+".png"), 96)
	return PDFText(p.t, newest)
}

func TestAShopIsSetUpAndPrintsItsFirstInvoiceWithoutAMouse(t *testing.T) {
	o := options(t)
	if o.Windows() {
		t.Skip("on Windows the viewer prints")
	}
	p := &typist{Program: Start(t, NewDisplay(t), o), t: t}
	p.begins()
	p.at("Set up my shop")
	p.Keys("Return")
	p.types("Name of the shop", "Atelier Rossi")
	p.types("Street and number", "Lange Gasse 8")
	p.types("Postcode", "1080")
	p.types("Town", "Wien")
	p.at("Country")
	p.Type("aa") // Australia, Austria
	p.Keys("Tab")
	p.types("VAT number", "ATU12345675")
	p.types("Tax number", "")
	p.Expect("Money and invoices")
	p.types("IBAN", "AT611904300234573201")
	p.types("BIC", "")
	for _, choice := range []string{"VAT", "Payment", "Invoice numbers"} { // as they are proposed
		p.at(choice)
		p.Keys("Tab")
	}
	p.types("First running number", "")
	p.types("Nickname", "Marta")
	p.Settle()
	pass := p.offered()
	p.types("Type it once to learn it", pass)
	p.at("Print")
	p.Picture("keyboard-1-kit")
	kit := (&story{Program: p.Program, t: t}).groups()
	p.Keys("Return")
	sheet := strings.Join(strings.Fields(p.printed(1, "keyboard-2-kit-printed")), "")
	for _, g := range kit {
		require.Contains(t, sheet, g)
	}
	p.TabTo("Next")
	p.Keys("Return")
	p.Expect("Take the paper in your hand")
	p.Settle()
	for _, c := range p.Map().Controls {
		if n := regexp.MustCompile(`^Group (\d)$`).FindStringSubmatch(c.Label); n != nil && c.Kind == screenmap.Field {
			p.types(c.Label, kit[n[1][0]-'1'])
		}
	}
	p.Expect("Where the book is kept")
	p.Keys("Return")
	p.Expect(atTheCounter)
	p.types("Passphrase", pass)
	p.ExpectAbsent(atTheCounter)
	p.counted("set up and signed in")

	p.Expect("Customers")
	p.Keys("ctrl+n")
	p.types("Name", "Giulia Conti")
	p.types("Phone", "0660 1234471")
	p.at("E-mail")
	p.Keys("Tab")
	p.at("Buys for a company")
	p.Keys("Tab")
	p.at("Add an address")
	p.Keys("space")
	p.types("Street", "Neubaugasse 12")
	p.types("Postcode", "1070")
	p.types("Town", "Wien")
	p.Keys("ctrl+s")
	p.Expect("was added as C-00001")
	p.Keys("ctrl+i")
	p.at("Type an item or scan…")
	p.Picture("keyboard-3-draft-empty")
	p.types("Type an item or scan…", "Frame repaired")
	p.types("Quantity, line 1", "")
	p.types("Price, line 1", "45,50")
	p.at("Type an item or scan…")
	p.Expect("54.60")
	p.Picture("keyboard-4-draft")
	p.Keys("ctrl+p")
	p.at("Issue")
	p.Picture("keyboard-5-issue")
	p.Keys("Return")
	text := p.printed(2, "keyboard-6-invoice-printed")
	p.counted("first start to the first printed invoice")
	for _, want := range []string{"Giulia Conti", "Neubaugasse 12", "Frame repaired", "54,60", "AT61 1904 3002 3457 3201"} {
		require.Contains(t, text, want)
	}
	p.Expect("was sent to the printer")
	p.Picture("keyboard-7-invoice")
	p.Close()
}

// offered is the passphrase that the set-up offers.
func (p *typist) offered() string {
	p.t.Helper()
	words := regexp.MustCompile(`^[a-z]+([ -][a-z]+){3,}$`)
	for _, c := range p.Map().Controls {
		if c.Kind == screenmap.Label && words.MatchString(c.Label) {
			return c.Label
		}
	}
	p.fail("the window offers no passphrase")
	return ""
}

func TestTheInvoiceOfAKnownCustomerTakesAtMost25Keys(t *testing.T) {
	const most = 25
	o := options(t, "-sample")
	if o.Windows() {
		t.Skip("on Windows the viewer prints")
	}
	p := &typist{Program: Start(t, NewDisplay(t), o), t: t}
	p.Expect(atTheCounter)
	p.types("Passphrase", sample.Passphrase)
	p.at("Search customers…")

	p.begins()
	p.Keys("ctrl+k")
	p.Type("giul")
	p.Expect("1 of 200")
	p.Keys("Return")
	p.Expect("C-00075")
	p.Picture("keyboard-8-customer")
	p.Keys("ctrl+i")
	p.types("Type an item or scan…", "oak")
	p.types("Quantity, line 1", "2")
	p.types("Type an item or scan…", "mat")
	p.types("Quantity, line 2", "")
	p.at("Type an item or scan…")
	p.Expect("127.75")
	p.Keys("ctrl+p") // the tick is remembered for Ctrl+Return
	p.at("Issue")
	p.Keys("Return")
	text := p.printed(1, "keyboard-9-known-printed")
	n := p.counted("an invoice of two items for a known customer")
	require.LessOrEqual(t, n, most)
	for _, want := range []string{"Giulia Conti", "Frame, oak 30×40", "Print, matte", "127,75"} {
		require.Contains(t, text, want)
	}

	p.Keys("ctrl+1")
	p.at("Search customers…")
	p.begins()
	p.Type("giul")
	p.Keys("ctrl+i") // nobody else is found
	p.types("Type an item or scan…", "oak")
	p.types("Quantity, line 1", "")
	p.types("Type an item or scan…", "mat")
	p.types("Quantity, line 2", "")
	p.at("Type an item or scan…")
	p.Keys("ctrl+Return")
	p.at("Issue")
	p.Keys("Return")
	p.printed(2, "keyboard-9-known-again")
	require.LessOrEqual(t, p.counted("the same by the shortest way"), 18)
	p.Close()
}
