package sample

// Places: streets of Vienna by district, and towns elsewhere with postcodes in
// the form of their country.

import (
	"fmt"
	"strings"

	"counterbook/invoice"
)

// district is a district of Vienna. Those near the shop weigh most.
type district struct {
	postcode string
	weight   int
	streets  []string
}

func list(s string) []string { return strings.Split(s, ", ") }

var districts = []district{
	{"1010", 5, list("Wollzeile, Bäckerstraße, Naglergasse, Schulerstraße, Tuchlauben, Salzgries")},
	{"1020", 5, list("Taborstraße, Praterstraße, Große Sperlgasse, Novaragasse, Zirkusgasse, Karmelitergasse")},
	{"1030", 4, list("Landstraßer Hauptstraße, Ungargasse, Rochusgasse, Erdbergstraße, Löwengasse")},
	{"1040", 4, list("Wiedner Hauptstraße, Schleifmühlgasse, Favoritenstraße, Preßgasse, Margaretenstraße")},
	{"1050", 3, list("Schönbrunner Straße, Pilgramgasse, Reinprechtsdorfer Straße, Kohlgasse")},
	{"1060", 6, list("Gumpendorfer Straße, Mariahilfer Straße, Barnabitengasse, Esterházygasse, Amerlingstraße")},
	{"1070", 14, list("Neubaugasse, Burggasse, Lindengasse, Zieglergasse, Siebensterngasse, Westbahnstraße, Kirchengasse")},
	{"1080", 20, list("Lange Gasse, Josefstädter Straße, Lerchenfelder Straße, Florianigasse, Piaristengasse, Lenaugasse, Albertgasse, Laudongasse")},
	{"1090", 10, list("Währinger Straße, Porzellangasse, Nußdorfer Straße, Liechtensteinstraße, Servitengasse, Berggasse")},
	{"1100", 2, list("Quellenstraße, Laxenburger Straße, Gudrunstraße, Favoritenstraße")},
	{"1110", 1, list("Simmeringer Hauptstraße, Kaiserebersdorfer Straße, Geiselbergstraße")},
	{"1120", 2, list("Meidlinger Hauptstraße, Hetzendorfer Straße, Arndtstraße")},
	{"1130", 2, list("Hietzinger Hauptstraße, Lainzer Straße, Auhofstraße")},
	{"1140", 2, list("Linzer Straße, Hütteldorfer Straße, Penzinger Straße")},
	{"1150", 3, list("Sechshauser Straße, Märzstraße, Reindorfgasse, Felberstraße")},
	{"1160", 5, list("Ottakringer Straße, Thaliastraße, Brunnengasse, Grundsteingasse, Hasnerstraße")},
	{"1170", 4, list("Hernalser Hauptstraße, Kalvarienberggasse, Jörgerstraße")},
	{"1180", 4, list("Währinger Straße, Gentzgasse, Gersthofer Straße, Kutschkergasse")},
	{"1190", 2, list("Döblinger Hauptstraße, Billrothstraße, Sieveringer Straße, Grinzinger Allee")},
	{"1200", 2, list("Wallensteinstraße, Klosterneuburger Straße, Jägerstraße")},
	{"1210", 1, list("Prager Straße, Brünner Straße, Floridsdorfer Hauptstraße")},
	{"1220", 2, list("Wagramer Straße, Donaufelder Straße, Erzherzog-Karl-Straße")},
	{"1230", 1, list("Breitenfurter Straße, Ketzergasse, Perchtoldsdorfer Straße")},
}

// elsewhere are streets and towns of a country; %d is the house number.
var elsewhere = map[string][]invoice.Address{
	"AT": {{Street: "Hauptplatz %d", Postcode: "3400", City: "Klosterneuburg"}, {Street: "Badstraße %d", Postcode: "2340", City: "Mödling"},
		{Street: "Sporgasse %d", Postcode: "8010", City: "Graz"}, {Street: "Linzer Gasse %d", Postcode: "5020", City: "Salzburg"}, {Street: "Wiener Straße %d", Postcode: "3100", City: "St. Pölten"}},
	"DE": {{Street: "Hohe Bleichen %d", Postcode: "20354", City: "Hamburg"}, {Street: "Maximilianstraße %d", Postcode: "86150", City: "Augsburg"}, {Street: "Ludwigstraße %d", Postcode: "94032", City: "Passau"}},
	"IT": {{Street: "Via Dante %d", Postcode: "34122", City: "Trieste"}, {Street: "Via Mercatovecchio %d", Postcode: "33100", City: "Udine"}, {Street: "Laubengasse %d", Postcode: "39100", City: "Bolzano"}},
	"PL": {{Street: "ul. Floriańska %d", Postcode: "31-019", City: "Kraków"}, {Street: "ul. Piotrkowska %d", Postcode: "90-001", City: "Łódź"}},
	"CZ": {{Street: "Masarykova %d", Postcode: "602 00", City: "Brno"}, {Street: "Obroková %d", Postcode: "669 02", City: "Znojmo"}},
	"HU": {{Street: "Várkerület %d", Postcode: "9400", City: "Sopron"}, {Street: "Király utca %d", Postcode: "1075", City: "Budapest"}},
	"TR": {{Street: "İstiklal Caddesi %d", Postcode: "34433", City: "İstanbul"}},
	"RS": {{Street: "Knez Mihailova %d", Postcode: "11000", City: "Beograd"}, {Street: "Zmaj Jovina %d", Postcode: "21000", City: "Novi Sad"}},
	"UA": {{Street: "вул. Хрещатик %d", Postcode: "01001", City: "Київ"}, {Street: "вул. Вірменська %d", Postcode: "79008", City: "Львів"}},
	"BG": {{Street: "бул. Витоша %d", Postcode: "1000", City: "София"}},
	"GR": {{Street: "Ερμού %d", Postcode: "105 63", City: "Αθήνα"}, {Street: "Τσιμισκή %d", Postcode: "546 24", City: "Θεσσαλονίκη"}},
	"RO": {{Street: "Strada Lipscani %d", Postcode: "030031", City: "București"}},
	"GB": {{Street: "%d Walcot Street", Postcode: "BA1 5BG", City: "Bath"}, {Street: "%d Victoria Street", Postcode: "EH1 2HG", City: "Edinburgh"}},
	"FR": {{Street: "%d rue de la Krutenau", Postcode: "67000", City: "Strasbourg"}, {Street: "%d rue Mercière", Postcode: "69002", City: "Lyon"}},
	"CH": {{Street: "Oberdorfstrasse %d", Postcode: "8001", City: "Zürich"}},
}

// viennese draws an address in Vienna: a house, and often a door.
func viennese(l *lot) invoice.Address {
	weights := make([]int, len(districts))
	for i, d := range districts {
		weights[i] = d.weight
	}
	d := districts[l.weighed(weights)]
	street := fmt.Sprintf("%s %d", one(l, d.streets), l.between(1, 94))
	if l.in100(55) {
		street += fmt.Sprintf("/%d", l.between(1, 28))
	}
	return vienna(street, d.postcode)
}

func vienna(street, postcode string) invoice.Address {
	return invoice.Address{Street: street, Postcode: postcode, City: "Wien", Country: "AT"}
}

// away draws an address outside Vienna.
func away(l *lot, country string) invoice.Address {
	a := one(l, elsewhere[country])
	a.Street, a.Country = fmt.Sprintf(a.Street, l.between(2, 60)), country
	return a
}
