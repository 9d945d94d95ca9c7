package picture_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	stddraw "image/draw"
	"image/png"
	"math"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/require"

	"counterbook/invoice/paper"
	"counterbook/invoice/paper/internal/fixture"
	"counterbook/invoice/paper/picture"
	"counterbook/invoice/payment"
)

// BenchmarkALogo draws a page with a logo as a preview does, again and again.
func BenchmarkALogo(b *testing.B) {
	img := image.NewRGBA(image.Rect(0, 0, 900, 300))
	for i := range img.Pix {
		img.Pix[i] = uint8(i / 9000)
	}
	var file bytes.Buffer
	require.NoError(b, png.Encode(&file, img))
	logo, err := paper.Logo(file.Bytes())
	require.NoError(b, err)
	pages, err := paper.Layout(fixture.Invoice(), fixture.German(), paper.Style{Logo: logo, LogoWidth: 90})
	require.NoError(b, err)
	for b.Loop() {
		_, err := picture.Draw(pages[0], 96)
		require.NoError(b, err)
	}
}

func first(t testing.TB) paper.Page {
	p, err := paper.Layout(fixture.Invoice(), fixture.German(), paper.Style{})
	require.NoError(t, err)
	return p[0]
}

// draw draws one page with so many pixels a millimetre.
func draw(t *testing.T, scale float64, set func(s *paper.Sheet)) *image.RGBA {
	s := paper.NewSheet()
	s.Ink(0)
	set(s)
	page, err := s.Page()
	require.NoError(t, err)
	img, err := picture.Draw(page, 25.4*scale)
	require.NoError(t, err)
	return img
}

// inked returns the bounds of what is clearly not white.
func inked(img *image.RGBA) image.Rectangle {
	var out image.Rectangle
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if img.RGBAAt(x, y).R < 128 {
				out = out.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return out
}

func TestAPageHasTheSizeOfItsPaper(t *testing.T) {
	img, err := picture.Draw(first(t), 96)
	require.NoError(t, err)
	require.Equal(t, image.Rect(0, 0, 794, 1123), img.Bounds())
}

func TestShapesStandWhereThePageSays(t *testing.T) {
	rect := draw(t, 4, func(s *paper.Sheet) { s.Rect(20, 30, 10, 5) })
	require.Equal(t, image.Rect(80, 120, 120, 140), inked(rect))
	line := draw(t, 4, func(s *paper.Sheet) { s.Line(20, 30, 40, 30, 1) })
	require.Equal(t, image.Rect(78, 118, 162, 122), inked(line), "square ends stand out by half the width")
}

func TestTextStandsOnItsBaselineAndIsAsWideAsMeasured(t *testing.T) {
	const scale, size = 10, 20.0
	for style := paper.Regular; style <= paper.BoldItalic; style++ {
		box := func(text string) image.Rectangle {
			return inked(draw(t, scale, func(s *paper.Sheet) { s.Text(20, 50, size, style, paper.Left, text) }))
		}
		long, short := box("HHHHHHHHHH"), box("HHHH")
		require.InDelta(t, 50*scale, long.Max.Y, 1, "baseline")
		require.InDelta(t, paper.Width("HHHHHH", size, style)*scale, long.Dx()-short.Dx(), 1)
	}
}

func TestThePaymentCodeIsReadBackFromThePage(t *testing.T) {
	want, ok := payment.EPC(fixture.Invoice())
	require.True(t, ok)
	for _, dpi := range []float64{96, 150, 300} {
		img, err := picture.Draw(first(t), dpi)
		require.NoError(t, err)
		bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
		require.NoError(t, err)
		got, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{
			gozxing.DecodeHintType_TRY_HARDER: true, gozxing.DecodeHintType_CHARACTER_SET: "UTF-8",
		})
		require.NoError(t, err, "at %v dpi", dpi)
		require.Equal(t, want, got.GetText())
	}
}

func TestSizesWithoutSenseAreRefused(t *testing.T) {
	for _, dpi := range []float64{0, -96, 1e6, math.NaN(), math.Inf(1)} {
		_, err := picture.Draw(first(t), dpi)
		require.ErrorIs(t, err, picture.ErrSize)
	}
	_, err := picture.Draw(paper.Page{}, 96)
	require.ErrorIs(t, err, picture.ErrSize)
}

func TestWhatLiesOutsideThePageIsLeftOut(t *testing.T) {
	img := draw(t, 2, func(s *paper.Sheet) {
		s.Text(-50, -50, 9, paper.Regular, paper.Left, "out")
		s.Text(205, 100, 40, paper.Bold, paper.Left, "half")
		s.Rect(-5, -5, 10, 10)
	})
	require.Less(t, img.RGBAAt(0, 0).R, uint8(10))
}

func TestWhatCannotBeDrawnIsAnError(t *testing.T) {
	for _, op := range []paper.Op{
		{Kind: paper.OpImage, W: 100, H: 100, Data: []byte("no")}, {Kind: paper.OpText, Text: "a", Size: 90, Style: 9}, {Kind: 99},
	} {
		_, err := picture.Draw(paper.Page{Width: 210, Height: 297, Ops: []paper.Op{op}}, 96)
		require.Error(t, err)
	}
}

func BenchmarkDraw(b *testing.B) {
	p := first(b)
	for _, dpi := range []float64{96, 150} {
		b.Run(fmt.Sprintf("%v dpi", dpi), func(b *testing.B) {
			for b.Loop() {
				if _, err := picture.Draw(p, dpi); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestALogoIsDrawnInEverySizeAndNeverAnothersInItsPlace(t *testing.T) {
	page := func(c color.Color) paper.Page {
		img := image.NewRGBA(image.Rect(0, 0, 90, 30))
		stddraw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, stddraw.Src)
		var file bytes.Buffer
		require.NoError(t, png.Encode(&file, img))
		logo, err := paper.Logo(file.Bytes())
		require.NoError(t, err)
		pages, err := paper.Layout(fixture.Invoice(), fixture.German(), paper.Style{Logo: logo, LogoWidth: 60})
		require.NoError(t, err)
		return pages[0]
	}
	red, blue := color.RGBA{0xC0, 0, 0, 0xFF}, color.RGBA{0, 0, 0xC0, 0xFF}
	for _, dpi := range []float64{96, 40, 96} {
		for _, c := range []color.RGBA{red, blue, red, red} {
			img, err := picture.Draw(page(c), dpi)
			require.NoError(t, err)
			at := func(x, y float64) color.RGBA { return img.RGBAAt(int(x*dpi/25.4), int(y*dpi/25.4)) }
			require.Equal(t, c, at(55, 26))
			require.Equal(t, c, at(26.5, 17.5))
			require.Equal(t, c, at(83.5, 34.5))
			require.Equal(t, color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}, at(87, 26))
		}
	}
}
