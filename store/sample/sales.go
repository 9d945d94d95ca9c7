package sample

// Sales: what the customers bought, as documents that are ready to be issued.

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/store"
)

// Ages in days that say whether a sale was paid.
const (
	daysToPay = 14
	longAgo   = 45
)

// sale is a document with the moment at which it was issued; days is how long
// ago that is. Its Customer is filled when it is issued: the customers have no
// ID before they are in the book.
type sale struct {
	at       time.Time
	days     int
	customer int // place in the list, -1 for somebody who is not kept
	store.Draft
}

// sold draws how the shop did business until its last days: m sales between from
// and to, in the order of their dates.
func sold(list []store.Customer, m int, from, to, now time.Time) []sale {
	var times []time.Time
	l := lots(lotSales)
	days := int(to.Sub(from).Hours() / 24)
	for range m {
		times = append(times, open(from.AddDate(0, 0, l.below(days)), now.Location(), l.between(9*60, 18*60-1)))
	}
	slices.SortFunc(times, time.Time.Compare)
	frequent := often(list)
	var out []sale
	for i, at := range times {
		out = append(out, sell(lots(lotSales+1+uint64(i)), list, frequent, at, now))
	}
	return out
}

// often is the places of those who come often: the regulars and the companies.
func often(list []store.Customer) (out []int) {
	for i, c := range list {
		if c.Company != "" || isRegular(c) {
			out = append(out, i)
		}
	}
	return out
}

// sell draws one sale to somebody who was a customer by then, or to a passer-by.
func sell(l *lot, list []store.Customer, frequent []int, at, now time.Time) sale {
	s := sale{at: at, days: int(now.Sub(at).Hours() / 24), customer: -1}
	for range 12 {
		i := l.below(len(list))
		if len(frequent) > 0 && l.in100(35) {
			i = one(l, frequent)
		}
		if c := list[i]; c.Created.Before(at.AddDate(0, -3, 0)) { // in the book since the quarter before
			s.customer = i
			s.toCustomer(l, c)
			s.fill(l)
			return s
		}
	}
	s.toPasserBy(l)
	s.fill(l)
	return s
}

// toCustomer names the buyer: one of the companies of who has several.
func (s *sale) toCustomer(l *lot, c store.Customer) {
	ways := c.Parties()
	way := 0
	if l.in100(40) {
		way = l.below(len(ways))
	}
	s.Doc.Buyer, s.Doc.Language = ways[way], c.Language
	s.Doc.Buyer.Email, s.Doc.Buyer.Phone = "", ""
	if s.Doc.Buyer.Contact != "" && l.in100(40) {
		s.Doc.BuyerReference = fmt.Sprintf("B-%d/%03d", s.at.Year()%100, l.between(1, 400))
	}
}

// passersBy are recipients who are on the document alone.
var passersBy = []invoice.Party{
	{Name: "Pfarre zur Heiligen Muster", Address: vienna("Kalvarienberggasse 0", "1170")},
	{Name: "Volksschule Musterplatz, Elternverein", Address: vienna("Jörgerstraße 0", "1170")},
	{Name: "Theatergruppe Fundus", Address: vienna("Zieglergasse 0", "1070")},
	{Name: "Passing visitor", Address: invoice.Address{Street: "0 Example Row", Postcode: "EH1 0AA", City: "Edinburgh", Country: "GB"}},
	{Name: "Hausgemeinschaft Lange Gasse"},
	{Name: "Cash customer"},
}

func (s *sale) toPasserBy(l *lot) { s.Doc.Buyer = one(l, passersBy) }

// fill draws what was bought and how it was paid.
func (s *sale) fill(l *lot) {
	d := &s.Doc
	d.Kind, d.Currency, d.Date = invoice.KindInvoice, "EUR", invoice.DateOf(s.at)
	small := d.Buyer.Address.Street == ""
	for range l.weighed([]int{0, 34, 30, 20, 10, 6}) {
		d.Lines = append(d.Lines, bought(l, d.Buyer.Contact != ""))
	}
	if small { // no address: not above the limit of a simplified invoice
		d.Lines = []invoice.Line{one(l, goods[3:9]).Line()}
	}
	if l.in100(40) {
		d.Supply = d.Date.AddDays(-l.between(0, 6))
	}
	if l.in100(10) {
		d.Adjustments = append(d.Adjustments, invoice.Adjustment{Reason: s.say("Regular customer", "Stammkundschaft"), Percent: dec(one(l, []string{"5", "10"}))})
	}
	if l.in100(6) && !small {
		d.Adjustments = append(d.Adjustments, invoice.Adjustment{Charge: true, Reason: s.say("Done within the day", "Am selben Tag fertig"), Amount: dec("25.00")})
	}
	s.taxed()
	s.pay(l)
}

