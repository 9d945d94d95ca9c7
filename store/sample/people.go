package sample

// People: the customers, each drawn by lot of its own, and the regulars, who
// are the same in every shop.

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"counterbook/invoice"
	"counterbook/invoice/ident"
	"counterbook/store"
)

// kinds of lots, so that two are never the same
const (
	lotPerson = iota << 32
	lotNotes
	lotSales
	lotDays
)

// home is the country of the shop.
const home = "AT"

// regular is a customer written by hand, who came first so many months ago.
type regular struct {
	months int
	store.Customer
}

var regulars = []regular{
	{51, store.Customer{Name: "Amelie Braun", Company: "Braun Optik GmbH", Phone: "+43 660 000 1240", Email: "amelie@braun-optik.example", VATID: vatID("AT", 4),
		Address: vienna("Josefstädter Straße 21", "1080"),
		Others: []store.Company{{Name: "Brillenhaus Braun OG", VATID: vatID("AT", 12), Address: vienna("Währinger Straße 40", "1090")},
			{Name: "Förderkreis Wiener Kleinplastik", Address: vienna("Lenaugasse 5", "1080")}}}},
	{32, store.Customer{Name: "Giulia Conti", Phone: "+43 660 000 4471", Email: "giulia@conti.example", Address: vienna("Neubaugasse 12", "1070"),
		Others: []store.Company{{Name: "Conti Keramik e.U."}}}},
	{29, store.Customer{Name: "Dimitris Kanellos", Company: "Κανέλλος & Υιοί", Phone: "+30 690 000 0092", Email: "info@kanellos.example", Language: "en",
		Address: invoice.Address{Street: "Ερμού 14", Postcode: "105 63", City: "Αθήνα", Country: "GR"}}},
	{18, store.Customer{Name: "Łucja Sobczak", Phone: "+48 500 000 318"}},
	{26, store.Customer{Name: "Henrik Olsen", Email: "henrik@olsen.example", Language: "en",
		Address: invoice.Address{Street: "Strandgade 4", Postcode: "1401", City: "København", Country: "DK"}}},
	{15, store.Customer{Name: "Maria Esposito", Phone: "+43 660 000 0912", Address: vienna("Lerchenfelder Straße 88", "1080")}},
	{38, store.Customer{Name: "Thanh Nguyen", Company: "Nguyen Catering", Phone: "+43 660 000 0640", Email: "kitchen@nguyen.example", Address: vienna("Burggasse 3", "1070")}},
	{11, store.Customer{Name: "Олена Коваль", Phone: "+380 50 000 0277", Email: "olena@koval.example"}},
	{44, store.Customer{Name: "Jürgen Weiß", Company: "Weiß Messebau GmbH", Phone: "+49 151 000 0455", Email: "rechnung@weiss-messebau.example", VATID: vatID("DE", 7),
		Address: invoice.Address{Street: "Größeweg 7", Postcode: "80331", City: "München", Country: "DE"}}},
	{7, store.Customer{Name: "Sofia Lindqvist", Email: "sofia@lindqvist.example", Language: "en", Address: invoice.Address{Street: "Storgatan 9", Postcode: "111 22", City: "Stockholm", Country: "SE"}}},
}

// stored are the regulars as the book stores them.
var stored = sync.OnceValue(func() []regular {
	out := slices.Clone(regulars)
	for i := range out {
		out[i].Customer = store.Clean(out[i].Customer, home)
	}
	return out
})

// is says whether a customer is the regular, and not somebody of the same name.
func (r regular) is(c store.Customer) bool {
	return c.Name == r.Name && c.Phone == r.Phone && c.Email == r.Email && c.Address == r.Address
}

// isRegular says whether a customer is one of the regulars.
func isRegular(c store.Customer) bool {
	return slices.ContainsFunc(stored(), func(r regular) bool { return r.is(c) })
}

// find returns the place of the regular of a name, -1 in a shop that is too
// small for all of them.
func find(list []store.Customer, name string) int {
	return slices.IndexFunc(list, func(c store.Customer) bool { return c.Name == name && isRegular(c) })
}

