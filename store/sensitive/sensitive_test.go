package sensitive

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

var testNow = time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)

// testWords are small lists; the built-in ones are measured by the corpus.
func testWords(t testing.TB) *Words {
	w, err := NewWords(
		List{"en", "[health]\ncancer\ndiabet*\n*allergi*\n? asthma\nbreast cancer\n! cancer sign\n[criminal]\nrape*\n! rapeseed\n"},
		List{"de", "[health]\nkrebs\nmultiple sklerose\n! krebssuppe\n[religion]\nmuslim*\n"},
		List{"fr", "[health]\nsida\n[criminal]\n! rape\n"},
	)
	require.NoError(t, err)
	return w
}

// show writes what was found as "kind:text".
func show(text string, found []Finding) string {
	var out []string
	for _, f := range found {
		out = append(out, f.Kind.String()+":"+text[f.Start:f.End])
	}
	return strings.Join(out, " ")
}

func TestKindsHaveNamesThatAreReadBack(t *testing.T) {
	for k := range kinds {
		got, ok := ParseKind(k.String())
		require.True(t, ok)
		require.Equal(t, k, got)
	}
	_, ok := ParseKind("weather")
	require.False(t, ok)
}

func TestWordsAreFoundWholeInAnyLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"has CANCER, call":                  "health:CANCER",
		"Die Kundin hat Diabetes und Krebs": "health:Diabetes health:Krebs",
		"nussallergie":                      "health:nussallergie",
		"sells cancer signs":                "health:cancer",
		"a cancer sign":                     "",
		"grapes and Christmas":              "",
		"rape victim":                       "criminal:rape",
		"rapeseed oil":                      "",
		"Krebssuppe für acht":               "",
		"Multiple  Sklerose":                "health:Multiple  Sklerose",
		"multiple. Sklerose":                "",
		"asthma":                            "health:asthma",
		"les carottes et le chou pour la cliente, rape": "",
		"Mu\u0308slim": "religion:Mu\u0308slim",
	} {
		require.Equal(t, want, show(text, Find(text, Options{Words: testWords(t)})), text)
	}
	require.Equal(t, Hint, Find("asthma", Options{Words: testWords(t)})[0].Certainty)
	require.Equal(t, "word.health.de", Find("Krebs", Options{Words: testWords(t)})[0].Rule)
}

func TestAMalformedListIsRefusedWithItsLine(t *testing.T) {
	for text, line := range map[string]int{
		"krebs": 1, "[health]\n\n[wealth]": 3, "[health\n": 1, "[card]": 1, "[health]\n*krebs": 2, "[health]\nkr*bs": 2,
		"[health]\n!": 2, "[health]\n{krebs": 2, "[health]\n(krebs)": 2, "[health]\n# fine\n...": 3, "[health]\nk*": 2,
	} {
		_, err := NewWords(List{"de", text})
		var wrong *ListError
		require.ErrorAs(t, err, &wrong, text)
		require.Equal(t, line, wrong.Line, text)
		require.Equal(t, "de", wrong.List)
	}
	_, err := NewWords(BuiltInLists()...)
	require.NoError(t, err)
}

func TestNumbersAreSeenThroughSeparatorsAndOtherDigits(t *testing.T) {
	for text, want := range map[string]string{
		"4111 1111 1111 1111":                "card:4111 1111 1111 1111",
		"4111-1111\n1111-1111 exp 12/27":     "card:4111-1111\n1111-1111",
		"４１１１ １１１１ １１１１ １１１１":                "card:４１１１ １１１１ １１１１ １１１１",
		"٤١١١١١١١١١١١١١١١":                   "card:٤١١١١١١١١١١١١١١١",
		"4111\u00a01111\u00a01111\u00a01111": "card:4111\u00a01111\u00a01111\u00a01111",
		"4111 1111 1111 1112":                "",
		"IMEI 352099001761481":               "",
		"352099001761481":                    "",
		"EAN 4006381333931":                  "",
		"DE89 3704 0044 0532 0130 00":        "iban:DE89 3704 0044 0532 0130 00",
		"GB82 WEST 1234 5698 7654 33":        "",
		"IBAN GB82 WEST 1234 5698 7654 33":   "iban:GB82 WEST 1234 5698 7654 33",
		"1800101401237":                      "national-id:1800101401237",
		"PESEL 44051401359":                  "national-id:44051401359",
		"111222333":                          "",
		"BSN 111222333":                      "national-id:111222333",
		"131052-308T":                        "national-id:131052-308T",
		"RCC MNL 83S18 D969H":                "national-id:RCC MNL 83S18 D969H",
		"CUI RO18547290":                     "tax-id:RO18547290",
	} {
		require.Equal(t, want, show(text, Find(text, Options{Now: testNow})), text)
	}
	require.Equal(t, "national-id:111222333", show("111222333", Find("111222333", Options{Country: "NL"})))
}

