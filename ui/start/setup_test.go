package start

import (
	"errors"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

// fillShop fills the first step and goes on.
func (d *desk) fillShop() {
	d.Type("Name of the shop", "Atelier Rossi")
	d.Type("Street and number", "Lange Gasse 8")
	d.Type("Postcode", "1080")
	d.Type("Town", "Wien")
	d.Select("Country").Choose(index(d.Select("Country").Options, "Austria"))
	d.Type("VAT number", "u12345675")
	d.Tap("Next")
}

func (d *desk) fillMoney() {
	d.Type("IBAN", "at611904300234573201")
	d.Tap("Next")
}

func (d *desk) fillOwner(s *setUp) string {
	d.Type("Nickname", "Marta R.")
	d.Type("Type it once to learn it", s.owner.chooser.offered)
	d.Tap("Next")
	return s.owner.secret
}

// fillCheck types the two groups back, as a person does.
func (d *desk) fillCheck(s *setUp) {
	groups, ask := s.kit.kit.Groups(), s.kit.kit.Ask()
	for _, g := range ask {
		d.Type("Group "+string(rune('1'+g)), strings.ToLower(groups[g]))
	}
	d.Tap("Next")
}

func index(list []string, v string) int {
	for i, x := range list {
		if x == v {
			return i
		}
	}
	return -1
}

func (d *desk) setUp() *setUp {
	s := NewSetUp(d.env).(*setUp)
	d.show(s)
	return s
}

func TestSetUpMakesABookThatThePassphraseAndTheSheetOpen(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	require.Equal(t, "Name of the shop", d.Focused())
	d.looks("setup-1-shop")
	d.fillShop()
	require.Equal(t, "ATU12345675", s.shop.vat.Text, "the country may be left out")
	require.Equal(t, "EUR", d.Select("Currency").Selected())
	require.Equal(t, "20 % · 13 % · 10 %", d.Select("VAT").Selected())
	require.True(t, d.HasText("Your first invoice will be 2026-0001."))
	d.looks("setup-2-money")
	d.fillMoney()
	require.Equal(t, "AT61 1904 3002 3457 3201", s.money.iban.Text)
	require.Equal(t, "Nickname", d.Focused())
	d.looks("setup-3-owner")
	secret := d.fillOwner(s)
	require.Len(t, strings.Fields(secret), store.OwnerWords)

	require.Equal(t, "Print", d.Focused())
	shown := ""
	for _, x := range d.Texts() {
		if len(x) == 1 && s.kit.kit != nil && strings.Contains("0123456789ABCDEFGHJKMNPQRSTVWXYZ", x) {
			shown += x
		}
	}
	require.Contains(t, undigit(shown), undigit(strings.Join(s.kit.kit.Groups(), "")))
	d.looks("setup-4-kit")
	kit, err := store.ParseKit(strings.Join(s.kit.kit.Groups(), " "))
	require.NoError(t, err)
	d.Tap("Next")
	d.looks("setup-5-check")
	d.fillCheck(s)
	require.Equal(t, filepath.Join(d.env.BookDir, "atelier-rossi.counterbook"), d.Value("File of the book"))
	d.looks("setup-6-where")
	d.runs.hold = true
	d.Press(fyne.KeyReturn)
	require.True(t, d.Button("Making the book…").Disabled())
	require.True(t, d.HasText("working out the key"))
	d.Press(fyne.KeyEscape)
	require.True(t, d.Has("File of the book"), "Escape does nothing while the book is made")
	d.looks("setup-7-making")
	d.runs.letGo()

	require.Len(t, d.made, 1)
	b := d.made[0]
	require.Equal(t, "Atelier Rossi", b.Info().Shop)
	session, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(secret))
	require.NoError(t, err)
	defer session.Close()
	book, err := session.Shop()
	require.NoError(t, err)
	sh, err := book.Get()
	require.NoError(t, err)
	require.Equal(t, invoice.Address{Street: "Lange Gasse 8", Postcode: "1080", City: "Wien", Country: "AT"}, sh.Legal.Address)
	require.Equal(t, "ATU12345675", sh.Legal.VATID)
	require.Equal(t, "AT611904300234573201", sh.Bank.IBAN)
	require.Equal(t, "de", sh.Language)
	require.Len(t, sh.Rates, 3)
	byKit, err := b.SignInWithKit(kit)
	require.NoError(t, err)
	byKit.Close()
}

