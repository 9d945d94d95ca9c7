// Numbers, dates and money on screens.

package words

import (
	"time"

	"counterbook/invoice"

	"github.com/shopspring/decimal"
)

// Number writes a count: 1,284.
func (w *Words) Number(n int) string {
	return w.labels.FormatNumber(decimal.NewFromInt(int64(n)))
}

// Decimal writes a number with the digits it has: 1.2.
func (w *Words) Decimal(v decimal.Decimal) string { return w.labels.FormatNumber(v) }

// Percent writes a percentage: 20 %.
func (w *Words) Percent(v decimal.Decimal) string { return w.labels.FormatPercent(v) }

// Money writes an amount with its currency: € 1,240.00.
func (w *Words) Money(v decimal.Decimal, currency string) string {
	return w.labels.FormatMoney(v, currency)
}

// Amount writes an amount without its currency: 1,240.00.
func (w *Words) Amount(v decimal.Decimal, currency string) string {
	return w.labels.FormatAmount(v, invoice.Digits(currency))
}

// Day writes a date: 22 Nov 2026; nothing for no date.
func (w *Words) Day(d invoice.Date) string { return w.labels.FormatDate(d) }

// Date writes the date of a moment in local time.
func (w *Words) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.Day(invoice.DateOf(t.Local()))
}

// Moment writes date and time: 22 Nov 2026, 10:42.
func (w *Words) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.T("moment", Data{"Date": w.Date(t), "Time": t.Local().Format("15:04")})
}

// Ago says how long ago something was, roughly: today, 2 d ago, 3 w ago.
func (w *Words) Ago(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t, now = t.Local(), now.Local()
	if passed := now.Sub(t); passed < time.Minute {
		return w.T("ago.now")
	} else if passed < time.Hour {
		return w.N("ago.minutes", int(passed.Minutes()))
	}
	midnight := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC)
	}
	days := int(midnight(now).Sub(midnight(t)).Hours() / 24)
	switch {
	case days <= 0:
		return w.T("ago.today")
	case days == 1:
		return w.T("ago.yesterday")
	case days < 14:
		return w.N("ago.days", days)
	case days < 60:
		return w.N("ago.weeks", days/7)
	case days < 730:
		return w.N("ago.months", days/30)
	}
	return w.N("ago.years", days/365)
}

// wait says how long something takes yet, rounded up.
func (w *Words) wait(d time.Duration) string {
	if d > 90*time.Second {
		return w.N("wait.minutes", int((d+time.Minute-1)/time.Minute))
	}
	return w.N("wait.seconds", int((d+time.Second-1)/time.Second))
}
