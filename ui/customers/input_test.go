package customers

// Bad and strange input: what is said, where, and that what was typed stays.

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen/screentest"
)

// strange are names that nobody expects, of both great and small letters, as those of
// one kind are written anew.
var strange = []string{
	"Blumen 🌷 & Söhne 👩‍👩‍👧", "ורד כהן", "Café بيت القهوة 12", "می\u200cخواهم", "山田 花子", "<b>{{.Name}}</b> %s \\n", "w" + strings.Repeat("W", 199),
	strings.Repeat("No spaces 🌷 ", 15), "Zu\u0308rich",
}

func TestStrangeNamesAreKeptExactlyAndBreakNoList(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	for _, name := range strange {
		s.Create()
		d.Type("Name", name)
		d.Tap("Buys for a company")
		d.Type("Company", name)
		d.Tap("Add an address")
		d.Type("Town", string([]rune(name)[:min(100, len([]rune(name)))]))
		d.Tap("Add customer")
		require.Nil(t, s.form, name)
		require.Equal(t, strings.TrimSpace(name), customers1(d, s.detail.c.ID).Name)
		require.Equal(t, strings.TrimSpace(name), s.detail.c.Company)
	}
	looksBut(d, "strange-open")
	s.close()
	looksBut(d, "strange-table")
	d.Type("Search customers…", "🌷")
	require.Len(t, d.Rows(), 2, "they are found by what they are called")
}

// looksBut checks sizes and places; that the test's font draws boxes for letters
// it lacks is no fault.
func looksBut(d *screentest.Desk, name string) {
	d.T.Helper()
	for _, size := range []fyne.Size{fyne.NewSize(816, 700), screentest.Size} {
		d.Resize(size)
		require.Empty(d.T, d.Clipped())
		require.Empty(d.T, d.Contrast())
		if pictures != "" {
			d.Capture(pictures + "/" + name + ".png")
		}
	}
}

func customers1(d *screentest.Desk, id store.ID) store.Customer {
	c, err := customers(d).Get(id)
	require.NoError(d.T, err)
	return c
}

func TestANameOfTenThousandLettersIsRefusedAtItsFieldAndStaysTyped(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	s.Create()
	long := "Ä" + strings.Repeat("ä", 10_000)
	d.Focus("Name")
	d.Paste(long)
	d.Type("Phone", "0660 1")
	d.Tap("Add customer")
	require.Equal(t, "The name is too long; 200 characters fit.", s.form.fields.Field("Name").Problem())
	require.Equal(t, long, d.Value("Name"))
	require.Equal(t, "+43 6601", d.Value("Phone"))
	require.Equal(t, "Name", d.Focused())
	n, err := customers(d).Count()
	require.NoError(t, err)
	require.Equal(t, 10, n)
	looksBut(d, "long-name")
	_, unsaved := s.Work()
	require.True(t, unsaved, "and it survives locking")
}

func TestWhatIsPastedIntoTheFormIsCleanedAndSaysSo(t *testing.T) {
	const said = "What was pasted was cleaned: it held line breaks or characters that cannot be seen. Please read it through."
	d := as(t, owner)
	s := open(d)
	s.Create()
	d.Tap("Add an address")
	d.Tap("Buys for a company")
	for _, field := range []string{"Name", "Company", "Phone", "E-mail", "Street", "Town", "VAT ID"} {
		d.Type(field, "")
		d.Paste("Ada\u202e\nBei\x00spiel")
		require.Equal(t, "Ada Beispiel", d.Value(field))
		require.True(t, d.HasText(said), field)
		d.TypeOn(" ")
		require.False(t, d.HasText(said), field)
	}
	d.Type("Name", "")
	d.Paste("Ada\nBeispiel")
	look(d, "form-cleaned")
	for _, field := range []string{"Phone", "E-mail", "VAT ID"} {
		d.Type(field, "")
	}
	d.Tap("Add customer")
	require.Equal(t, "Ada Beispiel", s.detail.c.Name)
	d.Type("Write a note…", "")
	d.Paste("first\nsecond\u202e")
	require.True(t, d.HasText(said), "a note keeps its lines")
	require.Equal(t, "first\nsecond", s.detail.notes.add.area.Text)
}

func TestAVATNumberWithWrongCheckDigitsIsNamedAtItsField(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	s.Create()
	d.Tap("Buys for a company")
	d.Type("Name", "Ada")
	for typed, want := range map[string]string{
		"ATU12345676": "The VAT number has a typing mistake: its check digits do not match.",
		"ATU1234567":  "The VAT number is incomplete, or not written the way such a number is.",
		"XX123":       "The VAT number does not start with a country the program can check.",
	} {
		d.Type("VAT ID", typed)
		d.Press(fyne.KeyTab)
		require.Equal(t, want, s.form.fields.Field("VATID").Problem(), "it is said when the field is left")
		d.Tap("Add customer")
		require.Equal(t, want, s.form.fields.Field("VATID").Problem())
		require.Equal(t, typed, d.Value("VAT ID"))
		require.Equal(t, "Ada", d.Value("Name"))
	}
	d.Type("VAT ID", "atu 12345675")
	d.Tap("Add customer")
	require.Equal(t, "ATU12345675", s.detail.c.VATID)
}
