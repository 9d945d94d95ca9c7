package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"
)

// rows reads everything of a file, as it is guessed to be.
func rows(t testing.TB, file string) ([]Row, error) {
	t.Helper()
	return read(NewSource(strings.NewReader(file), Guess([]byte(file[:min(len(file), HeadSize)]))))
}

func read(src Source) ([]Row, error) {
	var out []Row
	for {
		r, err := src.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		out = append(out, r)
	}
}

func cells(rows []Row) [][]string {
	var out [][]string
	for _, r := range rows {
		out = append(out, r.Cells)
	}
	return out
}

func TestATableIsReadWithAnySeparatorAndEncoding(t *testing.T) {
	want := [][]string{{"Vorname", "Nachname", "Ort"}, {"Jürgen", "Müller", "Köln"}, {"Zoë", "Strauß", "Überlingen"}}
	polish := [][]string{{"Imię", "Nazwisko", "Miasto"}, {"Łucja", "Wałęsa", "Łódź"}, {"Świętosława", "Żak", "Kraków"}}
	encode := func(c *charmap.Charmap) func(string) string {
		return func(s string) string {
			out, err := c.NewEncoder().String(s)
			require.NoError(t, err)
			return out
		}
	}
	utf16 := func(name string) func(string) string {
		return func(s string) string {
			out, err := encodings[name].NewEncoder().String(s)
			require.NoError(t, err)
			return out
		}
	}
	same := func(s string) string { return s }
	for _, sep := range Separators() {
		for name, c := range map[string]struct {
			rows   [][]string
			encode func(string) string
			is     string
		}{
			"UTF-8":          {want, same, UTF8},
			"UTF-8 with BOM": {polish, func(s string) string { return ByteOrderMark + s }, UTF8},
			"UTF-16 LE":      {polish, utf16(UTF16LE), UTF16LE},
			"UTF-16 BE":      {polish, utf16(UTF16BE), UTF16BE},
			"Windows-1252":   {want, encode(charmap.Windows1252), Windows252},
			"Windows-1250":   {polish, encode(charmap.Windows1250), Windows250},
			"ISO 8859-2":     {polish, encode(charmap.ISO8859_2), Latin2},
			"Mac Roman":      {want, encode(charmap.Macintosh), MacRoman},
		} {
			var file strings.Builder
			for _, r := range c.rows {
				file.WriteString(strings.Join(r, string(sep)) + "\r\n")
			}
			head := []byte(c.encode(file.String()))
			shape := Guess(head)
			require.Equal(t, Shape{Table, c.is, sep}, shape, name)
			got, err := read(NewSource(bytes.NewReader(head), shape))
			require.NoError(t, err, name)
			require.Equal(t, c.rows, cells(got), name)
		}
	}
}

func TestAnEncodingIsGuessedByTheLettersThatMakeSense(t *testing.T) {
	for _, c := range []struct {
		name  string
		texts []string
	}{
		{MacRoman, []string{"Müller", "Köln", "Jürgen;Bäcker;Graz", "Größe", "Strauß", "René Lefèvre", "Muñoz", "João", "Nicolò", "Zoë", "Österreich", "François"}},
		{Windows252, []string{"Müller", "Köln", "René", "Muñoz", "João", "Nicolò", "Zoë", "Tomaš", "D’Angelo", "O’Brien", "Joe’s", "l’ami", "“Rossi”", "10–12", "Mo–Fr", "€ 50", "à", "Ärger", "Strauß"}},
		{Windows250, []string{"Wałęsa", "Łódź", "Kościuszko;Wałęsa", "Gdańsk;Żak", "Piłsudski", "Novák;Šťastný;Černý", "Ştefănescu;Brăila"}},
	} {
		for _, text := range c.texts {
			b, err := encodings[c.name].NewEncoder().String("Name;Ort\n" + text + "\n")
			require.NoError(t, err)
			require.Equal(t, c.name, guessEncoding([]byte(b)), text)
		}
	}
	mac, err := charmap.Macintosh.NewEncoder().String("Name;Ort\rGarcía;León\r")
	require.NoError(t, err)
	got, err := rows(t, mac)
	require.NoError(t, err)
	require.Equal(t, [][]string{{"Name", "Ort"}, {"García", "León"}}, cells(got))
}

