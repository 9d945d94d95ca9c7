package settings

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/shopform"
	"counterbook/ui/widgets"
)

var here = screen.Route{Place: screen.Settings}

// open shows the settings with a preview that is drawn at once.
func open(t *testing.T) (*screentest.Desk, *settings) {
	t.Helper()
	d := screentest.New(t, 0)
	s := d.Open(New, here).(*settings)
	s.preview.After = func(_ time.Duration, f func()) func() { f(); return func() {} }
	return d, s
}

// saved returns the record as it is in the book now.
func saved(t *testing.T, d *screentest.Desk) store.Shop {
	t.Helper()
	b, err := d.Env.Session.Shop()
	require.NoError(t, err)
	sh, err := b.Get()
	require.NoError(t, err)
	return sh
}

func TestOpeningAndSavingChangesNothing(t *testing.T) {
	d, s := open(t)
	before := saved(t, d)
	require.False(t, s.dirty())
	require.True(t, d.Button("Save").Disabled())
	s.Save()
	require.Equal(t, before, saved(t, d))
	sh, ok := s.read()
	require.True(t, ok)
	for i := range sh.Rates {
		require.True(t, before.Rates[i].Rate.Equal(sh.Rates[i].Rate))
		sh.Rates[i].Rate = before.Rates[i].Rate
	}
	require.Equal(t, before, sh)
}

func TestSavingByKeyboard(t *testing.T) {
	d, s := open(t)
	reloads := 0
	d.Env.Reload = func() { reloads++ }
	require.Equal(t, "Name of the shop", d.Focused())
	d.Type("Terms of payment", "Thank you for paying in time.")
	require.True(t, d.HasText("not saved yet"))
	s.Save()
	require.Equal(t, "Thank you for paying in time.", saved(t, d).Terms)
	require.False(t, s.dirty())
	require.False(t, d.HasText("not saved yet"))
	require.Len(t, d.Said, 1)
	require.Zero(t, reloads)

	d.Type("Name of the shop", "Atelier Rossi & Figli")
	s.Save()
	require.Equal(t, 1, reloads, "the rail shows the new name")
	require.Equal(t, "Atelier Rossi & Figli", d.Book.Info().Shop)
	d.Type("Minutes until the book locks", "20")
	s.Save()
	require.Equal(t, 2, reloads, "the window counts the new minutes")
	require.Empty(t, d.Failed)
}

func TestNumbersAreKeptInNormalFormAndShownInGroups(t *testing.T) {
	d, s := open(t)
	require.Equal(t, "AT61 1904 3002 3457 3201", d.Value("IBAN"))
	d.Type("IBAN", "de89 3704 0044 0532 0130 00")
	s.Save()
	require.Equal(t, "DE89370400440532013000", saved(t, d).Bank.IBAN)
	require.Equal(t, "DE89 3704 0044 0532 0130 00", d.Value("IBAN"))
	require.False(t, s.dirty())
}

