package staff

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/widgets"
)

var log = screen.Route{Place: screen.Activity}

// busy opens the made-up shop with a clock that goes on, as a wrong passphrase
// makes the next try wait, and does a few things that are not in its log yet.
func busy(t *testing.T) (*screentest.Desk, store.Customer) {
	t.Helper()
	d := screentest.New(t, 0)
	now := screentest.Today
	o := screentest.Options()
	o.Now = func() time.Time { return now }
	b, err := screentest.Make(filepath.Join(t.TempDir(), "busy.counterbook"), o)
	require.NoError(t, err)
	t.Cleanup(func() { b.Close() })
	d.Book = b
	d.Env.Session, err = b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)
	t.Cleanup(d.Env.Session.Close)

	jonas := b.Info().Profiles[1].ID
	_, err = b.SignIn(jonas, store.Passphrase("wrong"))
	require.ErrorIs(t, err, store.ErrWrongPassphrase)
	now = now.Add(time.Minute)
	s, err := b.SignIn(jonas, store.Passphrase(sample.Passphrase))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	cs, err := s.Customers()
	require.NoError(t, err)
	found, err := cs.List("Conti")
	require.NoError(t, err)
	giulia := found[0]
	_, err = cs.Reveal(giulia.ID, "Phone")
	require.NoError(t, err)
	giulia.Phone, giulia.Email, giulia.Address.City = "+43 660 000 4472", "conti@giulia.example", "Graz"
	_, err = cs.Save(giulia)
	require.NoError(t, err)
	return d, giulia
}

// happened returns the third column of the rows in view.
func happened(d *screentest.Desk) []string {
	var out []string
	for _, r := range d.Rows() {
		out = append(out, r[len(r)-1])
	}
	return out
}

func TestLogIsToldInSentencesNewestFirst(t *testing.T) {
	d, _ := busy(t)
	s := d.Open(NewActivity, log).(*activity)
	require.Equal(t, []string{
		"Jonas changed the phone, the e-mail and the address of Giulia Conti",
		"Jonas showed the phone of Giulia Conti",
		"Jonas signed in, after 1 wrong try",
		"Marta R. signed in",
		"Marta R. saved a draft for Giulia Conti",
		"Marta R. issued invoice 2026-0007",
		"Marta R. saved the draft of invoice 2026-0007",
	}, happened(d)[:7])
	require.Equal(t, widgets.ColorLook, s.rows[2][2].Colour, "wrong tries are worth a look")
	require.Equal(t, fyne.ThemeColorName(""), s.rows[3][2].Colour)
	require.Equal(t, "Today", d.Rows()[0][0])
	require.Len(t, d.Rows()[1], 2, "a day stands once")
	require.Equal(t, "Marta R. made the book", s.rows[len(s.rows)-1][2].Text)
	require.False(t, d.Has("Show older"))
	require.True(t, d.HasText("This is everything since the book was made."))
}

func TestLogIsGroupedByDay(t *testing.T) {
	d := screentest.New(t, 0)
	s := d.Open(NewActivity, log).(*activity)
	at := func(days int) store.Event {
		return store.Event{Kind: store.ShopChanged, At: screentest.Today.AddDate(0, 0, -days), By: store.ID{1}, ByName: "Jonas"}
	}
	s.hunt.list.found.Events = []store.Event{at(0), at(0), at(1), at(30), at(30)}
	s.draw()
	var days []string
	for _, r := range s.rows {
		days = append(days, r[0].Text)
	}
	require.Equal(t, []string{"Today", "", "Yesterday", "23 Oct 2026", ""}, days)
}

func TestEveryKindOfEventHasItsSentenceAndItsFilter(t *testing.T) {
	d := screentest.New(t, 0)
	tell := d.Open(NewActivity, log).(*activity).say
	for _, k := range store.EventKinds() {
		require.Contains(t, kinds, k)
		for _, e := range []store.Event{{Kind: k, ByName: "Jonas", Count: 2, Fields: []string{"Phone"}}, {Kind: k, ByName: "Jonas"}} {
			text := tell.sentence(e)
			require.Contains(t, text, "Jonas ")
			require.NotContains(t, text, "activity.")
			require.NotContains(t, text, "<no value>")
		}
		in := 0
		for _, g := range groups {
			for _, other := range g.kinds {
				if other == k {
					in++
				}
			}
		}
		require.Equal(t, 1, in, "kind %d is behind one choice of the filter", k)
	}
	require.Equal(t, "Somebody did something that this version of the program cannot name", tell.sentence(store.Event{Kind: 250}))
}

