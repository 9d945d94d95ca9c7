// Birthdays as people type them: day and month, in figures or with the month's name.

package customers

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"counterbook/invoice"
	"counterbook/store"
)

// birthdayKey is the entry of the birthday, and the field of its problems.
const birthdayKey = "Birthday"

// birthdayText is a birthday as the form shows it: 17 May, or 17 May 1980.
func birthdayText(b store.Birthday) string {
	if b == (store.Birthday{}) {
		return ""
	}
	text := strconv.Itoa(b.Day) + " " + b.Month.String()
	if b.Year != 0 {
		text += " " + strconv.Itoa(b.Year)
	}
	return text
}

// parseBirthday reads 17.5., 17/05/1980, 17 May, May 17 1980 and 1980-05-17. Where
// both could be the month, the day comes first. It does not ask whether there is
// such a day: the store does.
func parseBirthday(s string) (b store.Birthday, ok bool) {
	var numbers []int
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if n, err := strconv.Atoi(part); err == nil {
			if len(part) == 4 && len(numbers) != 2 && !(len(numbers) == 1 && b.Month != 0) { // 1980-05-17
				if len(numbers) > 0 {
					return b, false
				}
				b.Year = n
				continue
			}
			numbers = append(numbers, n)
			continue
		}
		m := monthNamed(part)
		if m == 0 || b.Month != 0 {
			return b, false
		}
		b.Month = m
	}
	byYear := b.Year != 0
	if b.Month != 0 { // 17 May, May 17 1980
		switch {
		case len(numbers) == 2 && !byYear:
			b.Year = numbers[1]
		case len(numbers) != 1:
			return b, false
		}
		b.Day = numbers[0]
	} else {
		switch {
		case byYear && len(numbers) == 2:
			b.Month, b.Day = time.Month(numbers[0]), numbers[1]
		case !byYear && (len(numbers) == 2 || len(numbers) == 3):
			b.Day, b.Month = numbers[0], time.Month(numbers[1])
			if len(numbers) == 3 {
				b.Year = numbers[2]
			}
		default:
			return b, false
		}
	}
	return b, b.Day != 0 && b.Month != 0 && (b.Year == 0 || b.Year > 99)
}

// monthNamed is the month that a word begins, of three letters at least; 0 for none.
func monthNamed(word string) time.Month {
	word = strings.ToLower(word)
	for m := time.January; m <= time.December; m++ {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), word) {
			return m
		}
	}
	return 0
}

// birthday is what stands in the form, and whether it could be read. The year is
// dropped where the shop keeps none.
func (f *form) birthday() (store.Birthday, bool) {
	text := strings.TrimSpace(f.entries[birthdayKey].Text)
	if text == "" {
		return store.Birthday{}, true
	}
	if text == birthdayText(f.was.Birthday) {
		return f.was.Birthday, true
	}
	b, ok := parseBirthday(text)
	if !f.d.fields.BirthYear {
		b.Year = 0
	}
	return b, ok
}

// tidyBirthday writes a birthday that can be read as it will be kept.
func (f *form) tidyBirthday() {
	if b, ok := f.birthday(); ok {
		f.entries[birthdayKey].SetText(birthdayText(b))
	}
}

// readBirthday says under the field that a birthday cannot be read, and reports
// whether it can.
func (f *form) readBirthday() bool {
	_, ok := f.birthday()
	if !ok {
		f.fields.SetProblem(birthdayKey, f.d.e.Words.Problem(invoice.Problem{Field: birthdayKey, Rule: "birthday"}))
		f.dialog.Refresh()
		f.fields.Field(birthdayKey).Focus()
	}
	return ok
}