// undigit leaves letters only: the numbers of groups stand between them.
func undigit(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, s)
}

func TestNothingSecretStaysWhenTheSetUpIsLeft(t *testing.T) {
	for name, leave := range map[string]func(*desk, *setUp){
		"made": func(d *desk, _ *setUp) { d.Press(fyne.KeyReturn); require.Len(t, d.made, 1) },
		"shut": func(_ *desk, s *setUp) { s.Leave(func() {}) },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			s := d.setUp()
			d.fillShop()
			d.fillMoney()
			secret := d.fillOwner(s)
			groups := s.kit.kit.Groups()
			d.Tap("Next")
			d.fillCheck(s)
			leave(d, s)
			require.Nil(t, s.kit.kit)
			require.Empty(t, s.owner.secret)
			for i := range s.steps {
				s.at = i
				s.draw()
				all := strings.Join(d.Texts(), " ")
				require.NotContains(t, all, secret)
				for _, g := range groups {
					require.NotContains(t, strings.ReplaceAll(all, " ", ""), g)
				}
			}
			require.Empty(t, d.App.Clipboard().Content())
		})
	}
}

func TestGoingBackKeepsEverythingTyped(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	d.fillShop()
	d.Select("VAT").Choose(2)
	d.Type("VAT rates", "20")
	d.fillMoney()
	d.Type("Nickname", "Marta R.")
	offered := s.owner.chooser.offered
	d.Type("Type it once to learn it", offered)
	d.Press(fyne.KeyReturn) // Enter in the last field is Next
	groups := s.kit.kit.Groups()
	d.Tap("Next")
	first := "Group " + string(rune('1'+s.kit.kit.Ask()[0]))
	d.Type(first, "abc")

	d.Press(fyne.KeyEscape)
	require.True(t, d.HasText("Step 4 of 6"))
	require.Equal(t, groups, s.kit.kit.Groups(), "the kit stays the one that was written down")
	d.Tap("Back")
	require.Equal(t, offered, d.Value("Type it once to learn it"))
	require.Equal(t, "Marta R.", d.Value("Nickname"))
	d.Press(fyne.KeyEscape)
	require.Equal(t, "20", d.Value("VAT rates"))
	d.Tap("Back")
	require.Equal(t, "Atelier Rossi", d.Value("Name of the shop"))
	require.Equal(t, "Austria", d.Select("Country").Selected())
	for range 4 {
		d.Tap("Next")
	}
	require.Equal(t, "abc", d.Value(first))
}

func TestLeavingTheSetUpAsksWhenSomethingWasTyped(t *testing.T) {
	d := newDesk(t)
	d.setUp()
	d.Press(fyne.KeyEscape)
	require.Equal(t, []string{"welcome"}, d.went, "nothing typed, nothing asked")

	d.Type("Name of the shop", "Rossi")
	d.Press(fyne.KeyEscape)
	d.looks("setup-leave")
	require.Equal(t, "Stay here", d.Focused())
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Rossi", d.Value("Name of the shop"))
	d.Press(fyne.KeyEscape)
	d.Tap("Leave")
	require.Len(t, d.went, 2)
}