// bought draws a line. Companies buy more of a thing.
func bought(l *lot, company bool) invoice.Line {
	line := one(l, goods).Line()
	switch line.Unit {
	case "m²":
		line.Quantity = decimal.New(int64(l.between(3, 24)), -1)
	case "m":
		line.Quantity = decimal.New(int64(l.between(6, 40)), -1)
	case "h":
		line.Quantity = decimal.New(int64(25*l.between(1, 10)), -2)
	case "trip":
	default:
		most := 3
		if company {
			most = 12
		}
		line.Quantity = decimal.NewFromInt(int64(l.between(1, most)))
	}
	if l.in100(7) {
		line.Adjustments = []invoice.Adjustment{{Reason: one(l, []string{"Slight scratch", "Display piece", "End of roll"}), Percent: dec(one(l, []string{"10", "15", "20"}))}}
	}
	if line.Unit == "h" && l.in100(50) {
		line.Detail = one(l, []string{"Corner re-glued and filled", "Cleaning and new backing", "Mounting on site", "Fitting of a heavy picture"})
	}
	return line
}

// inUnion are the member states, the shop's own apart, that customers are in.
var inUnion = words("DE IT PL CZ HU BG GR RO FR DK SE")

// taxed makes a document without VAT of one to a business abroad.
func (s *sale) taxed() {
	d := &s.Doc
	switch country := d.Buyer.Address.Country; {
	case slices.Contains(inUnion, country) && d.Buyer.VATID != "":
		goods := slices.IndexFunc(d.Lines, func(l invoice.Line) bool { return l.Unit != "h" }) >= 0
		t := invoice.Tax{Category: invoice.ReverseCharge, Reason: s.say("Reverse charge: the recipient owes the VAT", "Übergang der Steuerschuld auf den Leistungsempfänger")}
		if goods {
			t = invoice.Tax{Category: invoice.IntraCommunity, Reason: s.say("Intra-Community supply, exempt from VAT", "Steuerfreie innergemeinschaftliche Lieferung")}
			d.Supply = d.Date
		}
		s.retax(t)
	case country == "CH":
		s.retax(invoice.Tax{Category: invoice.Export, Reason: s.say("Export, exempt from VAT", "Steuerfreie Ausfuhrlieferung")})
	}
}

func (s *sale) retax(t invoice.Tax) {
	for i := range s.Doc.Lines {
		s.Doc.Lines[i].Tax = t
	}
}

// pay draws how it was paid. The older a sale is, the likelier it is that all of
// it was, as the program knows of no payment after the issue.
func (s *sale) pay(l *lot) {
	d := &s.Doc
	at := l.below(100)
	switch {
	case s.days >= longAgo && at < 97, s.days >= daysToPay && at < 78, at < 50:
		s.paid(l)
	case at < 65 && s.days < longAgo:
		s.deposit()
	default:
		d.Due = d.Date.AddDays(daysToPay)
	}
}

func (s *sale) gross() decimal.Decimal {
	d, err := invoice.Compute(s.Doc)
	if err != nil { // a document of goods adds up
		panic(err)
	}
	return d.Totals.Gross
}

func (s *sale) paid(l *lot) {
	s.Doc.Prepaid, s.Doc.Due = s.gross(), s.Doc.Date
	switch l.below(4) {
	case 0:
		s.Doc.Terms = s.say("Paid in cash. Thank you!", "Bar bezahlt. Vielen Dank!")
	case 1:
		s.Doc.Terms = s.say("Paid by bank transfer before collection.", "Vor der Abholung per Überweisung bezahlt.")
	default:
		s.Doc.Terms = s.say("Paid by card. Thank you!", "Mit Karte bezahlt. Vielen Dank!")
	}
}

// deposit is the half, in whole euros.
func (s *sale) deposit() {
	s.Doc.Prepaid = s.gross().Div(decimal.NewFromInt(2)).Truncate(0)
	s.Doc.Due = s.Doc.Date.AddDays(daysToPay)
	s.Doc.Note = s.say("The deposit was paid when the order was placed.", "Die Anzahlung wurde bei der Bestellung geleistet.")
}

// say is a text in the language of the document.
func (s *sale) say(en, de string) string {
	if s.Doc.Language == "en" {
		return en
	}
	return de
}

// order is a sale written by hand: by the regular's name, or to nobody for "",
// for one of the customer's companies, with places in goods and quantities.
type order struct {
	name    string
	company int
	days    int
	lines   []bit
	change  func(*sale)
}

type bit struct {
	item     int
	quantity string
}

// onAccount is not paid yet.
func onAccount(s *sale) { s.Doc.Due = s.Doc.Date.AddDays(daysToPay) }

// forARoom is a long list: frames for every room of a house.
func forARoom(rooms int) func(*sale) {
	return func(s *sale) {
		onAccount(s)
		for room := 1; room <= rooms; room++ {
			line := goods[[]int{1, 8, 15}[room%3]].Line()
			line.Detail = fmt.Sprintf("%s %d%02d", s.say("Room", "Zimmer"), 1+room/16, room%16+1)
			line.Quantity = decimal.NewFromInt(int64(1 + room%2))
			s.Doc.Lines = append(s.Doc.Lines, line)
		}
	}
}

