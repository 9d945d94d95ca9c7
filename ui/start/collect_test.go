package start

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
)

func TestS11ANewShopSaysOfWhatKindItIsAndCollectsWhatThatNeeds(t *testing.T) {
	d := newDesk(t)
	s := d.setUp()
	s.shop.kind.Choose(2) // salon
	d.looks("setup-kind")
	d.fillShop()
	d.fillMoney()
	secret := d.fillOwner(s)
	d.Tap("Next")
	d.fillCheck(s)
	d.Press(fyne.KeyReturn)
	require.Len(t, d.made, 1)
	b := d.made[0]
	session, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(secret))
	require.NoError(t, err)
	defer session.Close()
	shop, err := session.Shop()
	require.NoError(t, err)
	f, err := shop.Fields()
	require.NoError(t, err)
	require.Equal(t, "salon", f.Kind)
	require.False(t, f.Shown("Address"))
	require.Equal(t, store.Required, f.Rule("Phone").Use)
	require.Equal(t, "To move an appointment", f.Rule("Phone").Purpose)
}
