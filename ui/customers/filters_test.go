package customers

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/widgets"
)

// plain adds a customer of whom there is only a name.
func plain(d *screentest.Desk, name string) store.Customer {
	d.T.Helper()
	c, err := customers(d).Save(store.Customer{Name: name})
	require.NoError(d.T, err)
	return c
}

// choose takes a line of the menu that is open.
func choose(d *screentest.Desk, line string) {
	d.T.Helper()
	require.True(d.T, d.HasText(line), "%q is not in %q", line, d.Texts())
	for i, r := range d.Rows() {
		if strings.Contains(strings.Join(r, " "), line) {
			d.TapRow(i)
			return
		}
	}
	d.T.Fatalf("no line %q", line)
}

func TestFiltersAddUpWithTheSearchAndSayHowMany(t *testing.T) {
	d := as(t, owner)
	plain(d, "Bo Bare")
	s := open(d)
	require.True(t, d.HasText("11"))
	d.Tap("Incomplete")
	require.Equal(t, []string{"Bo Bare"}, rowNames(d))
	require.True(t, d.HasText("1 of 11"))
	look(d, "filter")
	d.Tap("Open invoice")
	require.Empty(t, d.Rows())
	require.True(t, d.HasText("No customer passes all filters that are on."))
	look(d, "filter-nothing")
	d.Tap("Incomplete, on")
	require.Len(t, rowNames(d), 5)
	d.Type("Search customers…", "conti")
	require.Equal(t, []string{"Giulia Conti"}, rowNames(d))
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Giulia Conti", s.detail.c.Name)
	require.True(t, d.HasText("Only: Open invoice"), "beside the customer one sees what is on")
	look(d, "filter-detail")
	s.close()
	require.Equal(t, []string{"Giulia Conti"}, rowNames(d), "filters stay on while the screen is open")
	d.Type("Search customers…", "zzz")
	require.True(t, d.HasText("No customer matches “zzz” and passes all filters that are on."))
	d.Tap("Clear filters")
	require.True(t, d.HasText("No customer matches “zzz”."))
}

func TestAFilterOfCustomersWithoutAnInvoiceSinceADay(t *testing.T) {
	d := as(t, owner)
	d.At = d.At.AddDate(0, 7, 0)
	open(d)
	d.Tap("No invoice since…")
	choose(d, "For 6 months")
	require.Len(t, rowNames(d), 10)
	d.Tap("No invoice since 22 Dec 2026, on")
	choose(d, "Since a day…")
	d.Type("Day", "2026-11-20")
	d.Press(fyne.KeyReturn)
	require.Empty(t, d.Rows(), "all of them were added on 22 Nov 2026")
}

func TestWhoReadsNoInvoicesIsOfferedNoFilterByThem(t *testing.T) {
	d := as(t, workshop)
	open(d)
	require.Contains(t, d.Controls(), "Incomplete")
	for _, absent := range []string{"Open invoice", "No invoice since…", "To mend", "Tag…"} {
		require.NotContains(t, d.Controls(), absent)
	}
	require.Empty(t, d.Failed)
}

func TestD7AnEmptyDirectorySaysThatTheRoleSeesNoCustomers(t *testing.T) {
	d := asNew(t, store.Bookkeeper)
	open(d)
	require.True(t, d.HasText("Your role does not see customers."))
	require.Empty(t, d.Failed)
	look(d, "no-right")
}