func TestWhatIsNoLongerThereIsSaid(t *testing.T) {
	d := screentest.New(t, 0)
	tell := d.Open(NewActivity, log).(*activity).say
	for kind, want := range map[store.EventKind]string{
		store.ContactShown: "Jonas showed the phone of a customer that is no longer there",
		store.ItemChanged:  "Jonas changed an item that is no longer there",
		store.DraftSaved:   "Jonas saved a draft that is no longer there",
		store.StaffAdded:   "Jonas added the profile of somebody who is no longer there",
	} {
		e := store.Event{Kind: kind, ByName: "Jonas", Subject: store.ID{9}}
		if kind == store.ContactShown {
			e.Fields = []string{"Phone"}
		}
		require.Equal(t, want, tell.sentence(e))
		_, ok := tell.route(e)
		require.Equal(t, kind == store.StaffAdded, ok)
	}
}

func TestLogIsFilteredByPersonAndKind(t *testing.T) {
	d, _ := busy(t)
	d.Open(NewActivity, log)
	require.Equal(t, []string{"Everybody", "Jonas", "Lena", "Marta R.", "Pia", "Studio Ferri"}, d.Select("Person").Options)
	d.Select("Person").Choose(1)
	require.Len(t, d.Rows(), 3)
	require.True(t, d.HasText("3 entries fit"))
	require.True(t, d.HasText("The whole log was searched."))
	d.Select("Kind").Choose(1)
	require.Equal(t, []string{"Jonas signed in, after 1 wrong try"}, happened(d))
	require.True(t, d.HasText("1 entry fits"))
	d.Select("Kind").Choose(2)
	require.Equal(t, []string{"Jonas showed the phone of Giulia Conti"}, happened(d))
	d.Select("Kind").Choose(4)
	require.Empty(t, d.Rows())
	require.True(t, d.HasText("Nothing like this has happened since the book was made."))
	d.CheckLooks()
	d.Tap("Show everything")
	require.Greater(t, len(d.Rows()), 3)
	d.Select("Kind").Choose(6)
	require.Contains(t, happened(d), "Marta R. added the profile of Lena")
}

// shows shows Giulia's telephone number so many times.
func shows(t *testing.T, s *store.Session, times int) {
	t.Helper()
	cs, err := s.Customers()
	require.NoError(t, err)
	found, err := cs.List("Conti")
	require.NoError(t, err)
	for range times {
		_, err := cs.Reveal(found[0].ID, "Phone")
		require.NoError(t, err)
	}
}

func TestOlderEntriesComeWhenAskedFor(t *testing.T) {
	d := screentest.New(t, 0)
	shows(t, d.Env.Session, 250)
	s := d.Open(NewActivity, log).(*activity)
	require.Len(t, s.rows, 200)
	require.True(t, d.HasText("the last 200 entries"))
	s.table.Select(150)
	offset := s.table.Offset()
	d.Tap("Show older")
	require.Greater(t, len(s.rows), 250)
	require.Equal(t, 150, s.table.Selected())
	require.Equal(t, offset, s.table.Offset(), "one stays where one was")
	require.False(t, d.Has("Show older"))
}

func TestChoicesSearchTheWholeLogAndNotOnlyWhatIsShown(t *testing.T) {
	d := screentest.New(t, 0)
	shows(t, d.Env.Session, 450)
	d.Open(NewActivity, log)
	d.Select("Kind").Choose(5)
	require.Len(t, d.Rows(), 7, "the items were added before everything that is shown at first")
	require.True(t, d.HasText("7 entries fit"))
	require.False(t, d.Has("Show older"))
	d.Select("Kind").Choose(2)
	require.True(t, d.HasText("the last 200 entries that fit"))
	d.Tap("Show older")
	d.Tap("Show older")
	require.True(t, d.HasText("450 entries fit"))
	require.False(t, d.Has("Show older"))
}

