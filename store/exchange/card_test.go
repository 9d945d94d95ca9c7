package exchange

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// cards reads cards into what they say.
func cards(t testing.TB, file string) ([]map[Field]string, error) {
	t.Helper()
	got, err := rows(t, strings.ReplaceAll(file, "\n", "\r\n"))
	var out []map[Field]string
	for _, r := range got {
		said := map[Field]string{}
		for i, c := range r.Cells {
			if c != "" {
				said[CardFields[i]] = c
			}
		}
		out = append(out, said)
	}
	return out, err
}

func TestCardsOfAllThreeVersionsAreRead(t *testing.T) {
	got, err := cards(t, `BEGIN:VCARD
VERSION:2.1
N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=FCrgen;;Dr.
ORG:Müller KG;Sales
TEL;HOME;VOICE:+43 1 555
TEL;CELL;PREF:+43 660 1
EMAIL;INTERNET:j@example.com
ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;Lange Gasse 8=0D=0AT=C3=BCr 3;Wien;;1080;=C3=96ster=
reich
PHOTO;ENCODING=BASE64;TYPE=JPEG:
 AAAA
 BBBB==

AGENT:
BEGIN:VCARD
VERSION:2.1
N:Agent;Secret
END:VCARD
END:VCARD
begin:vcard
version:3.0
fn:Anna Ber
 ger
n:Berger;Anna;;;
item1.tel;type="cell,pref":+43 660 2
item1.X-ABLabel:mobile
note:first line\nsecond\, with a comma
categories:regular,wholesale
bday:1970-01-01
end:vcard

BEGIN:VCARD
VERSION:4.0
ORG:Kanéllos\; Sons;Unit
TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+30-21-0;ext=5
EMAIL;PREF=2:b@example.com
EMAIL;PREF=1:a@example.com
ADR;LABEL="Mr: X":;2nd floor;Odos 1;Athina;Attiki;10431;GR
END:VCARD
`)
	require.NoError(t, err)
	require.Equal(t, []map[Field]string{
		{Name: "Dr. Jürgen Müller", Company: "Müller KG", Phone: "+43 660 1", Phone2: "+43 1 555", Email: "j@example.com",
			Street: "Lange Gasse 8", Street2: "Tür 3", City: "Wien", Postcode: "1080", Country: "Österreich"},
		{Name: "Anna Berger", Phone: "+43 660 2", Note: "first line\nsecond, with a comma", Tags: "regular,wholesale", Birthday: "1970-01-01"},
		{Name: "Kanéllos; Sons", Phone: "+30-21-0", Email: "a@example.com", Email2: "b@example.com",
			Street: "Odos 1", Street2: "2nd floor", City: "Athina", Region: "Attiki", Postcode: "10431", Country: "GR"},
	}, got)
}

func TestCardsOfAnOldMacAreRead(t *testing.T) {
	const file = "BEGIN:VCARD\nFN:Anna Ber\n ger\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:M=\n=C3=BCller\nEND:VCARD\n"
	got, err := rows(t, strings.ReplaceAll(file, "\n", "\r"))
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.Equal(t, []string{"Anna Berger", "", "1"}, got[0].Cells[:3])
	require.Equal(t, "Müller", got[1].Cells[0])
}

func TestANoteInBase64IsDecoded(t *testing.T) {
	got, err := cards(t, "BEGIN:VCARD\nFN:Anna\nNOTE;ENCODING=B:SMO2cnQgenU=\nEND:VCARD\n"+
		"BEGIN:VCARD\nFN:Bo\nNOTE;CHARSET=ISO-8859-1;ENCODING=BASE64:\n SPZydCB6\n dQ==\n\nEND:VCARD\n"+
		"BEGIN:VCARD\nFN:Cy\nNOTE;BASE64:SMO2cnQgenU=\nNOTE;TYPE=B:as it is\nEND:VCARD\n")
	require.NoError(t, err)
	require.Equal(t, []map[Field]string{{Name: "Anna", Note: "Hört zu"}, {Name: "Bo", Note: "Hört zu"}, {Name: "Cy", Note: "Hört zu\nas it is"}}, got)
}

