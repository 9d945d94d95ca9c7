package items

import (
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/uitest"
	"counterbook/ui/widgets"
)

// The profiles of the made-up shop.
const (
	owner     = 0
	frontDesk = 1
	workshop  = 3
)

// pictures is where pictures are written for looking at, "" for not at all.
var pictures = os.Getenv("COUNTERBOOK_PICTURES")

// look checks a screen in both modes and two sizes, and leaves it as it was.
// The small size is what a window of 1024×700 leaves beside the rail.
func look(d *screentest.Desk, name string) {
	d.T.Helper()
	for _, m := range []struct {
		name string
		mode widgets.Mode
		size fyne.Size
	}{
		{"dark", widgets.Dark, screentest.Size}, {"small", widgets.Light, fyne.NewSize(816, 700)}, {"light", widgets.Light, screentest.Size},
	} {
		d.SetMode(m.mode)
		d.Resize(m.size)
		d.CheckLooks()
		if pictures != "" {
			d.Capture(pictures + "/" + name + "-" + m.name + ".png")
		}
	}
}

func open(d *screentest.Desk) *list {
	d.T.Helper()
	return d.Open(New, screen.Route{Place: screen.Items}).(*list)
}

func items(d *screentest.Desk) *store.Items {
	d.T.Helper()
	book, err := d.Env.Session.Items()
	require.NoError(d.T, err)
	return book
}

func item(d *screentest.Desk, code string) store.Item {
	d.T.Helper()
	found, err := items(d).List(code)
	require.NoError(d.T, err)
	require.NotEmpty(d.T, found)
	require.Equal(d.T, code, found[0].Code)
	return found[0]
}

// openItem opens the form of an item.
func openItem(d *screentest.Desk, code string) *list {
	d.T.Helper()
	l := open(d)
	l.open(item(d, code))
	d.Settle()
	return l
}

func codes(d *screentest.Desk) []string {
	var out []string
	for _, r := range d.Rows() {
		out = append(out, r[0])
	}
	return out
}

// keep puts a screen's work on the desk and gives it to another one, as lock and
// sign-in do.
func keep(d *screentest.Desk, from, to *list) {
	d.T.Helper()
	work, ok := from.Work()
	require.True(d.T, ok, "nothing is unsaved")
	desk := d.Env.Session.Desk()
	require.NoError(d.T, desk.Put("work", work))
	require.NoError(d.T, to.Resume(func(v any) error {
		_, err := desk.Get("work", v)
		return err
	}))
	d.Settle()
}

func TestThePriceListLooksRightInLightDarkAndSmall(t *testing.T) {
	d := screentest.New(t, owner)
	l := open(d)
	look(d, "table")
	d.Type("Search items…", "zzz")
	look(d, "nothing")
	d.Press(fyne.KeyEscape)
	l.open(item(d, "GL-M"))
	look(d, "form")
	d.Select("VAT").Choose(d.Select("VAT").Index() + 4)
	d.Type("Price without VAT", "1.234")
	d.Tap("Save changes")
	look(d, "form-problems")
	d.Tap("Delete this item…")
	look(d, "delete")
}

func TestPricesStandWithTheDecimalsOfTheCurrency(t *testing.T) {
	d := screentest.New(t, owner)
	i := item(d, "PP-3")
	i.Price = decimal.RequireFromString("0.0391")
	_, err := items(d).Save(i)
	require.NoError(t, err)
	open(d)
	require.Contains(t, d.Texts(), "Price, EUR net")
	require.Contains(t, d.Texts(), "58.00")
	require.Contains(t, d.Texts(), "0.0391")
	require.Contains(t, d.Texts(), "20 %")
}

func TestSearchFollowsEveryLetterAndSaysHowManyAreFound(t *testing.T) {
	d := screentest.New(t, owner)
	open(d)
	require.Len(t, d.Rows(), 7)
	d.Type("Search items…", "frame")
	require.Equal(t, []string{"FR-3040", "FR-4060"}, codes(d))
	require.True(t, d.HasText("2 of 7"))
	d.Type("Search items…", "zzz")
	require.True(t, d.HasText("No item matches “zzz”."))
	d.Tap("Clear search")
	require.Len(t, d.Rows(), 7)
}

