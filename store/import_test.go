package store_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/exchange"
	"counterbook/store/sensitive"
)

// planOf plans the import of a table with a header.
func planOf(t require.TestingT, s *store.Session, file string) (*store.ImportPlan, error) {
	src := exchange.NewSource(strings.NewReader(file), exchange.Guess([]byte(file)))
	head, err := src.Next()
	require.NoError(t, err)
	return must(s.Customers()).PlanImport(context.Background(), src, exchange.Match(head.Cells), func(store.ImportProgress) {})
}

func run(t testing.TB, p *store.ImportPlan) store.Import {
	t.Helper()
	i, err := p.Run(context.Background(), func(int, int) {})
	require.NoError(t, err)
	return i
}

const importFile = `Name;Telefon;E-Mail;Ort;Land;Notiz
Anna Berger;0660 111 2222;anna@example.com;Wien;Österreich;likes walnut
Conti Giulia;;;;;
Bo;;;;;
;;;Graz;;
Carla Ruiz;12;;;;
Dora Nagy;;dora@;Linz;Atlantis;
Anna Bergr;;;;;card 4111 1111 1111 1111 and more
`

func TestS63ADryRunSaysOfEveryRowWhatWouldBecomeOfItAndStoresNothing(t *testing.T) {
	_, s := newBook(t, newClock())
	_, err := customers(t, s).Save(giulia())
	require.NoError(t, err)
	p, err := planOf(t, s, importFile)
	require.NoError(t, err)
	require.Len(t, p.Rows, 7)
	require.Equal(t, store.ImportCount{Rows: 7, New: 2, Like: 2, Wrong: 3, Stored: 2, Notes: 1, Found: 1}, p.Count())
	require.Equal(t, store.Customer{Name: "Anna Berger", Phone: "+43 660 1112222", Email: "anna@example.com",
		Address: invoice.Address{City: "Wien", Country: "AT"}}, p.Rows[0].Customer)
	require.Equal(t, 2, p.Rows[0].Number)
	require.Equal(t, store.SimilarName, p.Rows[1].Near[0].Like)
	require.Equal(t, "Bo", p.Rows[2].Customer.Name, "a name may be short")
	require.Equal(t, "Name", p.Rows[3].Problems[0].Field)
	require.Equal(t, "Phone", p.Rows[4].Problems[0].Field)
	require.Equal(t, []invoice.Problem{{Field: "Email", Rule: "email"}, {Field: "Address.Country", Rule: "country"}}, []invoice.Problem(p.Rows[5].Problems))
	require.Equal(t, []int{0}, p.Rows[6].Twins, "rows of a file are compared with those before them")
	require.Equal(t, "card ••• and more", p.Rows[6].KeptNote())
	n, err := customers(t, s).Count()
	require.NoError(t, err)
	require.Equal(t, 1, n)
}

func TestS63RejectedRowsAreNeverStoredAndWhoIsSomebodyElseIsRemembered(t *testing.T) {
	_, s := newBook(t, newClock())
	g, err := customers(t, s).Save(giulia())
	require.NoError(t, err)
	p, err := planOf(t, s, importFile)
	require.NoError(t, err)
	for i := range p.Rows {
		p.Rows[i].Take = true
	}
	i := run(t, p)
	require.Equal(t, 4, i.Count)
	all, err := customers(t, s).List("")
	require.NoError(t, err)
	require.Len(t, all, 5)
	by := map[string]store.Customer{}
	for _, c := range all {
		by[c.Name] = c
	}
	require.NotContains(t, by, "Carla Ruiz")
	require.Equal(t, []store.CustomerID{g.ID}, by["Conti Giulia"].NotSame)
	require.Equal(t, []store.CustomerID{by["Anna Berger"].ID}, by["Anna Bergr"].NotSame)
	require.Equal(t, "C-00002", by["Anna Berger"].Number)
	ns, err := s.Notes()
	require.NoError(t, err)
	notes, err := ns.Of(by["Anna Bergr"].ID)
	require.NoError(t, err)
	require.Len(t, notes, 1)
	require.Equal(t, "card ••• and more", notes[0].Text)
	require.Equal(t, "Marta", notes[0].AuthorName)
	_, err = p.Run(context.Background(), func(int, int) {})
	require.ErrorIs(t, err, store.ErrChanged, "a plan is good for one directory")
}

