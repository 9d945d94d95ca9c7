// Dates: an entry that understands how people write them.

package widgets

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
)

var (
	// ErrNotADate is what a [DateEntry] says of a text that is no date.
	ErrNotADate = errors.New("not a date")
	// ErrNoSuchDay is what it says of a day that is not in the calendar, such as
	// 31 February.
	ErrNoSuchDay = errors.New("no such day")
)

const dateShown = "2 Jan 2006"

// DateEntry takes a date: 2026-11-22, 22.11.2026, 22/11/2026, 22 Nov 2026. Day
// comes before month. Empty is no date. A calendar opens with its button or
// with Down.
type DateEntry struct {
	Entry
	// Format is how a date is shown, in the layout of package time.
	Format string
}

// NewDateEntry returns an entry for a date; today is the day the calendar
// opens at.
func NewDateEntry(today time.Time) *DateEntry {
	e := &DateEntry{Format: dateShown}
	open := func() { e.openCalendar(today) }
	e.ActionItem = Padded(4, 4, 4, 0, newEntryIcon(IconCalendar, open))
	e.OnArrow = func(step int) {
		if step > 0 {
			open()
		}
	}
	e.OnLeave = func() {
		if d, err := e.Date(); err == nil {
			e.SetDate(d)
		}
	}
	e.line(e)
	return e
}

// CreateRenderer implements [fyne.Widget].
func (e *DateEntry) CreateRenderer() fyne.WidgetRenderer { return e.Entry.CreateRenderer() }

// Date returns the date typed, midnight UTC; the zero time for an empty entry
// and ErrNotADate for anything else.
func (e *DateEntry) Date() (time.Time, error) {
	if strings.TrimSpace(e.Text) == "" {
		return time.Time{}, nil
	}
	return ParseDate(e.Text)
}

// SetDate shows a date, and nothing for the zero time.
func (e *DateEntry) SetDate(d time.Time) {
	text := ""
	if !d.IsZero() {
		text = d.Format(e.Format)
	}
	if text != e.Text {
		e.SetText(text)
	}
}

func (e *DateEntry) openCalendar(today time.Time) {
	c := fyne.CurrentApp().Driver().CanvasForObject(e)
	if c == nil || e.Disabled() {
		return
	}
	civil := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	}
	at := civil(today)
	if d, err := e.Date(); err == nil && !d.IsZero() {
		at = d
	}
	showCalendar(c, e, at, civil(today), e.SetDate)
}

var monthNames = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "mär": 3, "apr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7,
	"aug": 8, "sep": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12,
}

// leastYear is the first year that is taken for one, and not for a slip.
const leastYear = 1900

// ParseDate reads a date as a person writes it, day before month unless the
// year comes first. Two digits are a year of this century. The result is midnight
// UTC.
func ParseDate(s string) (time.Time, error) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(parts) == 2 && !exists(parts[0], parts[1], 2000) { // a year with a 29 February
		return time.Time{}, ErrNoSuchDay
	}
	if len(parts) != 3 {
		return time.Time{}, ErrNotADate
	}
	day, month, year := parts[0], parts[1], parts[2]
	if len(day) == 4 { // year first
		day, year = year, day
	} else if _, err := strconv.Atoi(day); err != nil { // Nov 22, 2026
		day, month = month, day
	}
	y, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 && len(year) != 2 {
		return time.Time{}, ErrNotADate
	}
	if len(year) == 2 {
		y += 2000
	}
	d, m := dayOf(day), monthOf(month)
	switch {
	case d < 0 || m < 0 || y < leastYear:
		return time.Time{}, ErrNotADate
	case !exists(day, month, y):
		return time.Time{}, ErrNoSuchDay
	}
	return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC), nil
}

// exists says whether a year has that day. What is no day or no month at all is
// for others to say.
func exists(day, month string, year int) bool {
	d, m := dayOf(day), monthOf(month)
	if d < 0 || m < 0 {
		return true
	}
	date := time.Date(year, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return date.Day() == d && date.Month() == time.Month(m)
}

// dayOf reads the number of a day, -1 for what is none.
func dayOf(s string) int {
	if d, err := strconv.Atoi(s); err == nil && len(s) <= 2 {
		return d
	}
	return -1
}

// monthOf returns the number of a month, also by the first three letters of its
// English or German name, and -1 for what is none.
func monthOf(s string) int {
	if m, err := strconv.Atoi(s); err == nil && len(s) <= 2 {
		return m
	}
	runes := []rune(strings.ToLower(s))
	if len(runes) < 3 {
		return -1
	}
	m, ok := monthNames[string(runes[:3])]
	if !ok {
		return -1
	}
	return int(m)
}
