package settings

// Bad and strange input: what is said, where, and that what was typed stays.

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/ui/uitest"
)

func TestWrongNumbersAreNamedAtTheirFieldsAndStayTyped(t *testing.T) {
	d, s := open(t)
	before := saved(t, d)
	for _, c := range []struct{ field, typed, want string }{
		{"IBAN", "AT61 1904 3002 3457 3202", "The IBAN has a typing mistake: its check digits do not match."},
		{"VAT number", "ATU12345676", "The VAT number has a typing mistake: its check digits do not match."},
		{"Rate 2", "1.234", "A rate is more than 0 and at most 100, with two decimals at most. For 0 choose another kind."},
		{"Name of the shop", strings.Repeat("ä", 10_000), "The name is too long; 60 characters fit."},
		{"Name of the shop", "Rossi\u202e", "The name holds a character that cannot be seen (U+202E), such as one that comes along when text is copied. Type it anew instead of pasting it; everything else is kept."},
	} {
		was := d.Value(c.field)
		uitest.Entry(d.Control(c.field)).SetText(c.typed)
		s.Save()
		require.True(t, d.HasText(c.want), "%s: %q", c.field, d.Texts())
		require.Equal(t, c.typed, d.Value(c.field))
		require.Equal(t, before, saved(t, d), "nothing is half-saved")
		d.Type(c.field, was)
	}
	s.Save()
	require.Empty(t, d.Failed)
}

func TestAShopIsCalledWhateverItIsCalled(t *testing.T) {
	for _, name := range []string{"Blumen 🌷 & Söhne", "ורד כהן", "Café 'X' <b>&amp;</b> {{.Shop}}"} {
		d, s := open(t)
		d.Type("Name of the shop", name)
		s.Save()
		require.Equal(t, name, saved(t, d).Name)
		require.Empty(t, d.Clipped())
	}
}