func TestTheTableIsSortedByItsTitles(t *testing.T) {
	d := screentest.New(t, owner)
	open(d)
	d.Tap("Price, EUR net")
	require.Equal(t, "PP-3", codes(d)[0])
	d.Tap("Price, EUR net")
	require.Equal(t, "GL-M", codes(d)[0])
	d.Tap("Code")
	require.Equal(t, "BK-01", codes(d)[0])
	d.Tap("VAT")
	require.Equal(t, "BK-01", codes(d)[0])
	list, err := items(d).List("")
	require.NoError(t, err)
	require.Equal(t, "Book on framing", list[0].Name, "the store's order is its own")
	require.Equal(t, "Frame, oak 30×40", list[1].Name)
}

func TestWhoMayOnlyReadSeesPricesAndNoMore(t *testing.T) {
	d := screentest.New(t, frontDesk)
	l := open(d)
	require.Len(t, d.Rows(), 7)
	require.NotContains(t, d.Controls(), "New item")
	d.Press(fyne.KeyDown, fyne.KeyReturn)
	require.Nil(t, l.form)
	l.Create()
	require.Nil(t, l.form, "Ctrl+N does nothing either")
	look(d, "reader")
}

func TestAnItemIsAddedWithKeysAlone(t *testing.T) {
	d := screentest.New(t, workshop)
	l := open(d)
	require.Equal(t, "Search items…", d.Focused())
	require.Equal(t, []string{"Search items…", "New item", "Code"}, d.TabOrder()[:3])
	l.Create()
	require.Equal(t, "Name", d.Focused())
	d.TypeOn("Cleaning")
	d.Press(fyne.KeyReturn)
	d.TypeOn("CL")
	d.Press(fyne.KeyReturn, fyne.KeyReturn)
	require.Equal(t, "Price without VAT", d.Focused())
	d.TypeOn("12,50")
	require.True(t, d.HasText("12.50 EUR for one unit."), "the price is echoed")
	l.Save() // Ctrl+S
	require.Nil(t, l.form)
	i := item(d, "CL")
	require.Equal(t, "12.5", i.Price.String())
	require.Equal(t, "pc", i.Unit)
	require.Equal(t, invoice.Standard, i.Tax.Category)
	require.Equal(t, "20", i.Tax.Rate.String(), "the shop's usual rate is proposed")
	require.Equal(t, "Cleaning was added to the price list.", d.Said[0].Text)
	require.Equal(t, "CL", d.Rows()[l.table.Selected()][0], "the new item is where one is")
}

func TestAnItemIsOpenedFromTheSearchBox(t *testing.T) {
	d := screentest.New(t, owner)
	l := open(d)
	d.Type("Search items…", "museum")
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Museum glass, cut to size", d.Value("Name"))
	d.Press(fyne.KeyEscape)
	require.Nil(t, l.form)
	require.Equal(t, "Search items…", d.Focused())
	d.Press(fyne.KeyDown, fyne.KeyReturn)
	require.Equal(t, "Museum glass, cut to size", d.Value("Name"))
}

func TestEscapeLosesNothingThatWasTypedWithoutAsking(t *testing.T) {
	d := screentest.New(t, owner)
	l := openItem(d, "PP-3")
	d.Type("Name", "Passepartout, cut twice")
	d.Press(fyne.KeyEscape)
	require.True(t, d.HasText("Close without saving?"))
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Passepartout, cut twice", d.Value("Name"))
	d.Press(fyne.KeyEscape)
	d.Tap("Close without saving")
	require.Nil(t, l.form)
}

func TestAPriceWithCommaAndPointIsTheSame(t *testing.T) {
	for _, typed := range []string{"17.80", "17,80", "17,8"} {
		d := screentest.New(t, owner)
		openItem(d, "PP-3")
		require.Equal(t, "12.80", d.Value("Price without VAT"))
		d.Type("Price without VAT", typed)
		d.Tap("Save changes")
		require.Equal(t, "17.8", item(d, "PP-3").Price.String())
	}
}