func TestTheMoreSpecificOfOverlappingFindingsStays(t *testing.T) {
	for text, want := range map[string]string{
		"tel RO49 AAAA 1B31 0075 9384 0000": "iban:RO49 AAAA 1B31 0075 9384 0000",
		"phone card 4111111111111111":       "card:4111111111111111",
		"tel 0722 123 456":                  "phone:0722 123 456",
	} {
		require.Equal(t, want, show(text, Find(text, Options{Country: "RO"})), text)
	}
}

// requireFound looks at texts that begin with the country of a shop: "DE|Karte …".
func requireFound(t *testing.T, cases map[string]string) {
	for text, want := range cases {
		country, text, ok := strings.Cut(text, "|")
		require.True(t, ok, text)
		require.Equal(t, want, show(text, Find(text, Options{Country: country, Now: testNow})), text)
	}
}

func TestAParcelHidesNoCard(t *testing.T) {
	requireFound(t, map[string]string{
		"DE|Paket bezahlt mit Visa 4111 1111 1111 1111":      "card:4111 1111 1111 1111",
		"DE|Seriennummer egal, Karte 5555 5555 5555 4444":    "card:5555 5555 5555 4444",
		"GB|parcel paid by card 4111111111111111":            "card:4111111111111111",
		"GB|paid, parcel no. 4111111111111111":               "card:4111111111111111",
		"GB|tracking sent. Card: 4111 1111 1111 1111":        "card:4111 1111 1111 1111",
		"GB|parcel. 4111 1111 1111 1111":                     "card:4111 1111 1111 1111",
		"NL|pakket betaald met 4111 1111 1111 1111":          "card:4111 1111 1111 1111",
		"PL|przesyłka opłacona 4111 1111 1111 1111":          "card:4111 1111 1111 1111",
		"FR|colis payé par carte 4111 1111 1111 1111":        "card:4111 1111 1111 1111",
		"IT|spedizione pagata 4111 1111 1111 1111":           "card:4111 1111 1111 1111",
		"ES|envio pagado con 4111 1111 1111 1111":            "card:4111 1111 1111 1111",
		"RO|colet, serie verificată, cu 4111 1111 1111 1111": "card:4111 1111 1111 1111",
		"RO|paket platit cu 4111 1111 1111 1111":             "card:4111 1111 1111 1111",
		"GB|tracking no. 4111111111111111":                   "",
		"GB|paid by card. Parcel number: 4111111111111111":   "",
		"DE|Sendungsnummer DHL 4111111111111111":             "",
		"FR|colis n° 4111111111111111":                       "",
		"FR|colis suivi n° : 4111111111111111":               "",
		"RO|awb fan courier 4111111111111111":                "",
		"GB|parcel code 4111111111111111":                    "",
		"PL|przesyłka nr: 4111 1111 1111 1111":               "",
	})
}

