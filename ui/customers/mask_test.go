package customers

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAMaskShowsEnoughToRecogniseAPhone(t *testing.T) {
	for phone, want := range map[string]string{
		"+43 660 0004471": "+43 ••• ••• 4471", "0660/000 44 71": "••• ••• 4471", "+436600004471": "+43 ••• ••• 4471", "+1 (555) 000-1234": "+1 ••• ••• 1234",
		"+380 50 000 0277": "+380 ••• ••• 0277", "12345": "••• ••• 45", "1234": "••• 34", "12": "••• 2", "1": "•••", "": "", "–": "",
	} {
		require.Equal(t, want, maskPhone(phone), phone)
	}
}

func TestAMaskShowsEnoughToRecogniseAnAddress(t *testing.T) {
	for email, want := range map[string]string{
		"giulia@posteo.it": "g••••@posteo.it", "a@b.example": "••••@b.example", "łucja@b.example": "ł••••@b.example", "": "", "typed": "•••",
	} {
		require.Equal(t, want, maskEmail(email), email)
	}
}

func TestAMaskNeverHoldsMoreThanFourDigitsAfterThePrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		phone := rapid.StringMatching(`\+?[0-9 /()-]{0,20}`).Draw(t, "phone")
		masked := maskPhone(phone)
		digits := onlyDigits(phone)
		shown := len(onlyDigits(masked))
		require.LessOrEqual(t, shown, 7)
		if len(digits) >= 8 {
			require.GreaterOrEqual(t, len(digits)-shown, 1)
		}
		if len(digits) > 0 {
			require.Contains(t, masked, strings.TrimSpace(dots))
		}
	})
}