func TestLogIsFilteredByTime(t *testing.T) {
	d, _ := busy(t)
	s := d.Open(NewActivity, log).(*activity)
	at := func(days int) store.Event {
		return store.Event{Kind: store.ShopChanged, At: screentest.Today.AddDate(0, 0, -days), By: store.ID{1}, ByName: "Jonas"}
	}
	for name, want := range map[string][]bool{ // 0, 6, 7, 29, 30, 325 and 326 days ago: 1 January is 325 days before 22 November
		anyTime: {true, true, true, true, true, true, true}, today: {true, false, false, false, false, false, false},
		lastWeek: {true, true, false, false, false, false, false}, lastDays: {true, true, true, true, false, false, false},
		thisYear: {true, true, true, true, true, true, false},
	} {
		from := periodFrom(name, screentest.Today)
		for i, days := range []int{0, 6, 7, 29, 30, 325, 326} {
			require.Equal(t, want[i], !at(days).At.Before(from), "%s: %d days ago", name, days)
		}
	}
	whole := len(s.rows)
	d.Select("Time").Choose(1)
	require.Len(t, s.rows, whole, "the made-up shop was made today")
	d.Select("Time").Choose(5)
	require.Equal(t, "From", d.Focused())
	require.Len(t, s.rows, whole, "no day is typed yet")
	d.Type("To, this day included", "21 Nov 2026")
	require.Empty(t, s.rows)
	require.True(t, d.HasText("Nothing like this happened in that time."))
	d.Type("From", "22.11.2026")
	d.Press(fyne.KeyTab)
	d.Press(fyne.KeyTab)
	require.True(t, d.HasText("The last day is before the first."))
	d.Type("To, this day included", "22 Nov 2026")
	require.Len(t, s.rows, whole)
	d.CheckLooks()
	d.Type("From", "yesterday")
	d.Press(fyne.KeyTab)
	require.True(t, d.HasText("This is not a date."))
	d.Select("Time").Choose(0)
	require.False(t, d.Has("From"))
	require.Len(t, s.rows, whole)
}

func TestShownContactDetailsAreCountedForEachPerson(t *testing.T) {
	d, giulia := busy(t)
	cs, err := d.Env.Session.Customers()
	require.NoError(t, err)
	people, err := cs.List("")
	require.NoError(t, err)
	for _, c := range people {
		if c.Phone != "" {
			_, err := cs.Reveal(c.ID, "Phone")
			require.NoError(t, err)
		}
	}
	_, err = cs.Reveal(giulia.ID, "Email")
	require.NoError(t, err)
	d.Open(NewActivity, log)
	require.Contains(t, d.Texts(), "Marta R. showed contact details of 8 customers (9 times) in the last 7 days")
	require.Contains(t, d.Texts(), "Jonas showed contact details of 1 customer (once) in the last 7 days")
	d.CheckLooks()
	d.Tap("Jonas showed contact details of 1 customer (once) in the last 7 days")
	require.Equal(t, []string{"Jonas showed the phone of Giulia Conti"}, happened(d))
	require.Equal(t, []string{"Jonas", "Contact details shown", "Last 7 days"},
		[]string{d.Select("Person").Selected(), d.Select("Kind").Selected(), d.Select("Time").Selected()})
	d.Select("Time").Choose(4)
	require.Contains(t, d.Texts(), "Jonas showed contact details of 1 customer (once) this year")
	d.Select("Time").Choose(5)
	d.Type("To, this day included", "1 Nov 2026")
	require.Contains(t, d.Texts(), "Nobody showed contact details in this time.")
}

// held keeps slow work until the test lets it go.
type held struct {
	work func(context.Context) error
	done func(error)
}

func (h *held) Run(work func(context.Context) error, done func(error)) { h.work, h.done = work, done }