func TestAnAddressIsFoundToItsEndAndNoFurther(t *testing.T) {
	requireFound(t, map[string]string{
		"FR|livrer au 12 rue de la République 69001 Lyon, sonner":       "address:12 rue de la République 69001 Lyon",
		"FR|12 rue de la gare demain":                                   "address:12 rue de la gare",
		"FR|12 bis rue Victor Hugo, 75001 Paris":                        "address:12 bis rue Victor Hugo, 75001 Paris",
		"FR|12 av. du Général de Gaulle":                                "address:12 av. du Général de Gaulle",
		"FR|12 rue du Dr Roux Mme Dupont":                               "address:12 rue du Dr Roux",
		"FR|12 chemin des Lilas sonner":                                 "address:12 chemin des Lilas",
		"FR|livrer 8 rue du 8 mai 1945 demain":                          "address:8 rue du 8 mai 1945",
		"FR|3 place de la Mairie, bât. B, apt 4, 13001 Marseille":       "address:3 place de la Mairie, bât. B, apt 4, 13001 Marseille",
		"FR|12 rue de l'Église, 33000 Saint-Médard-en-Jalles":           "address:12 rue de l'Église, 33000 Saint-Médard-en-Jalles",
		"AT|Mariahilfer Straße 1a/3/12, Wien":                           "address:Mariahilfer Straße 1a/3/12, Wien",
		"AT|Mariahilfer Straße 1a/3/12, 1060 Wien, läuten":              "address:Mariahilfer Straße 1a/3/12, 1060 Wien",
		"AT|Hauptstr. 5, Top 3, Frau Huber":                             "address:Hauptstr. 5, Top 3",
		"AT|Hauptstr. 5, 2. Stock, Wien":                                "address:Hauptstr. 5, 2. Stock, Wien",
		"DE|Am Markt 5, 10115 Berlin":                                   "address:Am Markt 5, 10115 Berlin",
		"DE|Hauptstr. 5a, 10115 Berlin Lieferung Montag":                "address:Hauptstr. 5a, 10115 Berlin",
		"DE|Hauptstr. 5-7, 12345 Bad Soden":                             "address:Hauptstr. 5-7, 12345 Bad Soden",
		"DE|Hauptstr. 5 2000 Schrauben":                                 "address:Hauptstr. 5",
		"DE|Hauptstr. 5, Montag liefern":                                "address:Hauptstr. 5",
		"DE|Hauptstr. 5. Berlin kommt":                                  "address:Hauptstr. 5",
		"DE|Hauptstr. 5\nTop 3":                                         "address:Hauptstr. 5",
		"PL|ul. Długa 5/7":                                              "address:ul. Długa 5/7",
		"PL|ul. Długa 5 m. 7, 00-238 Warszawa":                          "address:ul. Długa 5 m. 7, 00-238 Warszawa",
		"RO|Bd. Unirii nr. 5, bl. A2, sc. B, ap. 14":                    "address:Bd. Unirii nr. 5, bl. A2, sc. B, ap. 14",
		"RO|Bd. Unirii nr. 5, bl. A2, sc. B, ap. 14, București, sună":   "address:Bd. Unirii nr. 5, bl. A2, sc. B, ap. 14, București",
		"GB|Flat 3, 14 Station Road, Leeds LS1 4AB":                     "address:Flat 3, 14 Station Road, Leeds LS1 4AB",
		"GB|deliver to 12-14 High Street, Stoke-on-Trent ST1 4AB, ring": "address:12-14 High Street, Stoke-on-Trent ST1 4AB",
		"FR|12 rue Foch, bus 38":                                        "address:12 rue Foch, bus 38",
		"FR|12 rue de la Paix, apt 4 sonner":                            "address:12 rue de la Paix, apt 4",
		"FR|commande 2, rue Foch 12":                                    "address:rue Foch 12",
		"DE|Hauptstr. 5, Top 3 Artikel":                                 "address:Hauptstr. 5",
		"DE|Bahnhofstr. 5, m 3 Stoff":                                   "address:Bahnhofstr. 5",
		"NL|Kerkstraat 5 bus 3 stuks":                                   "address:Kerkstraat 5",
		"RO|str. Unirii 5 bl. A2 sc. B ap. 14 sună":                     "address:str. Unirii 5 bl. A2 sc. B ap. 14",
		"GB|14 Station Road Tuesday":                                    "address:14 Station Road",
		"ES|C/ Mayor 5, 3º B, 28013 Madrid":                             "address:C/ Mayor 5, 3º B, 28013 Madrid",
		"IT|Via della Spiga 12 int. 4, Milano":                          "address:Via della Spiga 12 int. 4, Milano",
		"NL|Keizersgracht 12-II, 1015 CJ Amsterdam":                     "address:Keizersgracht 12-II, 1015 CJ Amsterdam",
		"PT|Rua da Prata 12, 3º Esq., 1100-420 Lisboa":                  "address:Rua da Prata 12, 3º Esq., 1100-420 Lisboa",
	})
}

