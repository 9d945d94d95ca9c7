package store_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/store"
)

func TestAMaskShowsEnoughToRecogniseAPhone(t *testing.T) {
	for phone, want := range map[string]string{
		"+43 660 000 4471": "+43 ••• ••• 4471", "0660/000 44 71": "••• ••• 4471", "+436600004471": "+43 ••• ••• 4471", "+1 (555) 000-1234": "+1 ••• ••• 1234",
		"+380 50 000 0277": "+380 ••• ••• 0277", "12345": "••• ••• 45", "1234": "••• 34", "12": "••• 2", "1": "•••", "": "", "–": "",
	} {
		require.Equal(t, want, store.MaskPhone(phone), phone)
	}
}

func TestAMaskShowsEnoughToRecogniseAnAddress(t *testing.T) {
	for email, want := range map[string]string{
		"giulia@posteo.it": "g••••@posteo.it", "a@b.example": "••••@b.example", "łucja@b.example": "ł••••@b.example", "": "", "typed": "•••",
	} {
		require.Equal(t, want, store.MaskEmail(email), email)
	}
}

func TestAMaskNeverHoldsMoreThanFourDigitsAfterThePrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		phone := rapid.StringMatching(`\+?[0-9 /()-]{0,20}`).Draw(t, "phone")
		masked := store.MaskPhone(phone)
		digits := onlyDigits(phone)
		shown := len(onlyDigits(masked))
		require.LessOrEqual(t, shown, 7)
		if len(digits) >= 8 {
			require.GreaterOrEqual(t, len(digits)-shown, 1)
		}
		if len(digits) > 0 {
			require.Contains(t, masked, strings.TrimSpace("•••"))
		}
	})
}

// TestS32NoRowOfAListHoldsAWholePhoneOrAddress looks at what lists, search and near
// matches give to every role.
func TestS32NoRowOfAListHoldsAWholePhoneOrAddress(t *testing.T) {
	b, owner := newBook(t, newClock())
	g := must(anyway(customers(t, owner), giulia()))
	require.NotEmpty(t, g.Phone)
	for _, role := range store.Roles() {
		s := owner
		if role != store.Owner {
			s = addStaff(t, b, owner, role.String(), role)
		}
		if !s.Can(store.FindCustomers) {
			continue
		}
		cs := customers(t, s)
		found := must(cs.Find(g.Number, store.ByName, false))
		require.Equal(t, 1, found.Len(), role)
		rows := []store.CustomerRow{found.At(0)}
		if s.Can(store.CreateCustomers) || s.Can(store.EditCustomers) {
			near := must(cs.Near(store.Customer{Name: g.Name, Phone: g.Phone, Email: g.Email}))
			require.Len(t, near, 1, role)
			require.True(t, near[0].Like.Has(store.SamePhone|store.SameEmail), "what is the same is found behind the mask")
			rows = append(rows, near[0].Row)
		}
		for _, r := range rows {
			require.Equal(t, store.MaskPhone(g.Phone), r.Phone)
			require.Equal(t, store.MaskEmail(g.Email), r.Email)
			all := fmt.Sprintf("%+v", r)
			require.NotContains(t, all, g.Email)
			require.NotContains(t, onlyDigits(all), onlyDigits(g.Phone))
		}
	}
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