func TestACardThatIsCutOffIsSaidAndThoseBeforeItAreRead(t *testing.T) {
	good := "BEGIN:VCARD\nFN:Anna\nEND:VCARD\n"
	for name, c := range map[string]struct {
		file string
		want Error
	}{
		"at the end":      {good + "BEGIN:VCARD\nFN:Bo\n", Error{2, 0, BadCard}},
		"by the next":     {good + "BEGIN:VCARD\nFN:Bo\n" + good, Error{2, 0, BadCard}},
		"a long note":     {good + "BEGIN:VCARD\nNOTE:" + strings.Repeat("x", MaxCell+1) + "\nEND:VCARD\n", Error{2, 0, BadCell}},
		"a folded note":   {good + "BEGIN:VCARD\nNOTE:" + strings.Repeat("x\n ", 200_000) + "\nEND:VCARD\n", Error{2, 0, BadCell}},
		"a longer note":   {good + "BEGIN:VCARD\nNOTE:" + strings.Repeat("x", maxLine*2) + "\nEND:VCARD\n", Error{2, 0, BadCell}},
		"several notes":   {good + "BEGIN:VCARD\n" + strings.Repeat("NOTE:"+strings.Repeat("x", MaxCell/2)+"\n", 2) + "END:VCARD\n", Error{2, 0, BadCell}},
		"no text":         {good + "BEGIN:VCARD\nFN:B\x00\nEND:VCARD\n", Error{2, 0, BadBinary}},
		"not base64":      {good + "BEGIN:VCARD\nNOTE;ENCODING=B:?\nEND:VCARD\n", Error{2, 0, BadEncoding}},
		"not the charset": {good + "BEGIN:VCARD\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=FC\nEND:VCARD\n", Error{2, 0, BadEncoding}},
	} {
		got, err := cards(t, c.file)
		var bad *Error
		require.ErrorAs(t, err, &bad, name)
		require.Equal(t, c.want, *bad, name)
		require.Equal(t, []map[Field]string{{Name: "Anna"}}, got, name)
	}
}

// photo is a card with a picture of so many bytes, which nobody keeps.
func photo(n int64, folded bool) io.Reader {
	text := "AAAAAAAA"
	if folded {
		text = "AAAAAAA\r\n "
	}
	return io.MultiReader(strings.NewReader("BEGIN:VCARD\r\nFN:Anna\r\nPHOTO;ENCODING=b:"), io.LimitReader(&endless{text: text}, n),
		strings.NewReader("\r\nTEL:1\r\nEND:VCARD\r\n"))
}

func TestAPictureOfManyMegabytesIsPassedOver(t *testing.T) {
	for _, folded := range []bool{false, true} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got, err := read(NewSource(photo(20<<20, folded), Shape{Cards, UTF8, 0}))
		runtime.ReadMemStats(&after)
		require.NoError(t, err)
		require.Len(t, got, 1)
		require.Equal(t, "1", got[0].Cells[2])
		if !folded { // folded it is many lines, of which each is dropped
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(8<<20))
		}
		_, err = read(NewSource(photo(MaxBytes, folded), Shape{Cards, UTF8, 0}))
		var bad *Error
		require.ErrorAs(t, err, &bad)
		require.Equal(t, BadSize, bad.Rule)
	}
}

func TestACardThatWasWrittenIsReadTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("aé,;:\\\"=łx漢-1")), 1, 90, -1)
		of := map[Field]string{}
		for _, f := range []Field{Name, Company, Phone, Email, Street, Street2, Postcode, City, Region, Country, VAT, Language} {
			of[f] = text.Draw(t, string(f))
		}
		file := AppendCard(nil, of)
		for _, line := range strings.Split(string(file), "\r\n") {
			if len(line) > 75 {
				t.Fatalf("a line of %d bytes", len(line))
			}
		}
		got, err := read(NewSource(strings.NewReader(string(file)), Shape{Cards, UTF8, 0}))
		if err != nil || len(got) != 1 {
			t.Fatalf("%v %d", err, len(got))
		}
		for i, f := range CardFields {
			if got[0].Cells[i] != of[f] {
				t.Fatalf("%s: %q became %q", f, of[f], got[0].Cells[i])
			}
		}
	})
}

// fuzz reads whatever it is given to the end, in any shape.
func fuzz(t *testing.T, file string, s Shape) {
	src := NewSource(strings.NewReader(file), s)
	for {
		row, err := src.Next()
		if err != nil {
			var bad *Error
			if err != io.EOF && !errors.As(err, &bad) {
				t.Fatal(err)
			}
			if _, again := src.Next(); again == nil {
				t.Fatal("it went on after its end")
			}
			return
		}
		if len(row.Cells) > MaxColumns || s.Kind == Cards && len(row.Cells) != len(CardFields) {
			t.Fatal("too many cells")
		}
	}
}

func FuzzTable(f *testing.F) {
	f.Add("Name;Note\nAnna;\"x\"\"y\"\n", uint8(0))
	f.Add("\xff\xfea\x00,\x00", uint8(5))
	f.Fuzz(func(t *testing.T, file string, shape uint8) {
		fuzz(t, file, Guess([]byte(file)))
		all := Encodings()
		fuzz(t, file, Shape{Table, all[int(shape)%len(all)], Separators()[int(shape)%4]})
	})
}

func FuzzCards(f *testing.F) {
	f.Add("BEGIN:VCARD\r\nN;ENCODING=QUOTED-PRINTABLE:a=\r\n=20b\r\n c\r\nEND:VCARD\r\n")
	f.Add("BEGIN:VCARD\nPHOTO:\n AA\n\nADR:;\\;;\nEND:VCARD")
	f.Fuzz(func(t *testing.T, file string) { fuzz(t, file, Shape{Cards, UTF8, 0}) })
}