func TestAnAddressIsSplitAtItsTown(t *testing.T) {
	for text, want := range map[string][3]string{
		"Am Markt 5, 10115 Berlin":                {"Am Markt 5", "10115", "Berlin"},
		"12 rue de la République 69001 Lyon":      {"12 rue de la République", "69001", "Lyon"},
		"Hauptstr. 5, Top 3, 1010 Wien":           {"Hauptstr. 5, Top 3", "1010", "Wien"},
		"Mariahilfer Straße 1a/3/12, Wien":        {"Mariahilfer Straße 1a/3/12", "", "Wien"},
		"Keizersgracht 12-II, 1015 CJ Amsterdam":  {"Keizersgracht 12-II", "1015 CJ", "Amsterdam"},
		"ul. Długa 5 m. 7, 00-238 Warszawa":       {"ul. Długa 5 m. 7", "00-238", "Warszawa"},
		"Flat 3, 14 Station Road, Leeds LS1 4AB":  {"Flat 3, 14 Station Road", "LS1 4AB", "Leeds"},
		"Flat 3, 14 Station Road LS1 4AB":         {"Flat 3, 14 Station Road", "LS1 4AB", ""},
		"Bd. Unirii nr. 5, bl. A2, sc. B, ap. 14": {"Bd. Unirii nr. 5, bl. A2, sc. B, ap. 14", "", ""},
		"Flat 3, 1400 Station Road":               {"Flat 3, 1400 Station Road", "", ""},
		"Hauptstraße 5":                           {"Hauptstraße 5", "", ""},
	} {
		street, postcode, town := Town(text)
		require.Equal(t, want, [3]string{street, postcode, town}, text)
	}
}

func TestNoPartOfADocumentAMailAddressOrAPassphraseIsLeft(t *testing.T) {
	requireFound(t, map[string]string{
		"RO|CI seria RX nr 123456":                         "id-card:RX nr 123456",
		"RO|ci seria rx, nr. 123456":                       "id-card:rx, nr. 123456",
		"PL|dowód seria ABC numer 123456":                  "id-card:ABC numer 123456",
		"IE|o'brien@example.com":                           "email:o'brien@example.com",
		"IE|mail O’Brien@example.com":                      "email:O’Brien@example.com",
		"IT|D'Angelo@example.com":                          "email:D'Angelo@example.com",
		"FR|'jean@example.com' et l'anna@example.com":      "email:jean@example.com email:anna@example.com",
		"GB|wifi password: correct horse battery":          "secret:correct horse battery",
		"GB|wifi password: correct horse battery, ask Tom": "secret:correct horse battery",
		"GB|password: \"correct horse\" for Tom":           "secret:correct horse",
		"GB|password: rover for the laptop":                "secret:rover",
		"GB|password: rover user: tom":                     "secret:rover",
		"DE|Passwort: geheim Kunde kommt Montag":           "secret:geheim",
	})
}

func TestOfSeveralCountriesTheShopsOwnIsNamed(t *testing.T) {
	for text, rule := range map[string]string{
		"LV|161175-19997": "id.lv.personas-kods", "GR|161175-19997": "id.gr.amka",
		"LT|33309240064": "id.lt.asmens-kodas", "EE|33309240064": "id.ee.isikukood",
	} {
		country, text, _ := strings.Cut(text, "|")
		for _, o := range []Options{{Country: country}, {Country: "AT", Others: []string{country}}} {
			f := Find(text, o)
			require.Len(t, f, 1, text)
			require.Equal(t, rule, f[0].Rule, text)
			require.Equal(t, Sure, f[0].Certainty)
		}
	}
	f := Find("33309240064", Options{Country: "LT", Others: []string{"EE"}})
	require.Equal(t, "id.lt.asmens-kodas", f[0].Rule, "the shop's own comes before another it chose")
}

func TestACardOrAnAccountIsSeenHoweverItsDigitsStand(t *testing.T) {
	requireFound(t, map[string]string{
		"GB|41111111 11111111 12/27":                    "card:41111111 11111111",
		"GB|411111 1111111111 12/27":                    "card:411111 1111111111",
		"GB|37828 2246310 005 12/27":                    "card:37828 2246310 005",
		"AT|card 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 12/27": "card:4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
		"GB|4111    1111    1111    1111":               "card:4111    1111    1111    1111",
		"GB|4111 1111 \r\n 1111 1111":                   "card:4111 1111 \r\n 1111 1111",
		"GB|4111·1111·1111·1111":                        "card:4111·1111·1111·1111",
		"GB|card4111111111111111":                       "card:4111111111111111",
		"GB|Visa4111111111111111":                       "card:4111111111111111",
		"GB|4111111111111111exp12/27":                   "card:4111111111111111",
		"GB|IBANDE89370400440532013000":                 "iban:DE89370400440532013000",
		"GB|DE89370400440532013000EUR":                  "iban:DE89370400440532013000",
		"GB|41111111    11111111":                       "",
		"GB|DE89    3704 0044 0532 0130 00":             "iban:DE89    3704 0044 0532 0130 00",
		"GB|WTU4111111111111111":                        "",
		"GB|4111111111111111kb":                         "",
		"GB|41111111 11111111 12":                       "",
		"GB|4111\n\n1111 1111 1111":                     "",
		"NL|111    222333":                              "",
		"NL|card111222333":                              "",
	})
}

