// The width of the logo on the page, beside the logo itself.

package settings

import (
	"strconv"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/ui/words"
)

// logoChanged gives another logo a width that suits it.
func (s *settings) logoChanged() {
	c, width := s.controlOf("LogoWidth"), ""
	if data := s.logo.Data(); len(data) > 0 {
		least, most, usual := paper.LogoWidths(data)
		width = c.value()
		if n, err := strconv.Atoi(width); err != nil || n < least || n > most {
			width = strconv.Itoa(usual)
		}
	}
	c.set(width)
	s.changed()
}

// showLogoWidth asks for the width where there is a logo, and says its bounds.
func (s *settings) showLogoWidth() {
	f, data := s.field("LogoWidth"), s.logo.Data()
	if least, most, _ := paper.LogoWidths(data); len(data) > 0 {
		f.Hint(s.w.T("settings.logo.room", words.Data{"Least": least, "Most": most}))
	}
	if f.Hidden == (len(data) > 0) {
		f.Hidden = len(data) == 0
		s.logo.Content.Refresh()
		s.content.Refresh()
	}
}

// wrongLogoWidth says what is wrong with the width of the logo there is.
func (s *settings) wrongLogoWidth(width int) string {
	data := s.logo.Data()
	if len(data) == 0 {
		return ""
	}
	if least, most, _ := paper.LogoWidths(data); width < least || width > most {
		return s.w.Problem(invoice.Problem{Field: "LogoWidth", Rule: "range", Args: []string{strconv.Itoa(least), strconv.Itoa(most)}})
	}
	return ""
}
