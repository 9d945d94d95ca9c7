package store

// Birthdays: a day of the year. A reward needs no more of it.

import (
	"fmt"
	"time"
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
