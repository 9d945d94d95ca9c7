package invoices

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
)

// TestS32TheSearchForARecipientHoldsNoContactDetail: who is looked for is told by name,
// town and number; neither phone nor e-mail is anywhere in the window.
func TestS32TheSearchForARecipientHoldsNoContactDetail(t *testing.T) {
	for _, profile := range []int{owner, frontDesk, -1} {
		var d *screentest.Desk
		if profile < 0 {
			d = trainee(t)
		} else {
			d = screentest.New(t, profile)
		}
		openDraft(d, screen.Route{Place: screen.Draft})
		query := "giulia"
		if profile < 0 {
			query = "C-00002"
		}
		d.TypeOn(query)
		require.True(t, d.HasText("Giulia Conti"))
		held := strings.Join(d.Held(), "\n")
		require.NotContains(t, held, "giulia@")
		require.NotContains(t, held, "000 4471")
		require.NotContains(t, held, "4471")
		require.Equal(t, profile >= 0, d.Env.Can(store.BrowseCustomers))
	}
}