func TestS51ANoteIsNeverTakenWithWhatTheGuardFoundInIt(t *testing.T) {
	_, s := newBook(t, newClock())
	p, err := planOf(t, s, "Name;Note\nAnna;pw is hunter2, card 4111111111111111\nBo;plain\n")
	require.NoError(t, err)
	require.Len(t, p.Rows[0].Found, 2)
	require.NotContains(t, p.Rows[0].KeptNote(), "4111")
	p.Rows[0].DropNote = true
	require.Empty(t, p.Rows[0].KeptNote())
	run(t, p)
	c, err := customers(t, s).List("anna")
	require.NoError(t, err)
	ns, err := s.Notes()
	require.NoError(t, err)
	notes, err := ns.Of(c[0].ID)
	require.NoError(t, err)
	require.Empty(t, notes)
}

func TestS63AnImportThatIsGivenUpOrCannotBeReadLeavesNothing(t *testing.T) {
	_, s := newBook(t, newClock())
	_, err := planOf(t, s, "Name;Phone\nAnna;1234\nBo;\"12")
	var bad *exchange.Error
	require.ErrorAs(t, err, &bad)
	require.Equal(t, exchange.Error{Row: 3, Column: 2, Rule: exchange.BadQuote}, *bad)

	var file strings.Builder
	file.WriteString("Name;Note\n")
	for i := range 1000 {
		fmt.Fprintf(&file, "Kundin %d Nr %d;a note\n", i*7919, i)
	}
	p, err := planOf(t, s, file.String())
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	_, err = p.Run(ctx, func(done, of int) {
		require.Equal(t, 1000, of)
		if done > 500 {
			stop()
		}
	})
	require.ErrorIs(t, err, context.Canceled)
	n, err := customers(t, s).Count()
	require.NoError(t, err)
	require.Zero(t, n)
	list, err := customers(t, s).Imports()
	require.NoError(t, err)
	require.Empty(t, list)
	require.Equal(t, 1000, run(t, p).Count, "the plan is still good")
	c, err := customers(t, s).List("7919")
	require.NoError(t, err)
	require.Equal(t, "C-00002", c[0].Number, "no number is lost")
}

func TestS63UndoingAnImportRemovesThoseToWhomNothingHappened(t *testing.T) {
	clk := newClock()
	b, s := newBook(t, clk)
	cs := customers(t, s)
	_, err := cs.Save(giulia())
	require.NoError(t, err)
	p, err := planOf(t, s, "Name;Note\nAnna Berger;x marks\nBo;\nCarla Ruiz;\nDora Nagy;\nEva Horn;\n")
	require.NoError(t, err)
	i := run(t, p)
	list, err := cs.Imports()
	require.NoError(t, err)
	require.Equal(t, []store.Import{i}, list)
	find := func(name string) store.Customer {
		c, err := cs.List(name)
		require.NoError(t, err)
		require.Len(t, c, 1)
		return c[0]
	}
	clk.at = clk.at.Add(time.Minute)
	bo := find("Bo")
	bo.Email = "bo@example.com"
	_, err = cs.Save(bo)
	require.NoError(t, err)
	ns, err := s.Notes()
	require.NoError(t, err)
	_, err = ns.Save(store.Note{Customer: find("Carla").ID, Text: "asked for an offer"})
	require.NoError(t, err)
	ds, err := s.Drafts()
	require.NoError(t, err)
	dora := find("Dora")
	d, err := ds.Save(store.Draft{Customer: dora.ID, Doc: invoice.Document{Buyer: giulia().Party(), Lines: []invoice.Line{frame()}}})
	require.NoError(t, err)
	is, err := s.Invoices()
	require.NoError(t, err)
	_, err = is.Issue(context.Background(), d.ID)
	require.NoError(t, err)

	clk.at = clk.at.Add(time.Hour)
	_, err = cs.UndoImport(context.Background(), i.ID, nil)
	require.ErrorIs(t, err, store.ErrStepUp)
	require.NoError(t, s.StepUp(store.Passphrase(ownerPass)))
	u, err := cs.UndoImport(context.Background(), i.ID, nil)
	require.NoError(t, err)
	require.Equal(t, 2, u.Gone)
	why := map[string]store.StayReason{}
	for _, x := range u.Stay {
		why[x.Customer.Name] = x.Why
	}
	require.Equal(t, map[string]store.StayReason{"Bo": store.StaysChanged, "Carla Ruiz": store.StaysNoted, "Dora Nagy": store.StaysBilled}, why)
	n, err := cs.Count()
	require.NoError(t, err)
	require.Equal(t, 4, n)
	find("Giulia")
	_, err = cs.UndoImport(context.Background(), i.ID, nil)
	require.ErrorIs(t, err, store.ErrNotFound)
	list, err = cs.Imports()
	require.NoError(t, err)
	require.Empty(t, list)
	s.Close()
	require.NoError(t, b.Close())
	_, err = store.Check(b.Info().Path)
	require.NoError(t, err)
}