func TestAPriceThatCanBeReadInTwoWaysIsAsked(t *testing.T) {
	d := screentest.New(t, owner)
	l := openItem(d, "PP-3")
	d.Type("Price without VAT", "1.234")
	d.Press(fyne.KeyTab)
	require.True(t, d.HasText("“1.234” can be read in two ways. Which is meant?"), "it is asked when the field is left")
	d.Tap("Save changes")
	require.NotNil(t, l.form)
	require.Equal(t, "12.8", item(d, "PP-3").Price.String())
	require.Equal(t, "1.234", d.Value("Price without VAT"))
	require.Equal(t, "1.2340", d.Focused(), "the answers are where the keys go")
	d.Press(fyne.KeyRight, fyne.KeyReturn)
	require.Equal(t, "1234.00", d.Value("Price without VAT"))
	require.Equal(t, "VAT 20 %", d.Focused())
	d.Type("Price without VAT", "1.234")
	d.Press(fyne.KeyTab)
	d.BackTab()
	d.BackTab()
	require.Equal(t, "1.2340", d.Focused(), "Tab goes through the answers")
	d.Press(fyne.KeyEscape)
	require.NotNil(t, l.form)
	require.Equal(t, "Price without VAT", d.Focused())
	d.Tap("1.2340")
	d.Tap("Save changes")
	require.Equal(t, "1.234", item(d, "PP-3").Price.String())

	l.open(item(d, "PP-3"))
	d.Type("Unit", "m")
	d.Tap("Save changes")
	require.Nil(t, l.form, "a price as it was shown can be saved again")
	require.Equal(t, "1.234", item(d, "PP-3").Price.String())
}

func TestBadInputKeepsWhatWasTypedAndSaysWhatIsWrongUnderTheField(t *testing.T) {
	d := screentest.New(t, owner)
	l := open(d)
	l.Create()
	d.Type("Code", "X")
	for typed, said := range map[string]string{
		"abc": "This is not a price.", "": "Please fill in the price.", "-3": "A price cannot be negative.", "12.5.0": "This is not a price.",
	} {
		d.Type("Name", "Something")
		d.Type("Price without VAT", typed)
		d.Tap("Add item")
		require.NotNil(t, l.form)
		require.True(t, d.HasText(said), typed)
		require.Equal(t, typed, d.Value("Price without VAT"))
		require.Equal(t, "Price without VAT", d.Focused())
	}
	d.Type("Name", "")
	d.Tap("Add item")
	require.Equal(t, "Name", d.Focused(), "the first problem has the focus")
	require.True(t, d.HasText("Please fill in the name."))
	require.Equal(t, "X", d.Value("Code"))
	list, err := items(d).List("")
	require.NoError(t, err)
	require.Len(t, list, 7)
}

func TestAnExemptItemNeedsItsReason(t *testing.T) {
	d := screentest.New(t, owner)
	l := openItem(d, "BK-01")
	require.NotContains(t, d.Texts(), "Why no VAT is charged")
	vat := d.Select("VAT")
	vat.Choose(len(vat.Options) - 1)
	require.Equal(t, "exempt", vat.Selected())
	require.Contains(t, d.Texts(), "Why no VAT is charged")
	d.Tap("Save changes")
	require.NotNil(t, l.form)
	require.Equal(t, "Why no VAT is charged", d.Focused())
	require.True(t, d.HasText("Say why no VAT is charged; the law wants it on the invoice."))
	d.TypeOn("Small business, § 6 (1) 27 UStG")
	d.Press(fyne.KeyReturn) // the last field
	require.Nil(t, l.form)
	i := item(d, "BK-01")
	require.Equal(t, invoice.Tax{Category: invoice.Exempt, Rate: i.Tax.Rate, Reason: "Small business, § 6 (1) 27 UStG"}, i.Tax)
	require.True(t, i.Tax.Rate.IsZero())
	require.Contains(t, d.Texts(), "exempt")

	l.open(i)
	require.Equal(t, "Small business, § 6 (1) 27 UStG", d.Value("Why no VAT is charged"))
	_, unsaved := l.Work()
	require.False(t, unsaved)
	d.Select("VAT").Choose(0)
	d.Tap("Save changes")
	require.Empty(t, item(d, "BK-01").Tax.Reason, "a rate above zero has no reason")
}

func TestDeletingIsConfirmedWithAVerb(t *testing.T) {
	d := screentest.New(t, owner)
	l := openItem(d, "BK-01")
	d.Tap("Delete this item…")
	require.True(t, d.HasText("Delete Book on framing?"))
	require.Equal(t, "Keep it", d.Focused(), "Enter deletes nothing")
	d.Press(fyne.KeyReturn)
	require.Equal(t, "BK-01", item(d, "BK-01").Code)
	d.Tap("Delete this item…")
	d.Tap("Delete item")
	require.Nil(t, l.form)
	require.Nil(t, d.Canvas().Overlays().Top())
	require.NotContains(t, codes(d), "BK-01")
	require.Equal(t, "Book on framing was deleted.", d.Said[0].Text)
	require.Equal(t, "Search items…", d.Focused())
}