func TestProblemsStandUnderTheirFieldsAndNothingIsLost(t *testing.T) {
	d, s := open(t)
	before := saved(t, d)
	d.Type("VAT number", "ATU12345678")
	d.Type("IBAN", "AT611904300234573202")
	d.Type("E-mail", "nobody")
	s.Save()
	require.Equal(t, before, saved(t, d))
	require.Equal(t, "E-mail", d.Focused(), "the first problem has the focus")
	require.Contains(t, s.field("Legal.VATID").Problem(), "typing mistake")
	require.Contains(t, s.field("Bank.IBAN").Problem(), "typing mistake")
	require.Equal(t, "This does not look like an e-mail address.", s.field("Legal.Email").Problem())
	require.Equal(t, "ATU12345678", d.Value("VAT number"))
	d.CheckLooks()
	d.Type("E-mail", "hello@atelier-rossi.example")
	require.Empty(t, s.field("Legal.Email").Problem())

	d, s = open(t)
	d.Select("Payment").Choose(4)
	d.Type("Days until payment is due", "fourteen")
	d.Type("Minutes until the book locks", "1000")
	d.Select("Invoice numbers").Choose(4)
	require.Equal(t, "{YYYY}-{####}", d.Value("Pattern of my own"))
	d.Type("Pattern of my own", "{YYYY}")
	require.Contains(t, s.field("NumberPattern").Problem(), "{####}", "said at once")
	d.Type("Footer", "Thank you 🙂")
	s.Save()
	require.Equal(t, "This is not a whole number.", s.field("PaymentDays").Problem())
	require.Contains(t, s.field("LockMinutes").Problem(), "between 0 and 240")
	require.Contains(t, s.field("Footer").Problem(), "“🙂” cannot be printed")
	require.Equal(t, "Pattern of my own", d.Focused())
	d.Type("Days until payment is due", "14")
	d.Type("Minutes until the book locks", "5")
	d.Type("Footer", "Thank you")
	s.Save()
	require.Contains(t, s.field("NumberPattern").Problem(), "{####}")
	require.Equal(t, before, saved(t, d))
	require.Empty(t, d.Failed)
}

func TestNumberPatternsShowTheNextNumber(t *testing.T) {
	d, s := open(t)
	require.True(t, d.HasText("The next invoice will be 2026-0008."))
	require.Equal(t, []string{"2026-0008 (starts again each year)", "R2026/0001 (starts again each year)", "26-11-001 (starts again each month)", "0001 (never starts again)",
		"A pattern of my own"}, d.Select("Invoice numbers").Options)
	require.True(t, d.Control("First number").(*widgets.Entry).Disabled(), "there is an invoice already")
	d.Select("Invoice numbers").Choose(2)
	require.True(t, d.HasText("The next invoice will be 26-11-001."))
	doc, err := s.preview.Document(s.shop())
	require.NoError(t, err)
	require.Equal(t, "26-11-001", doc.Number, "as the preview shows it")
	d.Select("Invoice numbers").Choose(4)
	d.Type("Pattern of my own", "AR{YY}{MM}/{###}")
	require.True(t, d.HasText("The next invoice will be AR2611/001."))
	d.Type("Pattern of my own", "{YYYY}")
	require.Contains(t, s.field("NumberPattern").Problem(), "The pattern needs a place for the number")
	d.Type("Pattern of my own", "2026-{###}5")
	require.Empty(t, s.field("NumberPattern").Problem())
	d.Type("Pattern of my own", "2026-000{#}")
	require.Contains(t, s.field("NumberPattern").Problem(), "2026-0001 was given before")
	s.Save()
	require.Contains(t, s.field("NumberPattern").Problem(), "2026-0001 was given before")
	require.Equal(t, "{YYYY}-{####}", saved(t, d).NumberPattern)
	d.Select("Invoice numbers").Choose(0)
	require.False(t, s.dirty())
}

func TestDaysToPayShowTheSentenceOfTheInvoice(t *testing.T) {
	d, s := open(t)
	require.True(t, d.HasText("On the invoice: “Bitte überweisen Sie € 100,00 bis 06.12.2026.”"))
	d.Select("Payment").Choose(0)
	require.True(t, d.HasText("On the invoice: “Bitte zahlen Sie € 100,00 sofort.”"))
	d.Select("Language").Choose(1)
	require.True(t, d.HasText("On the invoice: “Please pay € 100.00 at once.”"))
	d.Select("Payment").Choose(4)
	d.Type("Days until payment is due", "45")
	s.Save()
	require.Equal(t, 45, saved(t, d).PaymentDays)
	require.Equal(t, "45", d.Value("Days until payment is due"))
}