func TestAnImportIsKeptForThirtyDaysAndKnowsNobodyWhoWasErased(t *testing.T) {
	clk := newClock()
	_, s := newBook(t, clk)
	cs := customers(t, s)
	p, err := planOf(t, s, "Name\nAnna Berger\nBo\n")
	require.NoError(t, err)
	i := run(t, p)
	found, err := cs.List("anna")
	require.NoError(t, err)
	require.NoError(t, cs.Erase(context.Background(), found[0].ID, nil))
	u, err := cs.UndoImport(context.Background(), i.ID, nil)
	require.NoError(t, err)
	require.Equal(t, store.Undone{Gone: 1}, u)

	p, err = planOf(t, s, "Name\nCarla Ruiz\n")
	require.NoError(t, err)
	i = run(t, p)
	clk.at = clk.at.Add(31 * 24 * time.Hour)
	require.NoError(t, s.StepUp(store.Passphrase(ownerPass)))
	_, err = cs.UndoImport(context.Background(), i.ID, nil)
	require.ErrorIs(t, err, store.ErrNotFound)
}

func TestWhatIsTakenOutIsChosenProvedAndLoggedAndComesBackTheSame(t *testing.T) {
	clk := newClock()
	b, s := newBook(t, clk)
	cs := customers(t, s)
	odd := giulia()
	odd.Name, odd.Company = "=cmd|' /C calc'!A0", "Conti, \"Sons\"; & Co"
	odd, err := cs.Save(odd)
	require.NoError(t, err)
	_, err = cs.Save(store.Customer{Name: "Bo"})
	require.NoError(t, err)
	ns, err := s.Notes()
	require.NoError(t, err)
	all, err := cs.Find("", store.ByNumber, false)
	require.NoError(t, err)
	_, err = ns.Save(store.Note{Customer: all.At(0).ID, Text: "a note that stays"})
	require.NoError(t, err)

	fields := must(cs.TakeoutFields())
	for _, way := range []store.Takeout{store.AsTable, store.AsCards, store.AsList} {
		clk.at = clk.at.Add(time.Hour)
		take := func(fn func([]string, int, int) error) error {
			return cs.TakeOut(context.Background(), way, fields, all, fn)
		}
		never := func([]string, int, int) error { t.Fatal("something left"); return nil }
		require.ErrorIs(t, take(never), store.ErrStepUp)
		require.NoError(t, s.StepUp(store.Passphrase(ownerPass)))
		file := exchange.AppendRow(nil, []string{"Number", "Name", "Company", "Phone", "E-mail", "Street", "Address 2", "Postcode", "Town", "Region", "Country", "VAT number", "Language"})
		var cards []byte
		require.NoError(t, take(func(cells []string, _, of int) error {
			require.Equal(t, 2, of)
			row, card := make([]string, len(cells)), map[exchange.Field]string{}
			for i, c := range cells {
				require.NotContains(t, c, "a note")
				row[i], card[fields[i]] = exchange.Guarded(c), c
			}
			file, cards = exchange.AppendRow(file, row), exchange.AppendCard(cards, card)
			return nil
		}))
		a, err := s.Activity()
		require.NoError(t, err)
		events, err := a.Events(1)
		require.NoError(t, err)
		require.Equal(t, 2, events[0].Count)
		require.Equal(t, map[store.Takeout]store.EventKind{store.AsTable: store.CustomersExported, store.AsCards: store.CardsExported, store.AsList: store.CustomersPrinted}[way], events[0].Kind)
		require.NotContains(t, string(file), "\r\nC-00001,=")
		for i, f := range [][]byte{file, cards} {
			_, other := newBook(t, newClock())
			src := exchange.NewSource(bytes.NewReader(f), exchange.Guess(f))
			columns := exchange.CardFields
			if i == 0 {
				head, err := src.Next()
				require.NoError(t, err)
				columns = exchange.Match(head.Cells)
				require.NotContains(t, columns, exchange.NoField)
			}
			p, err := customers(t, other).PlanImport(context.Background(), src, columns, func(store.ImportProgress) {})
			require.NoError(t, err)
			run(t, p)
			back, err := customers(t, other).List("cmd")
			require.NoError(t, err)
			require.Len(t, back, 1)
			require.Equal(t, odd.Name, back[0].Name)
			require.Equal(t, odd.Company, back[0].Company)
			require.Equal(t, odd.Phone, back[0].Phone)
			require.Equal(t, odd.Address, back[0].Address)
		}
	}
	jonas := addStaff(t, b, s, "Jonas", store.FrontDesk)
	require.ErrorIs(t, customers(t, jonas).TakeOut(context.Background(), store.AsTable, fields, all, nil), store.ErrNoRight)
	require.ErrorIs(t, cs.TakeOut(context.Background(), store.AsTable, []exchange.Field{exchange.Note}, all, nil), store.ErrNotFound)
	stop := cs.TakeOut(context.Background(), store.AsTable, fields, all, func([]string, int, int) error { return io.ErrShortWrite })
	require.ErrorIs(t, stop, io.ErrShortWrite)
}