// vatForms are VAT numbers of a country: what stands before the n-th number, how
// many digits that has, and what follows before the check digit. They begin with
// zeros, as no authority's do.
var vatForms = map[string]string{"AT": "ATU%07d", "DE": "DE1%07d", "IT": "IT%010d", "CZ": "CZ%07d", "HU": "HU%07d", "PL": "PL%09d", "GR": "EL%08d", "FR": "FR00%08d"}

// vatID is the first valid VAT number from the n-th on, "" for a country without.
func vatID(country string, n int) string {
	form, ok := vatForms[country]
	if !ok {
		return ""
	}
	for ; ; n++ {
		for check := range 10 {
			if id, err := ident.VAT(fmt.Sprintf(form+"%d", n, check)); err == nil {
				return id
			}
		}
	}
}

// people draws n customers for a shop whose present is now, in the order in
// which they came. Created is when they came first.
func people(n int, now time.Time) []store.Customer {
	out := make([]store.Customer, 0, n)
	for i, r := range stored()[:min(n, len(regulars))] {
		c := r.Customer
		c.Created = open(now.AddDate(0, -r.months, -2*i), now.Location(), 11*60+7*i)
		out = append(out, c)
	}
	for i := len(out); i < n; i++ {
		out = append(out, customer(i, now))
	}
	slices.SortStableFunc(out, func(a, b store.Customer) int { return a.Created.Compare(b.Created) })
	return out
}

// customer draws the i-th customer. Some look like another one: a relative, or
// the same person taken down twice.
func customer(i int, now time.Time) store.Customer {
	l := lots(lotPerson + uint64(i))
	switch {
	case i%37 == 19:
		return twice(customer(i-5, now), l, now)
	case i%19 == 13:
		return relative(customer(i-3, now), l, i, now)
	}
	return stranger(l, i, now)
}

func stranger(l *lot, i int, now time.Time) store.Customer {
	weights := make([]int, len(origins))
	for i, o := range origins {
		weights[i] = o.weight
	}
	o := origins[l.weighed(weights)]
	woman := l.in100(54)
	first, last := name(l, o, woman)
	c := store.Customer{Name: first + " " + last, Created: came(l, now)}
	// Most who live abroad are not of Vienna's old families.
	if abroad := l.below(100); o.abroad == "AT" && abroad < 6 || o.abroad != "AT" && abroad < 22 {
		c.Address = away(l, o.abroad)
	} else if l.in100(1) {
		c.Address = away(l, "CH")
	} else {
		c.Address = viennese(l)
	}
	dial := "+43"
	if c.Address.Country == o.abroad {
		dial = o.dial
	}
	c.Phone = phone(l, dial, i)
	c.Email = email(l, first, last)
	if l.in100(16) {
		inBusiness(l, &c, last, i)
	}
	switch c.Address.Country {
	case "AT":
		if l.in100(4) {
			c.Language = "en"
		}
	case "DE", "CH":
	default:
		c.Language = "en"
	}
	incomplete(l, &c)
	return c
}

// name draws a first name and a surname in its form.
func name(l *lot, o origin, woman bool) (first, last string) {
	first, last = one(l, o.men), one(l, o.surnames)
	hers := one(l, o.women)
	man, femme, two := strings.Cut(last, "|")
	if !woman {
		return first, man
	}
	if two {
		man = femme
	}
	if l.in100(6) && !two {
		man += "-" + one(l, origins[0].surnames)
	}
	return hers, man
}

// phone is the i-th number of those that begin with zeros, which nobody has.
func phone(l *lot, dial string, i int) string {
	group, last := i/10000, i%10000*7919%10000
	if dial == "+43" {
		return fmt.Sprintf("+43 %s 0%02d %04d", one(l, []string{"660", "664", "676", "699", "650", "1"}), group, last)
	}
	return fmt.Sprintf("%s 0%02d 0%02d %04d", dial, l.below(100), group, last)
}

