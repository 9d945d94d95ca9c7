package assets_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/image/font/sfnt"

	"counterbook/assets"
)

func TestFontsAreTheFacesTheyAreCalled(t *testing.T) {
	for want, face := range map[string]func() []byte{
		"Noto Sans": assets.NotoSansRegular, "Noto Sans Bold": assets.NotoSansBold,
		"Noto Sans Italic": assets.NotoSansItalic, "Noto Sans Bold Italic": assets.NotoSansBoldItalic,
	} {
		f, err := sfnt.Parse(face())
		require.NoError(t, err)
		name, err := f.Name(nil, sfnt.NameIDFull)
		require.NoError(t, err)
		require.Contains(t, []string{want, want + " Regular"}, name)
	}
}

func TestWritingToAFontChangesNoOther(t *testing.T) {
	mine := assets.NotoSansBold()
	clear(mine)
	require.NotEqual(t, mine, assets.NotoSansBold())
}
