// Numbers here are published examples, or made up with right check digits.

package ident_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice/ident"
)

// national finds a row of the table.
func national(t *testing.T, country, key string) *ident.National {
	t.Helper()
	for i, n := range ident.Nationals() {
		if n.Country == country && n.Key == key {
			return &ident.Nationals()[i]
		}
	}
	t.Fatalf("no number %s of %s", key, country)
	return nil
}

// goodNationals are two right numbers of every row, by country and key.
var goodNationals = map[string][2]string{
	"AT.svnr":               {"1237010180", "5047263847"},
	"AT.steuernummer":       {"591199013", "383624558"},
	"BE.rrn":                {"85073003328", "97522139943"},
	"BE.enterprise":         {"0344729387", "1298201775"},
	"BG.egn":                {"7523169263", "1725028635"},
	"CH.ahv":                {"7569217076985", "7561081577476"},
	"CH.uid":                {"CHE107787577", "CHE116855829"},
	"CY.tic":                {"10259033P", "21646122W"},
	"CZ.rc":                 {"7103192745", "3603127473"},
	"CZ.ico":                {"25596641", "82714657"},
	"SK.rc":                 {"7103192745", "3274071504"},
	"SK.ico":                {"41381572", "95254226"},
	"SK.dic":                {"2022749619", "5806315746"},
	"DE.idnr":               {"36574261809", "42639759190"},
	"DE.rvnr":               {"15070649C103", "34121094L553"},
	"DK.cpr":                {"2110625629", "2112627285"},
	"DK.cvr":                {"45872602", "17150154"},
	"EE.isikukood":          {"37605030299", "37907207553"},
	"LT.asmens-kodas":       {"33309240064", "85303316855"},
	"ES.dni":                {"09259682C", "51186622F"},
	"ES.nie":                {"Z1313254M", "Y3177301A"},
	"ES.cif":                {"D51713659", "Y7452396L"},
	"ES.nss":                {"281234567840", "369156281660"},
	"FI.hetu":               {"131052308T", "300459650S"},
	"FI.y-tunnus":           {"65656297", "87583973"},
	"FR.nir":                {"295109912611193", "160209670867481"},
	"FR.spi":                {"3023217600053", "2967709592442"},
	"FR.siren":              {"97354322091591", "733080808"},
	"GB.nino":               {"HR659048A", "TZ154367A"},
	"GB.nhs":                {"9434765870", "3595025628"},
	"GB.utr":                {"1955839661", "5520687354"},
	"GR.amka":               {"01013099997", "11126287819"},
	"GR.afm":                {"322196302", "476878580"},
	"HR.oib":                {"81525989818", "74248463760"},
	"HR.jmbg":               {"0909998368535", "1802322305225"},
	"SI.emso":               {"0101006500006", "1412161511978"},
	"SI.davcna":             {"17561523", "22006648"},
	"HU.szemelyi":           {"46612103349", "32003163639"},
	"HU.taj":                {"111111110", "415254836"},
	"HU.adoazonosito":       {"8422780135", "8660210018"},
	"IE.ppsn":               {"6433435F", "8783128VC"},
	"IT.cf":                 {"RCCMNL83S18D969H", "RGMUFS78H58K765N"},
	"IT.piva":               {"10160536131", "43839796018"},
	"LU.matricule":          {"1893120105732", "0812121563928"},
	"LV.personas-kods":      {"16117519997", "15064926542"},
	"LV.personas-kods-2017": {"32549853700", "32813415177"},
	"MT.id":                 {"7316388H", "7072688P"},
	"NL.bsn":                {"111222333", "622209231"},
	"NO.fnr":                {"15108695088", "52441700717"},
	"NO.orgnr":              {"820407008", "398562119"},
	"PL.pesel":              {"44051401359", "37252888690"},
	"PL.nip":                {"6594356576", "7734773123"},
	"PL.regon":              {"192598184", "969954210"},
	"PT.nif":                {"862717272", "816391300"},
	"PT.cc":                 {"000000000ZZ4", "895787013GF8"},
	"PT.niss":               {"28520665762", "16743326542"},
	"RO.cnp":                {"1800101401237", "8210412178546"},
	"RO.cui":                {"2109747488", "175339"},
	"SE.personnummer":       {"087109800883", "803609262344"},
	"SE.personnummer-10":    {"8803200016", "0804783405"},
	"SE.orgnr":              {"4329295184", "8732740108"},
	"US.ssn":                {"536904399", "814168844"},
	"US.itin":               {"912903456", "988813021"},
	"US.ein":                {"911144442", "924207726"},
}

// unchecked have no check digits: only what form and ranges say is refused.
var unchecked = map[string]string{
	"DK.cpr": "3113625629", "GB.nino": "GB123456A", "LV.personas-kods-2017": "33000000000", "MT.id": "1234567C",
	"US.ssn": "666123456", "US.itin": "912403456", "US.ein": "071144442",
}

