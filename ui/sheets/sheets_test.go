package sheets

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice/paper"
	"counterbook/invoice/paper/picture"
	"counterbook/store"
	"counterbook/ui/words"
)

var made = time.Date(2026, 11, 22, 10, 42, 0, 0, time.UTC)

// texts returns what is written on a page, in order.
func texts(p paper.Page) []string {
	var out []string
	for _, o := range p.Ops {
		if o.Kind == paper.OpText {
			out = append(out, o.Text)
		}
	}
	return out
}

// draw writes a picture for looking at, where the test was asked to.
func draw(t *testing.T, p paper.Page, name string) {
	dir := os.Getenv("COUNTERBOOK_SHOTS")
	if dir == "" {
		return
	}
	img, err := picture.Draw(p, 96)
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(dir, 0o755))
	f, err := os.Create(filepath.Join(dir, name))
	require.NoError(t, err)
	defer f.Close()
	require.NoError(t, png.Encode(f, img))
}

// inside fails for a text that leaves the page's margins.
func inside(t *testing.T, p paper.Page) {
	t.Helper()
	for _, o := range p.Ops {
		if o.Kind == paper.OpText {
			require.LessOrEqual(t, o.X.MM()+paper.Width(o.Text, o.Points(), o.Style), right+0.5, o.Text)
			require.GreaterOrEqual(t, o.X.MM(), left-0.1, o.Text)
			require.Less(t, o.Y.MM(), paper.A4Height-12, o.Text)
		}
	}
}

func TestRecoverySheetShowsEveryCharacterOfTheKitInItsOrder(t *testing.T) {
	k := store.NewKit()
	pages, err := Kit("Atelier Rossi", k.Groups(), made, words.For("en"))
	require.NoError(t, err)
	require.Len(t, pages, 1)
	draw(t, pages[0], "kit.png")
	inside(t, pages[0])
	var typed strings.Builder
	for _, o := range pages[0].Ops {
		if o.Kind == paper.OpText && len(o.Text) == 1 && o.Points() == 20 {
			typed.WriteString(o.Text)
		}
	}
	require.Equal(t, strings.Join(k.Groups(), ""), typed.String())
	all := strings.Join(texts(pages[0]), " ")
	require.Contains(t, all, "Atelier Rossi")
	require.Contains(t, all, "22 Nov 2026")
	require.Contains(t, all, "There is no other way in.")
	for _, o := range pages[0].Ops {
		require.NotEqual(t, paper.OpQR, o.Kind, "the kit is not for cameras")
	}
}

func TestRecoverySheetOfALongNameStaysOnOnePage(t *testing.T) {
	pages, err := Kit(strings.Repeat("Grüne Buchhandlung ", 3), store.NewKit().Groups(), made, words.For("en"))
	require.NoError(t, err)
	require.Len(t, pages, 1)
	draw(t, pages[0], "kit-long.png")
	inside(t, pages[0])
}

func TestSlipSaysWhoItIsForAndKeepsWordsWhole(t *testing.T) {
	pass := "gravel tulip harbour monday"
	pages, err := Slip("Atelier Rossi", "Jonas", pass, "Front desk", words.For("en"))
	require.NoError(t, err)
	require.Len(t, pages, 1)
	draw(t, pages[0], "slip.png")
	inside(t, pages[0])
	all := strings.Join(texts(pages[0]), " ")
	require.Contains(t, all, pass)
	require.Contains(t, all, "For Jonas")
	require.Contains(t, all, "Front desk")

	long := strings.TrimSpace(strings.Repeat("antidisestablishmentarianism ", 5))
	pages, err = Slip("Atelier Rossi", "Jonas", long, "Front desk", words.For("en"))
	require.NoError(t, err)
	draw(t, pages[0], "slip-long.png")
	inside(t, pages[0])
	require.Contains(t, strings.Join(texts(pages[0]), " "), long)
}

func TestNameThatCannotBePrintedIsRefusedByItsCharacter(t *testing.T) {
	_, err := Kit("Rossi 😀", store.NewKit().Groups(), made, words.For("en"))
	var glyph *paper.GlyphError
	require.ErrorAs(t, err, &glyph)
	require.Equal(t, '😀', glyph.Rune)
}