func TestWrongInputIsSaidUnderItsFieldAndStaysTyped(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	d.Tap("Next")
	require.Equal(t, "Name of the shop", d.Focused())
	for _, key := range []string{"Name", "Legal.Address.Street", "Legal.Address.City", "Legal.Address.Country"} {
		require.NotEmpty(t, s.shop.fields.Field(key).Problem(), key)
	}
	d.looks("setup-1-problems")
	d.Type("Name of the shop", "Rossi 😀")
	d.Type("Street and number", "Lange Gasse 8")
	d.Type("Town", "Wien")
	d.Select("Country").Choose(index(d.Select("Country").Options, "Austria"))
	d.Type("VAT number", "ATU12345674")
	d.Tap("Next")
	require.Equal(t, "Rossi 😀", d.Value("Name of the shop"))
	require.Contains(t, s.shop.fields.Field("Name").Problem(), "😀")
	require.Contains(t, s.shop.fields.Field("Legal.VATID").Problem(), "check digits")
	d.Type("Name of the shop", "Rossi")
	d.Type("VAT number", "")
	d.Tap("Next")

	d.Type("IBAN", "AT611904300234573202")
	d.Type("BIC", "X")
	d.Select("VAT").Choose(2)
	require.Equal(t, "20, 13, 10", d.Value("VAT rates"), "it starts from what was chosen")
	d.Type("VAT rates", "20, 20")
	d.Select("Payment").Choose(4)
	d.Type("Days until payment is due", "soon")
	d.Select("Invoice numbers").Choose(4)
	d.Type("Pattern of my own", "2026")
	d.Type("First running number", "0")
	d.Tap("Next")
	for _, key := range []string{"Bank.IBAN", "Bank.BIC", "Rates", "PaymentDays", "NumberPattern", "NumberStart"} {
		require.NotEmpty(t, s.money.fields.Field(key).Problem(), key)
	}
	require.Equal(t, "IBAN", d.Focused())
	require.Equal(t, "AT611904300234573202", d.Value("IBAN"))
	d.looks("setup-2-problems")
}

func TestCountryProposesWhatNobodyChoseOtherwise(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	choose := func(name string) {
		d.Select("Country").Choose(index(d.Select("Country").Options, name))
	}
	choose("Switzerland")
	require.Equal(t, "CHF", s.money.currency.Selected())
	require.Equal(t, "8.1, 3.8, 2.6", s.money.vat.Value())
	require.Equal(t, "de", s.money.documents())
	choose("France")
	require.Equal(t, "EUR", s.money.currency.Selected())
	require.Equal(t, "20, 10, 5.5, 2.1", s.money.vat.Value())
	require.Equal(t, "en", s.money.documents())
	s.money.vat.SetValue("5.5")
	s.money.currency.SetIndex(index(currencies, "USD"))
	choose("Austria")
	require.Equal(t, "5.5", s.money.vat.Value())
	require.Equal(t, "USD", s.money.currency.Selected())
}

func TestRateOfZeroAsksForTheReasonOfAnExemption(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	d.fillShop()
	require.False(t, d.Has("Why there is no VAT"))
	d.Select("VAT").Choose(2)
	d.Type("VAT rates", "0")
	require.Empty(t, d.Value("Why there is no VAT"), "it may be a rate like others")
	d.Type("Why there is no VAT", "Exempt as a healer")
	d.looks("setup-2-exempt")
	sh := s.newShop()
	require.Equal(t, invoice.Exempt, sh.Rates[0].Category)
	require.Equal(t, "Exempt as a healer", sh.Rates[0].Reason)
	d.Type("VAT rates", "20")
	require.Equal(t, invoice.Standard, s.newShop().Rates[0].Category)
}

