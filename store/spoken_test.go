package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

func TestS62APhoneIsSaidInGroups(t *testing.T) {
	for phone, want := range map[string]string{"+43 660 1234471": "+43  660  123  44  71", "0660 123 4471": "066  012  344  71", "12345": "123  45", "+44 20 7946": "+44  207  946", "1234": "12  34", "": ""} {
		require.Equal(t, want, store.SpokenPhone(phone), phone)
	}
}

func TestS41APhoneThatIsAskedForShowsItsCountryAlone(t *testing.T) {
	for phone, want := range map[string]string{"+43 660 1234471": "+43 ••• •••", "0660 123 4471": "••• •••", "": ""} {
		require.Equal(t, want, store.HidePhone(phone), phone)
	}
}