func TestTagsAreKeptChosenShownAndFilteredBy(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	require.NotContains(t, d.Texts(), "Tags", "without tags there is no column of them")
	d.Tap("Tag…")
	choose(d, "Keep the tags…")
	look(d, "tags-none")
	for _, name := range []string{"Frames", "Wholesale", "Prints"} {
		d.Type("New tag", name)
		d.Press(fyne.KeyReturn)
	}
	d.Type("New tag", "frames")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("The tag Frames has this word already."))
	require.Equal(t, "frames", d.Value("New tag"), "what was typed stays")
	d.Type("New tag", "")
	look(d, "tags")
	d.Tap("Change the tag Prints")
	d.Type("Other words for it", "Poster, Giclée")
	d.Tap("Save")
	require.True(t, d.HasText("also Poster, Giclée"))
	d.Tap("Close")
	require.Contains(t, d.Texts(), "Tags")

	s.open(customer(d, "Giulia Conti"))
	s.detail.edit()
	d.Tap("Add a tag")
	choose(d, "Prints")
	d.Tap("Add a tag")
	choose(d, "Frames")
	require.True(t, s.form.changed())
	look(d, "form-tags")
	d.Tap("Take off Frames")
	saveChanges(d)
	require.Len(t, customer(d, "Giulia Conti").Tags, 1)
	require.True(t, d.HasText("Prints"))
	s.close()
	require.Contains(t, strings.Join(d.Rows()[2], " "), "Prints")
	look(d, "table-tags")
	d.Tap("Tag…")
	choose(d, "Prints (1)")
	require.Equal(t, []string{"Giulia Conti"}, rowNames(d))
	d.Tap("Tag: Prints, on")
	choose(d, "Keep the tags…")
	d.Tap("Remove the tag Prints")
	look(d, "tags-remove")
	d.Select("1 customer who has it").Choose(1)
	d.Tap("Remove tag")
	d.Tap("Close")
	require.Equal(t, []string{"Frames"}, row(d, "Giulia Conti").Tags)
	require.Contains(t, d.Controls(), "Tag: Frames, on", "the filter follows the tag")
	require.Equal(t, []string{"Giulia Conti"}, rowNames(d))
	tags, err := d.Env.Session.Tags()
	require.NoError(t, err)
	require.NoError(t, tags.Remove(s.filters.on.Tag, 0))
	s.filters.load()
	s.refill()
	require.Contains(t, d.Controls(), "Tag…", "without the tag there is no filter")
	require.Len(t, rowNames(d), 10)
}

// row is a customer as the store lists them.
func row(d *screentest.Desk, name string) store.CustomerRow {
	d.T.Helper()
	found, err := customers(d).Find(name, store.ByName, false)
	require.NoError(d.T, err)
	require.Equal(d.T, 1, found.Len())
	return found.At(0)
}

func TestT41ReportsLandWithWhoMends(t *testing.T) {
	d := as(t, frontDesk)
	s := openAt(d, "Giulia Conti")
	d.Tap("More")
	choose(d, "Report a problem with this record…")
	d.Tap("Report")
	require.True(t, d.HasText("Choose what is wrong."))
	d.Tap("The phone number is wrong")
	look(d, "report")
	d.Tap("Report")
	require.Equal(t, widgets.Good, d.Said[0].Tone)
	require.NotContains(t, d.Controls(), "To mend", "it is not the list of who reports")
	require.Nil(t, s.detail.mend())

	mender, err := d.Book.SignIn(d.Book.Info().Profiles[owner].ID, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)
	t.Cleanup(mender.Close)
	d.Env.Session = mender
	plain(d, "ADA WEISS")
	s = open(d)
	d.Tap("To mend")
	require.Equal(t, []string{"ADA WEISS", "Giulia Conti"}, rowNames(d))
	require.True(t, d.HasText("name in capitals, incomplete"))
	look(d, "to-mend")
	s.open(customer(d, "Giulia Conti"))
	require.True(t, d.HasText("wrong phone. Reported by Jonas"))
	look(d, "to-mend-detail")
	d.Tap("Done")
	require.False(t, d.HasText("wrong phone"))
	require.Equal(t, "ADA WEISS", d.Rows()[0][1])
}

func TestTheTimeAShownDetailIsLeftIsSeen(t *testing.T) {
	d, c := as(t, owner), &clock{}
	s := openAt(d, "Giulia Conti")
	s.after = c.after
	s.Reveal()
	require.True(t, d.HasText("+43 660 0004471"))
	require.True(t, d.HasText("giulia@conti.example"))
	require.True(t, d.HasText("15 s"))
	look(d, "shown-left")
	c.due[1]()
	require.True(t, d.HasText("14 s"))
	s.Reveal()
	require.False(t, d.HasText("660 0004471"))
	require.False(t, d.HasText("14 s"))
}