func TestEveryNationalNumberIsReadAndAWrongCheckDigitIsNoticed(t *testing.T) {
	for i := range ident.Nationals() {
		n := &ident.Nationals()[i]
		key := n.Country + "." + n.Key
		good, ok := goodNationals[key]
		require.True(t, ok, key)
		for _, g := range good {
			got, _, err := n.Parse(g)
			require.NoError(t, err, "%s %s", key, g)
			require.Equal(t, g, got)
			got, _, err = n.Parse(g[:3] + " " + g[3:5] + "-" + g[5:])
			require.NoError(t, err, "%s %s with separators", key, g)
			require.Equal(t, g, got)

			if bad, ok := unchecked[key]; ok {
				_, _, err = n.Parse(bad)
				require.Error(t, err, "%s %s", key, bad)
				continue
			}
			// A slip of the finger in the last character, or the first digit.
			missed := 0
			for _, at := range []int{len(g) - 1, len(g) - 2, len(g) / 2} {
				b := []byte(g)
				switch {
				case b[at] == '9' || b[at] == 'Z':
					b[at]--
				default:
					b[at]++
				}
				if _, err := n.ParseNormal(string(b)); err == nil {
					missed++
				}
			}
			require.LessOrEqual(t, missed, 1, "%s %s", key, g)
		}
		_, _, err := n.Parse("")
		require.ErrorIs(t, err, ident.ErrLength, key)
		_, _, err = n.Parse(good[0] + "€")
		require.ErrorIs(t, err, ident.ErrCharacters, key)
	}
}

// Whatever stands in the other digits, a date that is none is refused.
func TestANumberWithAnImpossibleDateIsRefused(t *testing.T) {
	for key, form := range map[string]string{
		"AT.svnr": "12373213??", "BE.rrn": "850230033??", "BG.egn": "752332926?", "CZ.rc": "710235274?", "SK.rc": "710235274?",
		"DE.rvnr": "15320649C10?", "DK.cpr": "3113625629", "EE.isikukood": "3760532029?", "LT.asmens-kodas": "3331324006?",
		"FR.nir": "2951399126111??", "GR.amka": "3201309999?", "HR.jmbg": "320100633000?", "SI.emso": "310200650000?",
		"HU.szemelyi": "1801332123?", "LU.matricule": "18931301057??", "LV.personas-kods": "1613751999?",
		"NO.fnr": "151386950??", "PL.pesel": "4413140135?", "RO.cnp": "180133240123?",
		"SE.personnummer": "19880230001?", "SE.personnummer-10": "880230001?",
	} {
		n := national(t, key[:2], key[3:])
		for c := range 100 {
			b := []byte(form)
			rest := c
			for i := len(b) - 1; i >= 0 && b[i] == '?'; i-- {
				b[i] = byte('0' + rest%10)
				rest /= 10
			}
			_, err := n.ParseNormal(string(b))
			require.Error(t, err, "%s %s", key, b)
		}
	}
	for _, last := range "0123456789ABCDEFHJKLMNPRSTUVWXY" {
		_, err := national(t, "FI", "hetu").ParseNormal("310252308" + string(last))
		require.Error(t, err)
	}
	for last := 'A'; last <= 'Z'; last++ {
		_, err := national(t, "IT", "cf").ParseNormal("RCCMNL83S32D969" + string(last))
		require.Error(t, err)
	}
}

func TestTheBirthDateOfANumberIsRead(t *testing.T) {
	for key, want := range map[string][2]string{
		"PL.pesel": {"44051401359", "1944-05-14"}, "RO.cnp": {"1800101401237", "1980-01-01"},
		"EE.isikukood": {"37605030299", "1976-05-03"}, "FI.hetu": {"131052-308T", "1952-10-13"},
		"NO.fnr": {"151086 95088", "1986-10-15"}, "IT.cf": {"RCCMNL83S18D969H", "1983-11-18"},
		"BE.rrn": {"85.07.30-033.28", "1985-07-30"}, "LV.personas-kods": {"161175-19997", "1975-11-16"},
		"LU.matricule": {"1893120105732", "1893-12-01"}, "CZ.rc": {"710319/2745", "1971-03-19"},
		"BG.egn": {"8032056031", "1880-12-05"}, "HU.adoazonosito": {"8422780135", "1982-10-03"},
	} {
		_, born, err := national(t, key[:2], key[3:]).Parse(want[0])
		require.NoError(t, err, key)
		require.Equal(t, want[1], born.Format(time.DateOnly), key)
	}
	_, born, err := national(t, "NL", "bsn").Parse("111222333")
	require.NoError(t, err)
	require.True(t, born.IsZero())
}

func FuzzNationalNumbersNeverPanic(f *testing.F) {
	for _, g := range goodNationals {
		f.Add(g[0])
		f.Add(g[1])
	}
	f.Fuzz(func(t *testing.T, s string) {
		for i := range ident.Nationals() {
			n := &ident.Nationals()[i]
			if c, born, err := n.Parse(s); err == nil {
				again, err := n.ParseNormal(c)
				require.NoError(t, err)
				require.Equal(t, born, again)
			}
		}
	})
}
