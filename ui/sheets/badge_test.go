package sheets

import (
	"image"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/stretchr/testify/require"

	"counterbook/invoice/paper"
	"counterbook/invoice/paper/picture"
	"counterbook/ui/words"
)

const badgeCode = "CB3H4XK0ZQ9V7TBM2N8WJ5RDEAYF6P"

func TestABadgeIsReadByAScannerFromThePrintedPage(t *testing.T) {
	for name, who := range map[string]string{"short": "Jonas", "long": "Maria Magdalena Wagner-Oberhuber vom Empfang"} {
		pages, err := Badge("Atelier Rossi", who, "Front desk", badgeCode, words.For("en"))
		require.NoError(t, err)
		require.Len(t, pages, 1)
		inside(t, pages[0])
		draw(t, pages[0], "badge-"+name+".png")
		img, err := picture.Draw(pages[0], 300) // as an office printer does
		require.NoError(t, err)
		bits, err := gozxing.NewBinaryBitmapFromImage(img)
		require.NoError(t, err)
		read, err := oned.NewCode128Reader().Decode(bits, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
		require.NoError(t, err)
		require.Equal(t, badgeCode, read.GetText())
		all := strings.Join(texts(pages[0]), "\n")
		require.Contains(t, all, "CB3H 4XK0 ZQ9V 7TBM 2N8W J5RD EAYF 6P")
		require.NotContains(t, all, "�")
		require.Contains(t, all, "Found? Please give it back to Atelier Rossi.")
	}
}

func TestTheBadgeIsOnTheCardWithItsQuietZone(t *testing.T) {
	pages, err := Badge("Atelier Rossi", "Jonas", "Front desk", badgeCode, words.For("en"))
	require.NoError(t, err)
	x := (paper.A4Width - cardWidth) / 2
	var bars image.Rectangle
	for _, o := range pages[0].Ops {
		if o.Kind == paper.OpRect && o.Color == 0 {
			bars = bars.Union(image.Rect(int(o.X), int(o.Y), int(o.X+o.W), int(o.Y+o.H)))
		}
	}
	quiet := int(10 * barModule * 100)
	require.GreaterOrEqual(t, bars.Min.X-int(x*100), quiet)
	require.GreaterOrEqual(t, int((x+cardWidth)*100)-bars.Max.X, quiet)
}

// onTheCard are the texts that are cut out.
func onTheCard(p paper.Page) []string {
	var out []string
	var top paper.Length
	for _, o := range p.Ops {
		if o.Kind == paper.OpRect && o.W == paper.MM(cardWidth) {
			top = o.Y
		}
		if o.Kind == paper.OpText && top > 0 && o.Y > top && o.Y < top+paper.MM(cardHeight) {
			out = append(out, o.Text)
		}
	}
	return out
}

func TestTheCardSaysWhoseItIsAndWhereItBelongsAndNotWhatItOpens(t *testing.T) {
	pages, err := Badge("Atelier Rossi", "Jonas", "Front desk", badgeCode, words.For("en"))
	require.NoError(t, err)
	require.Equal(t, []string{"Jonas", "Atelier Rossi", "CB3H 4XK0 ZQ9V 7TBM 2N8W J5RD EAYF 6P", "Found? Please give it back to Atelier Rossi."}, onTheCard(pages[0]))
}