func TestAnEmptyPriceListSaysWhy(t *testing.T) {
	for profile, says := range map[int]string{owner: "No item yet.", frontDesk: "There is no item yet."} {
		d := screentest.New(t, owner)
		list, err := items(d).List("")
		require.NoError(t, err)
		for _, i := range list {
			require.NoError(t, items(d).Delete(i.ID))
		}
		s, err := d.Book.SignIn(d.Book.Info().Profiles[profile].ID, store.Passphrase(sample.Passphrase))
		require.NoError(t, err)
		defer s.Close()
		d.Env.Session = s
		open(d)
		require.True(t, d.HasText(says))
	}
}

func TestAChangeByOthersIsOfferedAndWhatWasTypedKept(t *testing.T) {
	for button, want := range map[string]string{"Load their version": "20", "Keep what I typed": "30"} {
		d := screentest.New(t, owner)
		l := openItem(d, "BK-01")
		d.Type("Price without VAT", "30")
		other := item(d, "BK-01")
		other.Price = decimal.NewFromInt(20)
		_, err := items(d).Save(other)
		require.NoError(t, err)
		d.Tap("Save changes")
		require.NotNil(t, l.form)
		require.True(t, d.HasText("Somebody else saved this item meanwhile."))
		require.True(t, d.HasText("It is now Book on framing, 20.00 EUR."))
		require.Equal(t, "30.00", d.Value("Price without VAT"))
		look(d, "form-conflict")
		d.Tap(button)
		d.Tap("Save changes")
		require.Nil(t, l.form)
		require.Equal(t, want, item(d, "BK-01").Price.String())
	}
}

func TestAnUnsavedFormComesBackAfterLockAndSignIn(t *testing.T) {
	d := screentest.New(t, owner)
	l := openItem(d, "BK-01")
	_, unsaved := l.Work()
	require.False(t, unsaved, "a form nobody typed in is no work")
	d.Type("Price without VAT", "30,0")
	vat := d.Select("VAT")
	vat.Choose(len(vat.Options) - 1)
	d.Type("Why no VAT is charged", "Half a reas")
	l.form.dialog.Close()
	again := open(d)
	keep(d, l, again)
	require.Equal(t, "30.00", d.Value("Price without VAT"))
	require.Equal(t, "exempt", d.Select("VAT").Selected())
	require.Equal(t, "Half a reas", d.Value("Why no VAT is charged"))
	d.Tap("Save changes")
	require.Equal(t, "Half a reas", item(d, "BK-01").Tax.Reason)
}

func TestAnUnsavedNewItemComesBackAfterLockAndSignIn(t *testing.T) {
	d := screentest.New(t, owner)
	l := open(d)
	l.Create()
	d.Type("Name", "Cleaning")
	l.form.dialog.Close()
	again := open(d)
	keep(d, l, again)
	require.Equal(t, "Cleaning", d.Value("Name"))
	require.Equal(t, "pc", d.Value("Unit"))
	d.Type("Price without VAT", "9")
	d.Tap("Add item")
	list, err := items(d).List("Cleaning")
	require.NoError(t, err)
	require.Len(t, list, 1)
}

func TestStrangeNamesAreKeptExactlyAndBreakNoList(t *testing.T) {
	d := screentest.New(t, owner)
	l := open(d)
	for _, name := range []string{"Blumen 🌷 & Söhne", "ורד כהן", "<b>{{.Name}}</b>", strings.Repeat("W", 200)} {
		l.Create()
		d.Type("Name", name)
		d.Type("Price without VAT", "1,50")
		d.Tap("Add item")
		require.Nil(t, l.form, name)
		found, err := items(d).List(name)
		require.NoError(t, err)
		require.Len(t, found, 1)
		require.Equal(t, name, found[0].Name)
	}
	for _, size := range []fyne.Size{fyne.NewSize(816, 700), screentest.Size} {
		d.Resize(size)
		require.Empty(t, d.Clipped())
		require.Empty(t, d.Contrast())
	}
	l.Create()
	uitest.Entry(d.Control("Name")).SetText(strings.Repeat("ä", 10_000))
	d.Type("Price without VAT", "1")
	d.Tap("Add item")
	require.True(t, d.HasText("The name is too long; 200 characters fit."))
	require.Equal(t, strings.Repeat("ä", 10_000), d.Value("Name"))
	require.Equal(t, "1.00", d.Value("Price without VAT"))
}