func TestALongSearchRunsBesideTheScreenAndCanBeStopped(t *testing.T) {
	usual := frame
	t.Cleanup(func() { frame = usual })
	frame = 0 // in which little can be read
	d := screentest.New(t, 0)
	shows(t, d.Env.Session, 1200)
	run := &held{}
	d.Env.Run = run
	s := d.Open(NewActivity, log).(*activity)
	finish := func() { // what was begun when the screen was opened
		for s.hunt.runs {
			run.done(run.work(context.Background()))
		}
		d.Settle()
	}
	require.NotNil(t, run.work, "the log is not read to its end while somebody waits for the screen")
	require.True(t, s.hunt.runs)
	require.True(t, d.HasText("Searching the log…"))
	require.True(t, d.Has("Stop"))
	d.CheckLooks()
	picture(d, "activity-searching.png")
	d.Tap("Stop")
	run.done(run.work(context.Background()))
	require.True(t, d.HasText("The search was stopped."))
	require.NotContains(t, d.Texts(), "Nobody showed contact details in the last 7 days.", "half a count is a wrong one")
	d.CheckLooks()
	d.Tap("Go on searching")
	finish()
	require.True(t, d.HasText("1200 times") || d.HasText("1,200 times"), "%q", d.Texts())

	shows(t, d.Env.Session, 1200)
	s = d.Open(NewActivity, log).(*activity)
	before := run.done
	d.Select("Kind").Choose(5)
	before(nil) // ends late
	finish()
	require.Len(t, d.Rows(), 7, "what was looked for before does not get in between")
	require.Empty(t, d.Failed)

	shows(t, d.Env.Session, 1200)
	s = d.Open(NewActivity, log).(*activity)
	left := false
	s.Leave(func() { left = true })
	require.True(t, left)
	require.ErrorIs(t, run.work(context.Background()), context.Canceled, "who leaves the screen waits for nothing")
}

func TestTheColumnOfScreensIsThereWhereAnEntryHasOne(t *testing.T) {
	d, _ := busy(t)
	s := d.Open(NewActivity, log).(*activity)
	for i := range s.hunt.list.found.Events {
		s.hunt.list.found.Events[i].Screen = store.NoScreen
	}
	s.draw()
	require.NotContains(t, d.Texts(), "Screen")
	s.hunt.list.found.Events[2].Screen = store.CustomersScreen
	s.draw()
	require.Contains(t, d.Texts(), "Screen")
	d.CheckLooks()
}

func TestEntriesLeadToWhatTheyAreAbout(t *testing.T) {
	d, giulia := busy(t)
	d.Open(NewActivity, log)
	require.Contains(t, d.Focused(), "Person")
	d.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)
	require.Contains(t, d.Focused(), "Jonas showed contact details")
	d.Press(fyne.KeyTab, fyne.KeyDown, fyne.KeyReturn)
	require.Equal(t, []screen.Route{{Place: screen.Customers, ID: giulia.ID}}, d.Went)
	d.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	require.Equal(t, screen.Invoice, d.Went[1].Place)
	inv, err := d.Env.Session.Invoices()
	require.NoError(t, err)
	got, err := inv.Get(d.Went[1].ID)
	require.NoError(t, err)
	require.Equal(t, "2026-0007", got.Doc.Number)
	require.Equal(t, invoice.KindInvoice, got.Doc.Kind)
}

func TestActivityLooksRight(t *testing.T) {
	for name, size := range map[string]fyne.Size{"wide": screentest.Size, "window": {Width: 1072, Height: 800}, "narrow": {Width: 816, Height: 700}} {
		for mode, look := range map[widgets.Mode]string{widgets.Light: "light", widgets.Dark: "dark"} {
			d, _ := busy(t)
			d.SetMode(mode)
			d.Resize(size)
			s := d.Open(NewActivity, log).(*activity)
			events := s.hunt.list.found.Events
			for i := range events[6:] {
				events[6+i].At = events[6+i].At.Add(-time.Duration(i/4+1) * 26 * time.Hour)
			}
			s.draw()
			s.table.Select(1)
			d.CheckLooks()
			picture(d, "activity-"+name+"-"+look+".png")
			s.table.Select(2)
			d.CheckLooks()
			s.who.SetIndex(1)
			d.Select("Kind").Choose(5)
			d.CheckLooks()
			picture(d, "activity-none-"+name+"-"+look+".png")
			d.Select("Time").Choose(5)
			d.Type("From", "23 Nov 2026")
			d.CheckLooks()
			picture(d, "activity-empty-"+name+"-"+look+".png")
		}
	}
}