func TestCurrencyIsFixedAfterTheFirstInvoiceAndSaysWhy(t *testing.T) {
	d, s := open(t)
	require.True(t, d.Select("Currency").Disabled())
	require.True(t, d.HasText("Fixed, as invoices were issued in it"))
	require.Equal(t, "EUR", d.Select("Currency").Selected())
	require.False(t, d.Select("Language").Disabled())
	d.Select("Language").Choose(1)
	s.Save()
	require.Equal(t, "en", saved(t, d).Language)
}

func TestRatesAreAddedMovedAndRemoved(t *testing.T) {
	d, s := open(t)
	require.Equal(t, []typedRate{{Kind: "S", Rate: "20"}, {Kind: "S", Rate: "13"}, {Kind: "S", Rate: "10"}}, s.rates.typed)
	require.False(t, d.Has("Move rate 1 up"))
	d.Tap("Move rate 2 up")
	d.Tap("Remove rate 3")
	require.Equal(t, "Add a rate", d.Focused())
	d.Press(fyne.KeyReturn)
	require.Contains(t, d.Focused(), "Kind of VAT 3")
	d.Press(fyne.KeyTab)
	d.TypeOn("5,5")
	d.Tap("Add a rate")
	d.Select("Kind of VAT 4").Choose(3)
	d.Settle()
	require.False(t, d.Has("Rate 4"), "reverse charge has no rate")
	s.Save()
	require.True(t, d.HasText("The law wants a sentence on the invoice"))
	require.Equal(t, "Sentence 4", d.Focused())
	d.CheckLooks()
	d.Type("Sentence 4", "Steuerschuldnerschaft des Leistungsempfängers")
	s.Save()
	got := saved(t, d).Rates
	require.Len(t, got, 4)
	for i, want := range []string{"13", "20", "5.5", "0"} {
		require.True(t, decimal.RequireFromString(want).Equal(got[i].Rate), "%d: %s", i, got[i].Rate)
	}
	require.Equal(t, invoice.Tax{Category: invoice.ReverseCharge, Reason: "Steuerschuldnerschaft des Leistungsempfängers"}, got[3])
}

func TestWrongRatesAreSaidUnderTheirLine(t *testing.T) {
	for _, wrong := range []string{"", "abc", "0", "-5", "101", "5.555"} {
		d, s := open(t)
		d.Type("Rate 2", wrong)
		s.Save()
		require.Contains(t, s.rates.fields[1].Problem(), "A rate is more than 0", wrong)
		require.Equal(t, wrong, d.Value("Rate 2"))
		require.Len(t, saved(t, d).Rates, 3)
	}
}

func TestAShopNeedsARate(t *testing.T) {
	d, s := open(t)
	for range 3 {
		d.Tap("Remove rate 1")
	}
	s.Save()
	require.Len(t, saved(t, d).Rates, 3)
	require.Len(t, d.Said, 1)
	require.Equal(t, "Add a rate", d.Focused())
}

func TestLeavingAsksOnlyWhenSomethingIsTyped(t *testing.T) {
	d, s := open(t)
	left := 0
	then := func() { left++ }
	s.Leave(then)
	require.Equal(t, 1, left)

	d.Type("Terms of payment", "At once.")
	s.Leave(then)
	require.Equal(t, 1, left)
	require.Equal(t, "Save", d.Focused(), "a stray Enter keeps what was typed")
	d.CheckLooks()
	d.Press(fyne.KeyEscape)
	require.Equal(t, 1, left)
	require.Equal(t, "At once.", d.Value("Terms of payment"))

	d.Type("E-mail", "nobody")
	s.Leave(then)
	d.Press(fyne.KeyReturn)
	require.Equal(t, 1, left, "what cannot be saved is not left")
	require.Equal(t, "E-mail", d.Focused())

	d.Type("E-mail", "")
	s.Leave(then)
	d.Press(fyne.KeyReturn)
	require.Equal(t, 2, left)
	require.Equal(t, "At once.", saved(t, d).Terms)

	d.Type("Terms of payment", "Never mind.")
	s.Leave(then)
	d.Tap("Leave without saving")
	require.Equal(t, 3, left)
	require.Equal(t, "At once.", saved(t, d).Terms)
}