func TestS63AnImportTakesWhatTheShopCollectsAndNothingElse(t *testing.T) {
	_, s := newBook(t, newClock())
	prints := must(must(s.Tags()).Add("Prints"))
	const file = `Name;Telefon;Telefon 2;E-Mail;Geburtstag;Tags;Notiz
Anna Berger;0660 111 2222;0660 333 4444;anna@example.com;17.05.1980;prints, Unheard of;likes walnut
Bo Rossi;;0660 333 5555;;--05-17;;
Carla Ruiz;0660 111 3333;;;31.2.1980;;
Dora Nagy;;;dora@example.com;;;
`
	p := must(planOf(t, s, file))
	anna := p.Rows[0].Customer
	require.Empty(t, anna.Phone2)
	require.Zero(t, anna.Birthday)
	require.Empty(t, p.Rows[2].Problems, "what is not collected cannot be wrong")
	require.Equal(t, []store.TagID{prints.ID}, anna.Tags, "a word that is no tag makes none")

	collect(t, s, map[string]store.Collect{"Phone2": store.Optional, "Birthday": store.Optional, "Phone": store.Required, "Email": store.Hidden, "Tags": store.Hidden, "Notes": store.Hidden})
	may := must(customers(t, s).ImportFields())
	require.Subset(t, may, []exchange.Field{exchange.Phone2, exchange.Birthday})
	for _, f := range []exchange.Field{exchange.Email, exchange.Tags, exchange.Note} {
		require.NotContains(t, may, f)
	}
	p = must(planOf(t, s, file))
	anna = p.Rows[0].Customer
	require.Equal(t, "+43 660 3334444", anna.Phone2)
	require.Equal(t, store.Birthday{Month: time.May, Day: 17}, anna.Birthday, "without the year, which is not kept")
	require.Empty(t, anna.Email+p.Rows[0].Note)
	require.Empty(t, anna.Tags)
	require.Equal(t, invoice.Problems{{Field: "Phone", Rule: "missing"}}, p.Rows[1].Problems)
	require.Empty(t, p.Rows[2].Problems)
	require.Zero(t, p.Rows[2].Customer.Birthday)
	require.Equal(t, []store.Left{{Field: exchange.Birthday, Count: 1}}, p.Rows[2].Left, "a birthday that cannot be read costs no customer")
	require.Equal(t, store.ImportCount{Rows: 4, New: 2, Wrong: 2, Stored: 2, Left: 1}, p.Count())
	run(t, p)
	require.Equal(t, anna.Birthday, must(customers(t, s).List("anna"))[0].Birthday)
}

