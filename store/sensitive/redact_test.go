package sensitive

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestS52AMaskedNumberKeepsItsEndAndItsPlaceInTheSentence(t *testing.T) {
	o := Options{Country: "AT", Now: testNow}
	for text, want := range map[string]string{
		"Pays with card 4111 1111 1111 1111 today.": "Pays with [card 1111] today.",
		"4111111111111111":                          "[card 1111]",
		"Visa: ４１１１ １１１１ １１１１ １１１１":                 "[card 1111]",
		"IBAN DE89 3704 0044 0532 0130 00, weekly":  "[iban 3000], weekly",
		"Tel.: +43 660 000 4471 (wife)":             "[phone 471] (wife)",
		"Please call +43 660 000 4471.":             "Please call [phone 471].",
		"PESEL 44051401359":                         "[national-id 59]",
		"Mobil Nr. +43 660 000 4471":                "[phone 471]",
		"Ordered frames,+43 660 000 4471,Monday":    "Ordered frames,[phone 471],Monday",
	} {
		f := Find(text, o)
		require.Len(t, f, 1, text)
		end, ok := Ending(text, f[0])
		require.True(t, ok, text)
		require.Equal(t, want, Replace(text, f[0], "["+f[0].Kind.String()+" "+end+"]"))
	}
	for _, text := range []string{"cvv 123", "door code 4711", "password: Sommer2024", "a@b.example", "has cancer", "born 12.03.1980"} {
		f := Find(text, o)
		require.Len(t, f, 1, text)
		_, ok := Ending(text, f[0])
		require.False(t, ok, text)
	}
}

func TestS52ASentenceClosesOverWhatWasRemoved(t *testing.T) {
	o := Options{Country: "AT", Now: testNow}
	for text, want := range map[string]string{
		"Call +43 660 000 4471, comes Friday.":          "Call, comes Friday.",
		"Phone +43 660 000 4471, comes Friday.":         "comes Friday.",
		"Comes Friday (tel. +43 660 000 4471).":         "Comes Friday.",
		"Comes Friday, mobile +43 660 000 4471.":        "Comes Friday.",
		"Comes Friday, +43 660 000 4471, with a friend": "Comes Friday, with a friend",
		"Comes Friday; e-mail: giulia@posteo.example":   "Comes Friday",
		"giulia@posteo.example":                         "",
		"Card 4111 1111 1111 1111 cvv 123":              "cvv 123",
		"Oak frame\n+43 660 000 4471\nwith mount":       "Oak frame\n\nwith mount",
		"Oak frame - +43 660 000 4471":                  "Oak frame",
		"Oak. +43 660 000 4471. Monday.":                "Oak. Monday.",
		"Born 12.03.1980, oak frame":                    "oak frame",
		"Giulia (*12.03.1980) likes oak":                "Giulia likes oak",
		"Oak “+43 660 000 4471” frame":                  "Oak frame",
	} {
		f := Find(text, o)
		require.NotEmpty(t, f, text)
		require.Equal(t, want, Remove(text, f[0]), text)
	}
}

// fragments are what texts of the property tests are put together from.
var fragments = []string{"4111 1111 1111 1111", "card", "DE89 3704 0044 0532 0130 00", "+43 660 000 4471", "Tel.: ", "e-mail ", "a.b@c.example",
	"PESEL 44051401359", "cvv 123", "pin: 4711", "geb. 12.03.1980", "Hauptstraße 5", "Krebs", "asthma", "Müller", "für", "ü\u0308", "４１１１",
	"Łódź", "(", ")", ", ", ". ", "\n", " ", " - ", ": ", "“", "”", "oak frame", "Monday", "5", "\u00a0", "\u200b", "Ж"}

func drawText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(fragments), 1, 14).Draw(t, "parts"), rapid.SampledFrom([]string{"", " "}).Draw(t, "between"))
}

func TestS52WhatIsMaskedOrRemovedIsGoneAndNothingElseIsLost(t *testing.T) {
	o := Options{Country: "AT", Now: testNow}
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		found := Find(text, o)
		if len(found) == 0 {
			t.Skip("nothing found")
		}
		f := found[rapid.IntRange(0, len(found)-1).Draw(t, "which")]
		piece := text[f.Start:f.End]
		removed := Remove(text, f)
		require.True(t, utf8.ValidString(removed))
		require.Less(t, len(removed), len(text))
		require.LessOrEqual(t, strings.Count(removed, piece), strings.Count(text[:f.Start], piece)+strings.Count(text[f.End:], piece))
		// What stood behind it is there to its end, what stood before it from its beginning.
		behind := strings.TrimLeft(text[f.End:], " \t\u00a0,;:.!?-)]”“»\"")
		require.True(t, strings.HasSuffix(removed, behind), "%q of %q", removed, text)
		kept := text[:f.Start-lead(text, f)]
		require.True(t, strings.HasPrefix(removed, strings.TrimRight(kept, " \t\u00a0,;:-([“„«\"")), "%q of %q", removed, text)

		if end, ok := Ending(text, f); ok {
			masked := Replace(text, f, f.Kind.String()+" ending "+end)
			require.True(t, utf8.ValidString(masked))
			require.True(t, strings.HasPrefix(masked, kept) && strings.HasSuffix(masked, text[f.End:]), "%q of %q", masked, text)
			require.NotContains(t, masked[len(kept):len(masked)-len(text)+f.End], piece)
		}
	})
}

func TestS52RemovingGoesOnUntilNothingIsFound(t *testing.T) {
	o := Options{Country: "AT", Now: testNow}
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		for found := Find(text, o); len(found) > 0; found = Find(text, o) {
			shorter := Remove(text, found[0])
			require.Less(t, len(shorter), len(text))
			text = shorter
		}
	})
}