func TestWhatIsTypedComesBackAfterALock(t *testing.T) {
	d, s := open(t)
	_, ok := s.Work()
	require.False(t, ok)
	d.Type("Terms of payment", "At once.")
	d.Type("Rate 2", "x")
	d.Select("Payment").Choose(4)
	d.Type("Days until payment is due", "ten")
	kept, ok := s.Work()
	require.True(t, ok)
	require.NoError(t, d.Env.Session.Desk().Put("work", kept))

	again := d.Open(New, here).(*settings)
	require.NoError(t, again.Resume(func(v any) error { _, err := d.Env.Session.Desk().Get("work", v); return err }))
	require.Equal(t, "At once.", d.Value("Terms of payment"))
	require.Equal(t, "x", d.Value("Rate 2"))
	require.Equal(t, "ten", d.Value("Days until payment is due"))
	require.Equal(t, s.typed(), again.typed())
	again.preview.Stop()
}

func TestWhatSomebodyElseSavedIsNotOverwrittenUnasked(t *testing.T) {
	for _, answer := range []string{"Save mine", "Show what was saved", "Keep editing"} {
		d, s := open(t)
		d.Type("Terms of payment", "Mine.")
		theirs := saved(t, d)
		theirs.Footer = "Theirs."
		b, err := d.Env.Session.Shop()
		require.NoError(t, err)
		_, err = b.Save(theirs)
		require.NoError(t, err)

		s.Save()
		require.True(t, d.HasText("Somebody saved the settings meanwhile"))
		d.CheckLooks()
		d.Tap(answer)
		now := saved(t, d)
		switch answer {
		case "Save mine":
			require.Equal(t, "Mine.", now.Terms)
			require.False(t, s.dirty())
		case "Show what was saved":
			require.Empty(t, now.Terms)
			require.Equal(t, "Theirs.", d.Value("Footer"))
			require.Empty(t, d.Value("Terms of payment"))
		default:
			require.Empty(t, now.Terms)
			require.Equal(t, "Mine.", d.Value("Terms of payment"))
		}
		require.Empty(t, d.Failed)
	}
}

func TestOnlyWhoMayChangeTheShopSeesItsSettings(t *testing.T) {
	for profile := 1; profile < 5; profile++ {
		d := screentest.New(t, profile)
		s := d.Open(New, here).(*settings)
		require.True(t, d.HasText("Your profile has no right to: Change shop details."))
		require.False(t, d.Has("Save"))
		s.Save()
		_, ok := s.Work()
		require.False(t, ok)
		left := false
		s.Leave(func() { left = true })
		require.True(t, left)
		d.CheckLooks()
	}
}

func TestPreviewFollowsWhatIsTyped(t *testing.T) {
	d, s := open(t)
	d.Settle()
	before := pixels(s)
	d.Type("Footer", "Open on Saturdays.")
	d.Settle()
	require.False(t, bytes.Equal(before, pixels(s)))
	require.Equal(t, "Atelier Rossi", saved(t, d).Name)

	doc, err := s.preview.Document(s.shop())
	require.NoError(t, err)
	require.Equal(t, "2026-0008", doc.Number)
	require.Equal(t, "AT611904300234573201", doc.Bank.IBAN)
	require.True(t, doc.Totals.Gross.IsPositive())
	require.Len(t, doc.Totals.Breakdown, 3, "each of the first rates is on the page")

	d.Type("Footer", "Open")
	good := pixels(s)
	d.TypeOn(" 🙂")
	require.True(t, d.HasText("cannot be printed"))
	require.True(t, bytes.Equal(good, pixels(s)), "the last good page stays")
	d.CheckLooks()
	d.Type("Footer", "Open")
	require.False(t, d.HasText("cannot be printed"))
}