func TestACodeIsSeenDigitByDigit(t *testing.T) {
	requireFound(t, map[string]string{
		"GB|CVV 1 2 3":                "security-code:1 2 3",
		"GB|CVC: 1-2-3-4":             "security-code:1-2-3-4",
		"GB|PIN 1 2 3 4":              "secret:1 2 3 4",
		"GB|PIN: 1.2.3.4":             "secret:1.2.3.4",
		"GB|door code 12 34":          "secret:12 34",
		"GB|PIN 12 34":                "secret:12 34",
		"DE|Türcode: 12 34":           "secret:12 34",
		"GB|door code: 1 2 3 4, ring": "secret:1 2 3 4",
		"GB|CVV 1 2 3 4 5":            "",
		"GB|PIN 1 2 3":                "",
		"GB|door code 12 34 56":       "",
		"GB|door code 12 34 mm":       "",
		"GB|door code 12 or 34":       "",
		"GB|door key 12 34":           "",
	})
}

func TestNoFindingHoldsTheText(t *testing.T) {
	text := "card 4111111111111111, PESEL 44051401359, tel +48 501 234 567, pin 4711, IBAN DE89370400440532013000"
	for _, f := range Find(text, Options{}) {
		for _, a := range f.Args {
			require.LessOrEqual(t, len(a), 30)
			require.NotContains(t, text[f.Start:f.End], a+a)
			require.False(t, strings.ContainsAny(a, "0123456789"), a)
		}
	}
}

// BenchmarkWorst finds nothing in texts that look like the beginning of something
// everywhere. Eight times the text takes about eight times as long.
func BenchmarkWorst(b *testing.B) {
	for _, unit := range []string{"1 ", "a1", "12-", "de12 ", "+1 ", "* ", "@a.", "pin ", "code 1 ", "ab 1 ", "1\n"} {
		for _, n := range []int{4000, 32000} {
			b.Run(fmt.Sprintf("%q/%d", unit, n), func(b *testing.B) {
				text := strings.Repeat(unit, n/len(unit))
				for b.Loop() {
					Find(text, Options{Country: "DE", Others: []string{"NL", "US"}})
				}
			})
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"4111 1111 1111 1111", "DE89 3704 0044", "tel +48 501", "pin: 4711", "geb. 12.03.1980", "a@b.de", "12 High St", "Krebs\u0301", "\xff1\u0660", "rue de 1"} {
		f.Add(s)
	}
	words := testWords(f)
	f.Fuzz(func(t *testing.T, text string) {
		o := Options{Country: "DE", Others: []string{"US"}, Words: words, Now: testNow}
		found := Find(text, o)
		end := 0
		for _, x := range found {
			require.GreaterOrEqual(t, x.Start, end)
			require.Greater(t, x.End, x.Start)
			require.LessOrEqual(t, x.End, len(text))
			require.NotEmpty(t, x.Rule)
			for _, at := range []int{x.Start, x.End} {
				require.True(t, at == len(text) || !utf8.ValidString(text) || utf8.RuneStart(text[at]))
			}
			end = x.End
		}
		if !utf8.ValidString(text) {
			return
		}
		composed, apart := Find(norm.NFC.String(text), o), Find(norm.NFD.String(text), o)
		require.Equal(t, rulesOf(composed), rulesOf(apart))
	})
}

func rulesOf(found []Finding) []string {
	var out []string
	for _, f := range found {
		out = append(out, f.Rule)
	}
	return out
}

// benchText is a note of 4,000 bytes as staff write them.
var benchText = strings.Repeat("Frau Müller möchte das Rad am 12.03. abholen, Rahmennummer WTU123456K. Bitte vorher 0171 2345678 anrufen; zahlt mit Karte. ", 33)[:4000]

func BenchmarkFind(b *testing.B) {
	o := Options{Country: "DE", Now: testNow}
	b.Run("Find", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Find(benchText, o)
		}
	})
	b.Run("SHA-256", func(b *testing.B) {
		data := []byte(benchText)
		for b.Loop() {
			_ = fmt.Sprint(sha256.Sum256(data)[0])
		}
	})
}