// orders are issued, older ones first; those of the last days are the recent
// ones of the day book.
var orders = []order{
	{"Jürgen Weiß", 0, 190, []bit{{5, "6"}, {19, "2.5"}}, func(s *sale) { s.paid(lots(1)) }},
	{"Amelie Braun", 0, 75, []bit{{0, "10"}, {2, "2.4"}}, func(s *sale) { s.paid(lots(2)) }},
	{"Giulia Conti", 0, 60, []bit{{1, "2"}, {3, "4"}, {5, "0.5"}}, func(s *sale) { s.paid(lots(3)) }},
	{"Thanh Nguyen", 0, 52, []bit{{9, "12"}}, forARoom(64)},
	{"Henrik Olsen", 0, 33, []bit{{0, "6"}, {2, "3.2"}, {4, "6"}}, onAccount},
	{"Thanh Nguyen", 0, 31, []bit{{1, "8"}, {3, "8"}}, onAccount},
	{"Giulia Conti", 1, 27, []bit{{8, "12"}, {17, "12"}}, func(s *sale) { s.paid(lots(4)) }},
	{"Dimitris Kanellos", 0, 19, []bit{{3, "3"}, {21, "1"}}, func(s *sale) { s.deposit() }},
	{"Amelie Braun", 1, 17, []bit{{9, "20"}, {16, "20"}, {20, "1"}}, func(s *sale) {
		s.Doc.Adjustments = []invoice.Adjustment{{Reason: s.say("Ten and more", "Ab zehn Stück"), Percent: dec("8")}}
		onAccount(s)
	}},
	{"Giulia Conti", 0, 10, []bit{{0, "1"}, {2, "0.6"}}, func(s *sale) { s.paid(lots(5)) }},
	{"Jürgen Weiß", 0, 9, []bit{{10, "14"}, {14, "9.8"}}, onAccount},
	{"", 0, 6, []bit{{24, "6"}, {25, "1"}}, func(s *sale) {
		s.Doc.Buyer, s.Doc.Language = passersBy[3], "en"
		s.paid(lots(6))
	}},
	{"Maria Esposito", 0, 5, []bit{{7, "2"}, {15, "2"}, {13, "0.7"}}, func(s *sale) { s.deposit() }},
	{"Sofia Lindqvist", 0, 3, []bit{{26, "2"}, {27, "1"}}, func(s *sale) { s.paid(lots(7)) }},
	{"Amelie Braun", 0, 2, []bit{{4, "12"}, {6, "1"}}, onAccount},
	{"", 0, 0, []bit{{22, "1"}, {8, "1"}, {17, "1"}}, func(s *sale) {
		s.Doc.Buyer = passersBy[2]
		s.paid(lots(8))
	}},
}

// unfinished are the drafts, the last one saved last.
var unfinished = []order{
	{"Thanh Nguyen", 0, 4, []bit{{0, "24"}, {13, "5.8"}, {5, "3"}}, func(s *sale) {
		onAccount(s)
		s.Doc.Supply = s.Doc.Date.AddDays(12)
		s.Doc.Adjustments = []invoice.Adjustment{{Reason: "Ab zwanzig Stück", Percent: dec("10")}}
	}},
	{"", 0, 3, []bit{{11, "4.5"}, {19, "1.5"}}, func(s *sale) { s.Doc.Note = "Spiegel aus dem Stiegenhaus, wer holt ihn ab?" }},
	{"", 0, 2, []bit{{10, "1"}}, func(s *sale) {
		s.Doc.Buyer = invoice.Party{Name: "Zahnarztpraxis am Platz"}
		s.Doc.Lines = append(s.Doc.Lines, invoice.Line{Name: "Special moulding, price to be asked", Unit: "m", Tax: rate("20")})
	}},
	{"Amelie Braun", 2, 1, []bit{{9, "8"}, {20, "1"}}, func(s *sale) {
		onAccount(s)
		s.Doc.Adjustments = []invoice.Adjustment{{Charge: true, Reason: "Verpackung", Amount: dec("9.50")}}
	}},
	{"Giulia Conti", 0, 0, []bit{{0, "2"}, {2, "1.2"}, {3, "1"}}, onAccount},
}

// sale is the order on its day, or false where the shop has no such customer.
func (o order) sale(list []store.Customer, now time.Time, minute int) (sale, bool) {
	s := sale{at: open(now.AddDate(0, 0, -o.days), now.Location(), minute), days: o.days, customer: -1}
	if o.name != "" {
		i := find(list, o.name)
		if i < 0 {
			return s, false
		}
		c := list[i]
		s.customer, s.Doc.Language, s.Doc.Buyer = i, c.Language, c.Parties()[o.company]
		s.Doc.Buyer.Email, s.Doc.Buyer.Phone = "", ""
	}
	s.Doc.Kind, s.Doc.Currency, s.Doc.Date = invoice.KindInvoice, "EUR", invoice.DateOf(s.at)
	for _, b := range o.lines {
		line := goods[b.item].Line()
		line.Quantity = dec(b.quantity)
		s.Doc.Lines = append(s.Doc.Lines, line)
	}
	if s.Doc.Buyer.Name != "" {
		s.taxed()
	}
	o.change(&s)
	return s, true
}