// pixels is the page as it is drawn now.
func pixels(s *settings) []byte { return s.preview.Draw(300, 424).(*image.RGBA).Pix }

func TestPreviewWaitsForTypingToRest(t *testing.T) {
	d, s := open(t)
	var waiting []func()
	stopped := 0
	s.preview.After = func(after time.Duration, f func()) func() {
		require.Equal(t, shopform.Rest, after)
		waiting = append(waiting, f)
		return func() { stopped++ }
	}
	page := s.preview.Page()
	d.Type("Footer", "abc")
	require.Equal(t, len(waiting)-1, stopped, "only the last key is waited for")
	require.Equal(t, page, s.preview.Page())
	waiting[len(waiting)-1]()
	require.NotEqual(t, page, s.preview.Page())
}

func TestEveryPartHasAFieldAndAName(t *testing.T) {
	d, s := open(t)
	for _, p := range parts {
		require.NotNil(t, s.field(p.key), p.key)
		require.True(t, d.Env.Words.Has("settings.field."+p.key), p.key)
	}
	for _, c := range categories {
		require.True(t, d.Env.Words.Has("settings.kind."+string(c)))
	}
	for _, l := range []string{"de", "en"} {
		require.True(t, d.Env.Words.Has("settings.language."+l))
	}
}

func TestSettingsAreReachedByKeyboardAlone(t *testing.T) {
	d, _ := open(t)
	order := d.TabOrder()
	require.Equal(t, []string{"Name of the shop", "Legal name", "Street and number"}, order[:3])
	require.Equal(t, []string{"Set up the note guard…", "Back up…", "Check a backup…", "Export everything…"}, order[len(order)-4:])
	d.Type("Terms of payment", "x")
	require.Equal(t, "Save", d.TabOrder()[0])
}

// shoot keeps what the window shows in the folder SHOTS, for looking at.
func shoot(d *screentest.Desk, name string) {
	if dir := os.Getenv("SHOTS"); dir != "" {
		d.Capture(filepath.Join(dir, name))
	}
}

func TestSettingsLookRight(t *testing.T) {
	for name, size := range map[string]fyne.Size{"wide": screentest.Size, "window": {Width: 1072, Height: 800}, "narrow": {Width: 816, Height: 700}} {
		for mode, look := range map[widgets.Mode]string{widgets.Light: "light", widgets.Dark: "dark"} {
			d, s := open(t)
			d.SetMode(mode)
			d.Resize(size)
			d.CheckLooks()
			shoot(d, "settings-"+name+"-"+look+".png")
			d.Tap("Add a rate")
			d.Select("Kind of VAT 4").Choose(3)
			d.Type("VAT number", "ATU12345678")
			s.Save()
			d.Focus("Add a rate")
			d.CheckLooks()
			shoot(d, "settings-rates-"+name+"-"+look+".png")
			d.Focus("Terms of payment")
			d.CheckLooks()
			shoot(d, "settings-invoices-"+name+"-"+look+".png")
			s.Leave(func() {})
			d.CheckLooks()
			shoot(d, "settings-leave-"+name+"-"+look+".png")
		}
	}
}

func TestTheShopSaysWhatIsOldAndWhenToAsk(t *testing.T) {
	d, s := open(t)
	require.Equal(t, "12", d.Value("Months until details are old"))
	d.Type("Months until details are old", "6")
	d.Select("Ask who it is").Choose(2)
	s.Save()
	sh, err := s.book.Get()
	require.NoError(t, err)
	require.Equal(t, 6, sh.StaleMonths)
	require.Equal(t, store.AskAlways, sh.AskWho)
	d.Type("Months until details are old", "999")
	s.Save()
	again, err := s.book.Get()
	require.NoError(t, err)
	require.Equal(t, sh, again)
	require.Equal(t, "999", d.Value("Months until details are old"))
}