func TestASmallBusinessGetsTheSentenceOfItsCountry(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	d.fillShop()
	d.Select("VAT").Choose(1)
	require.Equal(t, "Umsatzsteuerfrei, da Kleinunternehmer gemäß § 6 Abs. 1 Z 27 UStG", d.Value("Why there is no VAT"))
	d.looks("setup-2-small")
	require.Equal(t, []invoice.Tax{{Category: invoice.Exempt, Reason: d.Value("Why there is no VAT")}}, s.newShop().Rates)
	d.Select("Language of invoices").Choose(1)
	require.Contains(t, d.Value("Why there is no VAT"), "Exempt from VAT: small business", "in the language of invoices")
	d.Tap("Back")
	d.Select("Country").Choose(index(d.Select("Country").Options, "France"))
	d.Type("VAT number", "")
	d.Tap("Next")
	require.Empty(t, d.Value("Why there is no VAT"))
	d.Tap("Next")
	require.Equal(t, "Why there is no VAT", d.Focused())
	require.Contains(t, s.money.fields.Field("Reason").Problem(), "The law wants a sentence")
	d.Type("Why there is no VAT", "TVA non applicable")
	d.Select("VAT").Choose(0)
	require.Len(t, s.newShop().Rates, 4)
	d.Select("VAT").Choose(1)
	require.Equal(t, "TVA non applicable", d.Value("Why there is no VAT"))
}

func TestMistypedGroupIsNamedAndNothingIsMade(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	d.fillShop()
	d.fillMoney()
	d.fillOwner(s)
	d.Tap("Next")
	ask, groups := s.kit.kit.Ask(), s.kit.kit.Groups()
	second := "Group " + string(rune('1'+ask[1]))
	d.Type("Group "+string(rune('1'+ask[0])), groups[ask[0]])
	d.Type(second, groups[ask[0]])
	d.Tap("Next")
	require.True(t, d.HasText(second+" is not as it stands on the sheet"))
	require.Equal(t, second, d.Focused())
	require.Equal(t, groups[ask[0]], d.Value(second))
	d.looks("setup-5-problem")
	require.True(t, d.HasText("Step 5 of 6"))
}

func TestSheetIsSavedForItsOwnerAloneAndPrinted(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	d.fillShop()
	d.fillMoney()
	d.fillOwner(s)
	d.path = filepath.Join(t.TempDir(), "sheet")
	d.Tap("Save as PDF…")
	require.Equal(t, []string{"atelier-rossi-recovery-sheet.pdf"}, d.asked)
	info, err := os.Stat(d.path + ".pdf")
	require.NoError(t, err)
	if runtime.GOOS != "windows" {
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}
	require.True(t, d.HasText("Saved as sheet.pdf."))
	d.looks("setup-4-saved")
	d.Tap("Print")
	require.Equal(t, []string{"Recovery sheet %PDF-"}, d.printed)
	require.True(t, d.HasText("Sent to the printer."))

	d.printErr = errors.New("no paper")
	d.Tap("Print")
	require.True(t, d.HasText("The sheet was not handed on."))
	d.path = filepath.Join(t.TempDir(), "missing", "sheet.pdf")
	d.Tap("Save as PDF…")
	require.True(t, d.HasText("The sheet was not handed on."))
	require.False(t, d.Button("Print").Disabled())
}