func TestS63ADryRunSaysWhatOfARowIsNotTaken(t *testing.T) {
	_, s := newBook(t, newClock())
	must(must(s.Tags()).Add("Prints"))
	const card = "BEGIN:VCARD\r\nFN:Anna\r\nTEL:+43 660 1111111\r\nTEL:+43 660 2222222\r\nTEL:+43 660 3333333\r\nTEL:\r\nEMAIL:a@example.com\r\nEMAIL:b@example.com\r\n" +
		"ADR:;;Gasse 1;Wien;;1080;\r\nADR:;;Gasse 2;Wien;;1080;\r\nADR:;;;;;;\r\nNOTE:one\r\nNOTE:two\r\nCATEGORIES:Foo,prints\r\nCATEGORIES:Bar\r\nEND:VCARD\r\n"
	cardOf := func(columns []exchange.Field) store.ImportedRow {
		src := exchange.NewSource(strings.NewReader(card), exchange.Guess([]byte(card)))
		return must(must(s.Customers()).PlanImport(context.Background(), src, columns, func(store.ImportProgress) {})).Rows[0]
	}
	anna := cardOf(exchange.CardFields)
	require.Equal(t, store.IsNew, anna.Outcome())
	require.Equal(t, "one\ntwo", anna.Note)
	require.Equal(t, []store.Left{{Field: exchange.Phone, Count: 2}, {Field: exchange.Email, Count: 1}, {Field: exchange.Street, Count: 1}, {Field: exchange.Tags, Count: 2}}, anna.Left)
	require.Empty(t, cardOf([]exchange.Field{exchange.Name}).Left, "what is not wanted is not missed")

	const google = "Name,Phone 1 - Value,E-mail 1 - Value,Address 1 - Street,Address 1 - City,Labels\n" +
		"Bo,+43 660 1111111 ::: +43 660 2222222 ::: +43 660 3333333,bo@example.com ::: c@example.com,Gasse 1 ::: Gasse 2,Wien ::: Graz,* myContacts ::: Prints ::: Foo\n" +
		"Cy,+43 660 4444444,cy@example.com,Gasse 3,Wels,* myContacts\n"
	p := must(planOf(t, s, google))
	bo := p.Rows[0]
	require.Empty(t, bo.Problems)
	require.Equal(t, []string{"+43 660 1111111", "", "bo@example.com", "Gasse 1", "Wien"}, []string{bo.Customer.Phone, bo.Customer.Phone2, bo.Customer.Email, bo.Customer.Address.Street, bo.Customer.Address.City})
	require.Len(t, bo.Customer.Tags, 1)
	require.Equal(t, []store.Left{{Field: exchange.Phone, Count: 2}, {Field: exchange.Email, Count: 1}, {Field: exchange.Street, Count: 1}, {Field: exchange.Tags, Count: 1}}, bo.Left)
	require.Empty(t, p.Rows[1].Left)
	require.Equal(t, 1, p.Count().Left)

	collect(t, s, map[string]store.Collect{"Phone2": store.Optional})
	require.Equal(t, store.Left{Field: exchange.Phone, Count: 1}, cardOf(exchange.CardFields).Left[0])
	bo = must(planOf(t, s, google)).Rows[0]
	require.Equal(t, "+43 660 2222222", bo.Customer.Phone2)
	require.Equal(t, store.Left{Field: exchange.Phone, Count: 1}, bo.Left[0])
}

func TestS63ABirthdayCostsNoCustomerUnlessTheShopNeedsIt(t *testing.T) {
	_, s := newBook(t, newClock())
	collect(t, s, map[string]store.Collect{"Birthday": store.Optional})
	const file = "Name;Geburtstag\nA;0/0/00\nB;00.00.0000\nC;0000-00-00\nD;1980\nE;29358\nF;17. Mai\nG;29 February\nH;17-May-07\nI;Mai 1980\nJ;1899-12-30\n"
	p := must(planOf(t, s, file))
	for i, want := range []struct {
		birthday string
		left     int
	}{{"", 0}, {"", 0}, {"", 0}, {"", 1}, {"", 1}, {"--05-17", 0}, {"--02-29", 0}, {"", 1}, {"", 1}, {"", 1}} {
		require.Empty(t, p.Rows[i].Problems, p.Rows[i].Customer.Name)
		require.Equal(t, want.birthday, p.Rows[i].Customer.Birthday.String(), p.Rows[i].Customer.Name)
		require.Len(t, p.Rows[i].Left, want.left, p.Rows[i].Customer.Name)
	}
	collect(t, s, map[string]store.Collect{"Birthday": store.Required})
	p = must(planOf(t, s, file))
	require.Equal(t, invoice.Problems{{Field: "Birthday", Rule: "missing"}}, p.Rows[0].Problems)
	require.Equal(t, invoice.Problems{{Field: "Birthday", Rule: "birthday"}}, p.Rows[3].Problems)
}