func TestEveryEncodingThatCanBeChosenIsRead(t *testing.T) {
	texts := map[string]string{Windows251: "Иванов", Windows253: "Παπάς", Windows257: "Žukauskas Ģirts", DOS850: "Müller Zoë", DOS852: "Wałęsa Łódź", MacRoman: "Müller €"}
	for _, name := range Encodings() {
		text := either(texts[name], "Anna")
		b, err := encodings[name].NewEncoder().String(text + "\n")
		require.NoError(t, err, name)
		got, err := read(NewSource(strings.NewReader(b), Shape{Table, name, ','}))
		require.NoError(t, err, name)
		require.Equal(t, [][]string{{text}}, cells(got), name)
	}
}

func TestEmptyRowsAreCountedAndPassedOver(t *testing.T) {
	got, err := rows(t, "sep=;\r\n\r\nName;Note\n ; \nAnna;\"one\n\"\"two\"\"\"\n\n;\nBo;5\" pipe")
	require.NoError(t, err)
	require.Equal(t, []Row{{Number: 3, Cells: []string{"Name", "Note"}}, {Number: 5, Cells: []string{"Anna", "one\n\"two\""}}, {Number: 8, Cells: []string{"Bo", `5" pipe`}}}, got)
}

func TestWhatIsWrongIsSaidWithItsRowAndNothingMoreIsRead(t *testing.T) {
	good := "Name,Phone\nAnna,1\n"
	for name, c := range map[string]struct {
		file string
		want Error
	}{
		"half a quote":         {good + "Bo,\"22\nCarla,33\n", Error{3, 2, BadQuote}},
		"half a quote, long":   {good + "Bo,\"22\n" + strings.Repeat("Carla,33\n", 5000), Error{3, 2, BadQuote}},
		"after a quote":        {good + "\"Bo\"x,22\n", Error{3, 1, BadQuote}},
		"a million columns":    {good + strings.Repeat(",", 1_000_000), Error{3, MaxColumns + 1, BadColumns}},
		"a long cell":          {good + "Bo," + strings.Repeat("x", MaxCell+1), Error{3, 2, BadCell}},
		"no text":              {good + "Bo,\x00\n", Error{3, 2, BadBinary}},
		"another encoding":     {good + strings.Repeat("Anna,1\n", 20000) + "M\xfcller,2\n", Error{20003, 1, BadEncoding}},
		"nothing":              {"", Error{0, 0, BadEmpty}},
		"nothing but new line": {"\r\n\r\n", Error{0, 0, BadEmpty}},
	} {
		got, err := rows(t, c.file)
		var bad *Error
		require.ErrorAs(t, err, &bad, name)
		require.Equal(t, c.want, *bad, name)
		if c.want.Row == 3 {
			require.Len(t, got, 2, name)
		}
	}
}

// endless gives the same bytes for ever and counts how many were wanted.
type endless struct {
	text string
	n    int64
}

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e.text[int(e.n)%len(e.text)]
		e.n++
	}
	return len(p), nil
}

func TestAFileWithoutEndIsGivenUpAtItsLimit(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		shape Shape
		want  Rule
		most  int64 // bytes that are read
	}{
		"rows":    {"Anna,1\n", Shape{Table, UTF8, ','}, BadRows, 5 << 20},
		"a cell":  {"x", Shape{Table, UTF8, ','}, BadCell, 1 << 20},
		"a row":   {",", Shape{Table, UTF8, ','}, BadColumns, 1 << 20},
		"nothing": {"\n", Shape{Table, UTF8, ','}, BadRows, 5 << 20},
		"a line":  {"x", Shape{Cards, UTF8, 0}, BadSize, MaxBytes + 1},
	} {
		e := &endless{text: c.text}
		src := NewSource(e, c.shape)
		var err error
		for err == nil {
			_, err = src.Next()
		}
		var bad *Error
		require.True(t, errors.As(err, &bad), name)
		require.Equal(t, c.want, bad.Rule, name)
		require.LessOrEqual(t, e.n, c.most, name)
	}
}

