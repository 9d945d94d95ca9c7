package words_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/words"
)

func TestASalvageSaysWhatIsLostBeforeWhatCameBack(t *testing.T) {
	w := words.For("en")
	require.Equal(t, []string{
		"Everything came back of: Customers, Unsaved work", "Staff: 2 profiles", "Activity: 1 entry came back", "Nothing is missing.",
	}, w.Salvaged(store.SalvageReport{Staff: 2, Entries: 1, Current: true, Whole: true, Desks: store.SalvagedArea{Back: 2},
		Areas: []store.SalvagedArea{{Name: "customers", Back: 21}, {Name: "notes"}, {Name: "staff", Back: 2}}}))
	require.Equal(t, []string{
		"Invoices: at most 2 are lost, the rest came back",
		"Items: some are lost; some that were deleted may be there again",
		"Drafts: what was found came back; others may be missing; some that were deleted may be there again",
		"Notes: everything came back; 3 that somebody had deleted were left out",
		"Shop's details: lost, fill them in again under Settings",
		"When staff were added: lost",
		"Everything came back of: Customers",
		"Staff: 1 profile",
		"Jonas, Lena cannot sign in any more: an owner gives a new passphrase under Staff",
		"Activity: who did what before today is lost; it begins anew",
		"The last changes before the damage may be missing. Compare the newest invoices with what was printed.",
	}, w.Salvaged(store.SalvageReport{Staff: 1, Lost: []store.ProfileInfo{{Nickname: "Jonas"}, {Nickname: "Lena"}},
		Areas: []store.SalvagedArea{{Name: "customers", Back: 21}, {Name: "invoices", Back: 90, Damaged: 2},
			{Name: "items", Back: 9, Damaged: 1, Doubt: true}, {Name: "drafts", Back: 3, Doubt: true}, {Name: "notes", Back: 5, Deleted: 3},
			{Name: "shop", Damaged: 1}, {Name: "staff", Damaged: 1}}}))
}