func TestS51AnImportGoesByTheShopsGuard(t *testing.T) {
	_, s := newBook(t, newClock())
	g := must(s.Guard())
	policy := must(g.Policy())
	policy.SetLevel(sensitive.Card, store.GuardOff)
	policy.SetLevel(sensitive.Email, store.GuardHint)
	policy.Words = []store.GuardWords{{Language: "en", Kind: "health", Find: []string{"zzyzx"}}}
	must(g.Save(policy))
	p := must(planOf(t, s, "Name;Note\nAnna;card 4111111111111111\nBo;or bo@example.com\nCy;has zzyzx, call 0660 111 2222\n"))
	require.Equal(t, "card 4111111111111111", p.Rows[0].KeptNote())
	require.Equal(t, "or bo@example.com", p.Rows[1].KeptNote(), "a hint stands in nobody's way")
	require.Equal(t, "has •••, call •••", p.Rows[2].KeptNote())
}

func TestS61NothingThatIsHiddenIsTakenOut(t *testing.T) {
	_, s := newBook(t, newClock())
	collect(t, s, map[string]store.Collect{"Phone2": store.Optional, "Birthday": store.Optional})
	tag := must(must(s.Tags()).Add("Prints"))
	c := rich()
	c.Tags = []store.TagID{tag.ID}
	cs := customers(t, s)
	must(anyway(cs, c))
	take := func(fields []exchange.Field) (out []string, err error) {
		found := must(cs.Find("", store.ByName, false))
		err = cs.TakeOut(context.Background(), store.AsTable, fields, found, func(cells []string, _, _ int) error { out = cells; return nil })
		return out, err
	}
	require.NoError(t, s.StepUp(store.Passphrase(ownerPass)))
	fields := []exchange.Field{exchange.Name, exchange.Phone2, exchange.Birthday, exchange.Tags}
	require.Equal(t, []string{"Giulia Conti", "+43 1 5550199", "--05-17", "Prints"}, must(take(fields)))
	card := string(exchange.AppendCard(nil, map[exchange.Field]string{exchange.Name: "Ada", exchange.Birthday: "--05-17", exchange.Tags: "Prints, Frames"}))
	require.Contains(t, card, "BDAY:--0517\r\n")
	require.Contains(t, card, "CATEGORIES:Prints,Frames\r\n")

	collect(t, s, map[string]store.Collect{"Phone2": store.Hidden, "Birthday": store.Hidden, "Email": store.Hidden, "Tags": store.Hidden})
	may := must(cs.TakeoutFields())
	for _, f := range append(fields[1:], exchange.Email) {
		require.NotContains(t, may, f)
		_, err := take([]exchange.Field{f})
		require.ErrorIs(t, err, store.ErrNotFound, f)
	}
}

func TestS63AReportACheckAndAMergeAreSomethingThatHappened(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := customers(t, s)
	g := must(cs.Save(giulia()))
	i := run(t, must(planOf(t, s, "Name;Telefon\nAnna Berger;0660 111 2222\nBo Rossi;0660 111 3333\nCarla Ruiz;0660 111 4444\nDora Nagy;0660 111 5555\n")))
	find := func(name string) store.Customer { return must(cs.List(name))[0] }
	require.NoError(t, cs.Report(find("Anna").ID, store.WrongPhone))
	must(cs.Check(find("Bo").ID, []string{"Phone"}, store.ReadBack))
	carla := find("Carla")
	must(cs.Merge(g, carla, store.MergeChoice(g, carla, nil)))
	u := must(cs.UndoImport(context.Background(), i.ID, func(int64, int64) {}))
	require.Equal(t, 1, u.Gone)
	why := map[string]store.StayReason{}
	for _, stay := range u.Stay {
		why[stay.Customer.Name] = stay.Why
	}
	require.Equal(t, map[string]store.StayReason{"Anna Berger": store.StaysReported, "Bo Rossi": store.StaysChanged, "Giulia Conti": store.StaysMerged}, why)
	require.Equal(t, g.ID, must(cs.Get(carla.ID)).ID, "her id still leads on")
}