func TestAColumnIsKnownByItsNameInNineLanguages(t *testing.T) {
	for _, c := range []struct {
		header []string
		want   []Field
	}{
		{[]string{"First Name", "Last Name", "E-mail Address", "Mobile Phone", "Something"}, []Field{First, Last, Email, Phone, NoField}},
		{[]string{"Vorname", "Nachname", "Straße", "PLZ", "Ort", "UID-Nummer", "Bemerkungen"}, []Field{First, Last, Street, Postcode, City, VAT, Note}},
		{[]string{"Prénom", "Nom", "Code postal", "Téléphone portable", "N° TVA"}, []Field{First, Last, Postcode, Phone, VAT}},
		{[]string{"Nome", "Cognome", "CAP", "P. IVA"}, []Field{First, Last, Postcode, VAT}},
		{[]string{"Nome", "Telemóvel", "Morada"}, []Field{Name, Phone, Street}},
		{[]string{"Nombre", "Apellidos", "Teléfono", "Población"}, []Field{First, Last, Phone, City}},
		{[]string{"Voornaam", "Achternaam", "Woonplaats", "BTW-nummer"}, []Field{First, Last, City, VAT}},
		{[]string{"IMIE", "NAZWISKO", "KOD POCZTOWY", "NIP"}, []Field{First, Last, Postcode, VAT}},
		{[]string{"Nume", "Prenume", "Localitatea", "Țară"}, []Field{Last, First, City, Country}},
		{[]string{"Phone", "Telephone"}, []Field{Phone, NoField}},
		{[]string{"Name", "First name"}, []Field{Last, First}},
		{[]string{"", "  "}, []Field{NoField, NoField}},
	} {
		require.Equal(t, c.want, Match(c.header), "%q", c.header)
	}
	require.True(t, Named([]string{"x", "E-Mail"}))
	require.False(t, Named([]string{"Anna", "+43 660 1234567"}))
	for in, want := range map[string]string{"Österreich": "AT", "AUSTRIA": "AT", "at": "AT", "Holland": "NL", "România": "RO", "Atlantis": "", "": ""} {
		require.Equal(t, want, CountryCode(in), in)
	}
}

// outlook are the names of the columns that Outlook writes, as far as they matter.
var outlook = strings.Split("Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,"+
	"Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home Street 2,Home City,Home State,Home Postal Code,"+
	"Home Country/Region,Other Street,Other City,Business Fax,Business Phone,Home Phone,Mobile Phone,Birthday,E-mail Address,Notes", ",")

// outlookRow is a row of such a table.
func outlookRow(of map[string]string) []string {
	out := make([]string, len(outlook))
	for i, name := range outlook {
		out[i] = of[name]
	}
	return out
}

