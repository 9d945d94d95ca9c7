package settings

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestT41TheShopNamesWhoMendsRecords(t *testing.T) {
	d, s := open(t)
	who := d.Select("Who mends the records")
	require.Equal(t, "The owners", who.Selected())
	require.NotContains(t, who.Options, "Pia", "the workshop changes no customers")
	for i, name := range who.Options {
		if name == "Jonas" {
			who.Choose(i)
		}
	}
	require.True(t, s.dirty())
	s.Save()
	require.Equal(t, d.Book.Info().Profiles[1].ID, saved(t, d).DataOwner)
	require.False(t, d.Env.Session.MendsData())
	who.Choose(0)
	s.Save()
	require.True(t, d.Env.Session.MendsData())
}