// email is at a made-up domain of the family, or at one of a few everybody uses.
func email(l *lot, first, last string) string {
	f, s := ascii(first), ascii(last)
	return one(l, []string{
		f + "@" + s + ".example", f + "." + s + "@post.example", f[:1] + "." + s + "@mail.example", s + "@familie-" + s + ".example", f + s[:1] + "@brief.example",
	})
}

// trades are what businesses of a family are called; %s is its name.
var trades = []string{
	"%s Optik GmbH", "Café %s", "Galerie %s", "Buchhandlung %s KG", "Ordination Dr. %s", "Zahnarztpraxis %s", "%s Architekten ZT GmbH", "Tischlerei %s", "Hotel %s GmbH",
	"Antiquitäten %s", "Atelier %s", "%s & Partner Rechtsanwälte", "Weinhandlung %s", "Musikhaus %s OG", "Blumen %s e.U.", "Pension %s", "Steuerberatung %s", "Fotostudio %s", "Bäckerei %s GmbH", "Kanzlei %s",
}

// inBusiness makes somebody buy for a company, or for several.
func inBusiness(l *lot, c *store.Customer, last string, i int) {
	c.Company = fmt.Sprintf(one(l, trades), last)
	if l.in100(60) {
		c.VATID = vatID(c.Address.Country, 3*i)
	}
	for more := l.weighed([]int{60, 31, 9}); more > 0; more-- {
		o := store.Company{Name: fmt.Sprintf(one(l, trades), last)}
		if o.Name == c.Company {
			continue
		}
		if l.in100(50) {
			o.Address = viennese(l)
		}
		if l.in100(50) {
			o.VATID = vatID("AT", 3*i+more)
		}
		c.Others = append(c.Others, o)
	}
}

// incomplete takes away what nobody asked for at the counter.
func incomplete(l *lot, c *store.Customer) {
	if l.in100(13) {
		c.Phone = ""
	}
	if l.in100(24) {
		c.Email = ""
	}
	if l.in100(10) && c.Company == "" {
		c.Address = invoice.Address{}
	}
}

// relative is somebody of the same household.
func relative(of store.Customer, l *lot, i int, now time.Time) store.Customer {
	first, last, _ := strings.Cut(of.Name, " ")
	o := origins[max(0, slices.IndexFunc(origins, func(o origin) bool { return slices.Contains(o.men, first) || slices.Contains(o.women, first) }))]
	for _, s := range o.surnames {
		if man, femme, two := strings.Cut(s, "|"); two && man == last {
			last = femme
		}
	}
	c := store.Customer{Name: one(l, o.women) + " " + last, Address: of.Address, Language: of.Language, Created: came(l, now)}
	if l.in100(70) {
		c.Phone = phone(l, "+43", i)
	}
	return c
}

// twice is the same person taken down again by somebody in a hurry.
func twice(of store.Customer, l *lot, now time.Time) store.Customer {
	first, last, _ := strings.Cut(of.Name, " ")
	c := store.Customer{Name: one(l, []string{first[:len(string([]rune(first)[:1]))] + ". " + last, last + " " + first, of.Name}), Phone: of.Phone, Created: came(l, now)}
	if l.in100(50) {
		c.Address = of.Address
		c.Address.Street = strings.Replace(c.Address.Street, "straße", "str.", 1)
	}
	return c
}

// came draws the day on which somebody came first: within the years of the book,
// or before, when customers stood on cards.
func came(l *lot, now time.Time) time.Time {
	days := l.between(1, 30*monthsOfBook)
	switch at := l.below(100); {
	case at < 3:
		days = l.between(1, lastDays-2)
	case at < 48:
		days = 30*monthsOfBook + l.between(1, 4*365)
	}
	return open(now.AddDate(0, 0, -days), now.Location(), l.between(9*60, 18*60-1))
}

// open is a minute of the day on which the shop is open: Sunday's is Saturday's.
func open(day time.Time, in *time.Location, minute int) time.Time {
	if day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, -1)
	}
	y, m, d := day.Date()
	return time.Date(y, m, d, minute/60, minute%60, 0, 0, in)
}