func TestOfSeveralColumnsTheFirstThatIsFilledHasTheField(t *testing.T) {
	of := func(header []string, sample ...[]string) map[Field]string {
		out := map[Field]string{}
		for i, f := range Match(header, sample...) {
			if f != NoField {
				out[f] = header[i]
			}
		}
		return out
	}
	home := outlookRow(map[string]string{"First Name": "Anna", "Home Street": "Gasse 1", "Home City": "Wien", "Home Postal Code": "1080", "Business State": "Wien", "Home Phone": "1", "Notes": "x"})
	other := outlookRow(map[string]string{"Other Street": "Gasse 1", "Other City": "Wien"})
	require.Equal(t, map[Field]string{First: "First Name", Last: "Last Name", Company: "Company", Street: "Home Street", Street2: "Home Street 2", City: "Home City",
		Region: "Home State", Postcode: "Home Postal Code", Country: "Home Country/Region", Phone: "Mobile Phone", Phone2: "Home Phone",
		Birthday: "Birthday", Email: "E-mail Address", Note: "Notes"}, of(outlook, home))
	require.Equal(t, "Business Street", of(outlook)[Street])
	require.Equal(t, "Business Street", of(outlook, outlookRow(map[string]string{"Business City": "Graz", "Home Street": "Gasse 1"}))[Street], "all of one address")
	require.Equal(t, "Other City", of(outlook, other)[City])
	require.Equal(t, map[Field]string{Street: "Straße privat", Street2: "Straße privat 2", Postcode: "Postleitzahl privat", City: "Ort privat", Country: "Land/Region privat"},
		of([]string{"Straße geschäftlich", "Straße geschäftlich 2", "Ort geschäftlich", "Postleitzahl geschäftlich", "Straße privat", "Straße privat 2", "Ort privat",
			"Postleitzahl privat", "Land/Region privat"}, []string{"", "", "", "", "Gasse 1"}))
	require.Equal(t, map[Field]string{Name: "Name", Country: "Country", Street: "Home Street", City: "Home City"}, of([]string{"Name", "Country", "Home Street", "Home City"}))
	require.Equal(t, map[Field]string{Phone: "Telephone"}, of([]string{"Phone", "Telephone"}, []string{" ", "1"}))
}

func TestNothingWithinACellIsAFormulaWhereAnotherSignPartsCells(t *testing.T) {
	for text, want := range map[string]string{
		"Anna;=cmd|' /C calc'!A0": "Anna;'=cmd|'' /C calc'!A0",
		"a\t+1":                   "a\t'+1",
		"a|@x":                    "a|'@x",
		"a;\tb":                   "a;'\tb",
		"a\r\n-b\n\n=c":           "a\r\n'-b\n\n'=c",
		"a;＝1":                    "a;'＝1",
		`a;""=1;`:                 `a;'""=1;`,
		"a;'b":                    "a;''b",
		"'tis; 'twas":             "''tis; 'twas",
		"=1":                      "'=1",
		"a=b-c; d\n\ne":           "a=b-c; d\n\ne",
	} {
		require.Equal(t, want, Guarded(text))
		require.Equal(t, text, Unguarded(want))
	}
	require.Equal(t, "d';'Anna", Unguarded("d';'Anna"), "what nobody guarded stays")
}

func TestATextInAFormulaOfExcelIsThatText(t *testing.T) {
	got, err := rows(t, "Name,Phone\nAnna,\"=\"\"06601234567\"\"\"\nBo,=\"0660\"\nCy,\"=\"\"a\"\"&\"\"b\"\"\"\nDi,'=\"1\"\nEd,=\"\n")
	require.NoError(t, err)
	require.Equal(t, [][]string{{"Name", "Phone"}, {"Anna", "06601234567"}, {"Bo", "0660"}, {"Cy", `="a"&"b"`}, {"Di", `="1"`}, {"Ed", `="`}}, cells(got))
}

// formula is one behind what may part cells.
var formula = regexp.MustCompile("[;|\t\r\n]\"*[-=+@＝]")

func TestATableThatWasWrittenIsReadTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.SampledFrom([]rune("aé=+-@'\"\t\r\n,;| ＝x")))
		var file []byte
		var want [][]string
		for range rapid.IntRange(1, 5).Draw(t, "rows") {
			row := append([]string{"1"}, rapid.SliceOfN(cell, 1, 5).Draw(t, "row")...)
			want = append(want, row)
			guarded := make([]string, len(row))
			for i, c := range row {
				guarded[i] = Guarded(c)
				if c != "" && strings.ContainsRune("=+-@\t\r", rune(guarded[i][0])) || formula.MatchString(guarded[i]) {
					t.Fatalf("a formula is left: %q", guarded[i])
				}
			}
			file = AppendRow(file, guarded)
		}
		got, err := read(NewSource(bytes.NewReader(append([]byte(ByteOrderMark), file...)), Shape{Table, UTF8, ','}))
		if err != nil || fmt.Sprintf("%q", cells(got)) != fmt.Sprintf("%q", want) {
			t.Fatalf("%q\n%q\n%v", want, cells(got), err)
		}
	})
}