func TestBookIsNeverMadeOverAFileOrWhereItCannotBe(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	d.fillShop()
	d.fillMoney()
	d.fillOwner(s)
	d.Tap("Next")
	d.fillCheck(s)

	there := filepath.Join(t.TempDir(), "there.counterbook")
	require.NoError(t, os.WriteFile(there, []byte("mine"), 0o600))
	d.Type("File of the book", there)
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("There is a file of that name already."))
	d.looks("setup-6-exists")
	d.Type("File of the book", filepath.Join(there, "in a file.counterbook"))
	d.Tap("Make the book")
	require.True(t, d.HasText("does not exist. Choose another one"))
	d.Type("File of the book", filepath.Join(filepath.Dir(there), "missing", "x"))
	d.Tap("Make the book")
	require.True(t, d.HasText("does not exist. Choose another one"))
	require.Empty(t, d.made)
	kept, err := os.ReadFile(there)
	require.NoError(t, err)
	require.Equal(t, "mine", string(kept))

	d.Type("File of the book", filepath.Join(t.TempDir(), "OneDrive", "x.counterbook"))
	require.True(t, d.HasText("OneDrive copies this folder to other computers."))
	d.looks("setup-6-synced")
	d.Type("File of the book", filepath.Join(filepath.Dir(there), "y.counterbook"))
	require.False(t, d.HasText("OneDrive copies"))
	s.refused(store.ErrNetwork)
	require.True(t, d.HasText("This is a folder on another computer."))
	s.refused(&fs.PathError{Op: "open", Path: there, Err: fs.ErrPermission})
	require.True(t, d.HasText("The program cannot write into"))
	d.looks("setup-6-unwritable")
	d.path = filepath.Join(t.TempDir(), "chosen")
	d.Tap("Change…")
	require.Equal(t, d.path+".counterbook", d.Value("File of the book"))
	d.Tap("Make the book")
	require.Len(t, d.made, 1)
}

func TestProblemOfTheBookLeadsToItsStep(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	d.fillShop()
	d.fillMoney()
	d.fillOwner(s)
	d.Tap("Next")
	d.fillCheck(s)
	d.fillShop2(s, strings.Repeat("a", 70))
	d.Tap("Make the book")
	require.True(t, d.HasText("Step 1 of 6"))
	require.Contains(t, s.shop.fields.Field("Name").Problem(), "too long")
	require.Equal(t, "Name of the shop", d.Focused())

	s.at = 5
	d.fillShop2(s, "Atelier Rossi")
	s.refused(store.ErrWeak)
	require.True(t, d.HasText("Step 3 of 6"))
	s.refused(store.ErrUncertain)
	require.Equal(t, []error{store.ErrUncertain}, d.failed)
}

// fillShop2 puts another name where the first step would not take it.
func (d *desk) fillShop2(s *setUp, name string) {
	s.shop.name.SetText(name)
	d.Settle()
}

func TestFileNameIsTakenByEveryFileSystem(t *testing.T) {
	for shop, want := range map[string]string{
		"Atelier Rossi":                "atelier-rossi",
		"  Grüße & Söhne / Co. ":       "grüße-söhne-co",
		"Κανέλλος":                     "κανέλλος",
		"///":                          "shop",
		"CON":                          "con-shop",
		"lpt1":                         "lpt1-shop",
		"..\\..\\x":                    "x",
		strings.Repeat("ab", 50) + "/": strings.Repeat("ab", 30),
	} {
		require.Equal(t, want, fileName(shop), shop)
	}
}

func TestProposedFileIsOneThatIsNotThere(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "rossi.counterbook"), nil, 0o600))
	require.Equal(t, filepath.Join(dir, "rossi-2.counterbook"), propose(dir, "Rossi"))
}

func TestRatesAreReadAsTheyAreWritten(t *testing.T) {
	d := newDesk(t)
	for line, want := range map[string]string{
		"20, 10":        "20, 10",
		"20 10;5.5":     "20, 10, 5.5",
		"20 %, 13 %":    "20, 13",
		" 7 ":           "7",
		"0":             "0",
		"":              "",
		"20, 20":        "",
		"101":           "",
		"-1":            "",
		"5.123":         "",
		"twenty":        "",
		"20, 10, , 5 ,": "20, 10, 5",
	} {
		rates, ok := parseRates(d.env.Words, line)
		require.Equal(t, want != "", ok, line)
		if ok {
			require.Equal(t, want, formatRates(d.env.Words, taxes(rates, "")), line)
		}
	}
}

