package store

// Birthdays: a day of the year. A reward needs no more of it.

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"counterbook/store/sensitive"
)

// Birthday is the day on which somebody was born, with or without the year. The
// zero Birthday means none.
type Birthday struct {
	Month time.Month `cbor:"1,keyasint"`
	Day   int        `cbor:"2,keyasint"`
	Year  int        `cbor:"3,keyasint,omitempty"` // 0: not kept
}

// String is the form --05-17, or 1980-05-17 with a year (ISO 8601, RFC 6350 §4.3.1);
// nothing for none.
func (b Birthday) String() string {
	switch {
	case b == Birthday{}:
		return ""
	case b.Year == 0:
		return fmt.Sprintf("--%02d-%02d", int(b.Month), b.Day)
	}
	return fmt.Sprintf("%04d-%02d-%02d", b.Year, int(b.Month), b.Day)
}

// oldestBirth is the first year in which somebody alive can have been born.
const oldestBirth = 1900

// valid reports whether there is such a day. 29 February is one where no year is
// kept.
func (b Birthday) valid() bool {
	year := b.Year
	if year == 0 {
		year = 2000 // which has a 29 February
	}
	t := time.Date(year, b.Month, b.Day, 0, 0, 0, 0, time.UTC)
	return t.Month() == b.Month && t.Day() == b.Day && (b.Year == 0 || b.Year >= oldestBirth)
}

// birthForms are how other programs write a birthday, and String does: with a year,
// then without one (RFC 6350 §4.3.1).
var birthForms = [2][]string{{"2006-01-02", "20060102"}, {"--01-02", "--0102", "2.1.", "2.1"}}

// noYear is what some programs write in cards that say no year.
const noYear = 1604

// noBirthday says that a text is what programs write for no birthday: nothing, or a
// day of zeros such as 0/0/00.
func noBirthday(text string) bool { return strings.Trim(text, "0./-:TZ ") == "" }

// readBirthday reads a birthday out of a file. ok is false where it is none, or
// nobody can tell which day it is.
func readBirthday(text string, o sensitive.Options) (b Birthday, ok bool) {
	day, _, _ := strings.Cut(text, "T") // 1980-05-17T00:00:00Z
	for _, form := range birthForms[0] {
		if t, err := time.Parse(form, day); err == nil {
			b = Birthday{Month: t.Month(), Day: t.Day(), Year: t.Year()}
			if b.Year == noYear {
				b.Year = 0
			}
			return b, true
		}
	}
	for _, form := range birthForms[1] {
		// The year makes of the 29th of February a day.
		if t, err := time.Parse(form+" 2006", text+" 2000"); err == nil {
			return Birthday{Month: t.Month(), Day: t.Day()}, true
		}
	}
	t, ok := sensitive.Date(text, o)
	if !ok {
		return readYearless(text, o)
	}
	return Birthday{Month: t.Month(), Day: t.Day(), Year: t.Year()}, true
}

// readYearless reads a day and the name of a month, "17. Mai", with no other number.
func readYearless(text string, o sensitive.Options) (b Birthday, ok bool) {
	numbers := strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	if len(numbers) != 1 || len(numbers[0]) > 2 || !strings.ContainsFunc(text, unicode.IsLetter) {
		return b, false
	}
	t, ok := sensitive.Date(text+" 2000", o) // which has a 29 February
	if !ok {
		return b, false
	}
	return Birthday{Month: t.Month(), Day: t.Day()}, true
}