// TestSetUpIsDoneWithTheKeyboardAlone types what a new owner types and presses
// Return, Tab and letters: from the first page to a book, without the mouse.
func TestSetUpIsDoneWithTheKeyboardAlone(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	line := func(text string) { d.TypeOn(text); d.Press(fyne.KeyReturn) }
	line("Atelier Rossi")
	line("Lange Gasse 8")
	line("1080")
	line("Wien")
	require.Contains(t, d.Focused(), "Country")
	d.TypeOn("austri")
	require.Equal(t, "Austria", d.Select("Country").Selected())
	d.Press(fyne.KeyTab)
	line("ATU12345675")
	require.Equal(t, "Tax number", d.Focused())
	d.Press(fyne.KeyReturn)

	require.Equal(t, "IBAN", d.Focused(), "Return in the last field goes on, and the country filled in what comes before")
	line("AT611904300234573201")
	require.Equal(t, "BIC", d.Focused())
	d.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)
	require.Equal(t, "First running number", d.Focused())
	d.Press(fyne.KeyReturn)

	line("Marta R.")
	line(s.owner.chooser.offered)
	require.Equal(t, "Print", d.Focused())
	d.Press(fyne.KeyReturn)
	require.Len(t, d.printed, 1)
	require.Equal(t, "Next", d.Focused(), "the sheet is printed")
	d.Press(fyne.KeyReturn)
	for _, g := range s.kit.kit.Ask() {
		line(s.kit.kit.Groups()[g])
	}
	require.Equal(t, "File of the book", d.Focused())
	d.Press(fyne.KeyReturn)
	require.Len(t, d.made, 1)
	require.Empty(t, d.failed)
}

func TestThePageBesideTheSetUpFollowsWhatIsTyped(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	s.preview.After = func(_ time.Duration, f func()) func() { f(); return func() {} }
	changes := func(what string, do func()) {
		t.Helper()
		before := s.preview.Page()
		do()
		require.NotEqual(t, before, s.preview.Page(), what)
	}
	changes("name", func() { d.Type("Name of the shop", "Atelier Rossi") })
	changes("street", func() { d.Type("Street and number", "Lange Gasse 8") })
	changes("country", func() { d.Select("Country").Choose(index(d.Select("Country").Options, "Austria")) })
	for _, field := range []string{"Postcode", "Town", "VAT number", "Tax number"} {
		changes(field, func() { d.Type(field, "12345") })
	}
	d.path = filepath.Join(t.TempDir(), "logo.png")
	f, err := os.Create(d.path)
	require.NoError(t, err)
	require.NoError(t, png.Encode(f, image.NewGray(image.Rect(0, 0, 60, 20))))
	require.NoError(t, f.Close())
	changes("logo", func() { d.Tap("Choose a picture…"); d.Tap("Use this part") })
	require.NotEmpty(t, s.newShop().Logo)
	d.looks("setup-1-logo")
	d.Type("VAT number", "ATU12345675")
	d.Tap("Next")
	changes("IBAN", func() { d.Type("IBAN", "AT611904300234573201") })
	changes("BIC", func() { d.Type("BIC", "BKAUATWW") })
	changes("VAT", func() { d.Select("VAT").Choose(1) })
	changes("reason", func() { d.Type("Why there is no VAT", "So it is.") })
	changes("days", func() { d.Select("Payment").Choose(3) })
	changes("pattern", func() { d.Select("Invoice numbers").Choose(3) })
	require.Equal(t, "1001", d.Value("First running number"), "plain numbers look like those of a shop")
	changes("first", func() { d.Type("First running number", "2222") })
	changes("language", func() { d.Select("Language of invoices").Choose(1) })
	changes("currency", func() { d.Select("Currency").Choose(1) })
	require.True(t, d.HasText("On the invoice: “Please pay £ 100.00 by 22 Dec 2026.”"))
	d.Resize(fyne.NewSize(1024, 640))
	d.Settle()
	require.False(t, s.preview.Content.Visible(), "a narrow window is for the form")
	d.Resize(fyne.NewSize(1280, 800))
	d.Settle()
	require.True(t, s.preview.Content.Visible())
	d.looks("setup-2-filled")
}
