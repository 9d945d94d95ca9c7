package paper_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/invoice/paper/internal/fixture"
	"counterbook/invoice/paper/pdf"
)

var brand = color.RGBA{0x1F, 0x7A, 0x5A, 0xFF}

// sign is a white picture with a block at its left third, in its upper half.
func sign(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 0xFF
	}
	for y := h / 8; y < h/2; y++ {
		for x := w / 6; x < w/3; x++ {
			img.SetRGBA(x, y, brand)
		}
	}
	return img
}

func encoded(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	return b.Bytes()
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}))
	return b.Bytes()
}

func shared(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "pictures", name))
	require.NoError(t, err)
	return data
}

// turned says in a JPEG how it has to be turned.
func turned(jpeg []byte, orientation uint16) []byte {
	tiff := []byte("Exif\x00\x00MM\x00\x2A\x00\x00\x00\x08\x00\x02" + // two entries; the first is none of ours
		"\x01\x0F\x00\x02\x00\x00\x00\x02A\x00\x00\x00" + "\x01\x12\x00\x03\x00\x00\x00\x01")
	tiff = binary.BigEndian.AppendUint16(tiff, orientation)
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	out := append([]byte{}, jpeg[:2]...)
	out = append(out, 0xFF, 0xE1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(tiff)+2))
	return append(append(out, tiff...), jpeg[2:]...)
}

// green reports whether a point of a picture, in parts of its sides, is.
func green(img *image.RGBA, x, y float64) bool {
	c := img.RGBAAt(int(x*float64(img.Rect.Dx())), int(y*float64(img.Rect.Dy())))
	return c.R < 0x60 && c.G > 0x50 && c.G < 0xA0
}

func TestPicturesOfEveryKindAreRead(t *testing.T) {
	deep := image.NewNRGBA64(image.Rect(0, 0, 480, 160))
	clear := image.NewNRGBA(deep.Rect)
	for y := 20; y < 80; y++ {
		for x := 80; x < 160; x++ {
			deep.Set(x, y, brand)
			clear.Set(x, y, brand)
		}
	}
	var moving bytes.Buffer
	frame := image.NewPaletted(image.Rect(0, 0, 480, 160), color.Palette{color.White, brand})
	for y := 20; y < 80; y++ {
		for x := 80; x < 160; x++ {
			frame.SetColorIndex(x, y, 1)
		}
	}
	blank := image.NewPaletted(frame.Rect, frame.Palette)
	require.NoError(t, gif.EncodeAll(&moving, &gif.GIF{Image: []*image.Paletted{frame, blank}, Delay: []int{10, 10}}))
	for name, data := range map[string][]byte{
		"PNG":            encoded(t, sign(480, 160)),
		"JPEG":           jpegOf(t, sign(480, 160)),
		"moving GIF":     moving.Bytes(),
		"16 bits":        encoded(t, deep),
		"transparent":    encoded(t, clear),
		"interlaced PNG": shared(t, "interlaced.png"),
		"CMYK JPEG":      shared(t, "cmyk.jpg"),
	} {
		img, err := paper.ReadPicture(data)
		require.NoError(t, err, name)
		require.Equal(t, 3, img.Rect.Dx()/img.Rect.Dy(), name)
		require.True(t, green(img, 0.25, 0.35), name)
		require.True(t, img.Opaque(), name)
		require.Greater(t, img.RGBAAt(img.Rect.Dx()-2, img.Rect.Dy()-2).R, uint8(0xF8), "%s is on white", name)
		logo, err := paper.Logo(data)
		require.NoError(t, err, name)
		require.NoError(t, paper.CheckLogo(logo), name)
		require.NotEmpty(t, file(t, paper.Style{Logo: logo}), name)
	}
}

func TestAPhonesPictureIsTurnedUpright(t *testing.T) {
	// For each orientation, where the block of the picture as it was stored
	// (left third, upper half) belongs.
	for orientation, at := range map[uint16][2]float64{
		1: {0.25, 0.35}, 2: {0.75, 0.35}, 3: {0.75, 0.65}, 4: {0.25, 0.65},
		5: {0.35, 0.25}, 6: {0.65, 0.25}, 7: {0.65, 0.75}, 8: {0.35, 0.75},
	} {
		img, err := paper.ReadPicture(turned(jpegOf(t, sign(480, 160)), orientation))
		require.NoError(t, err)
		require.True(t, green(img, at[0], at[1]), orientation)
		require.False(t, green(img, 1-at[0], 1-at[1]), orientation)
		require.Equal(t, orientation >= 5, img.Rect.Dx() < img.Rect.Dy(), orientation)
	}
	img, err := paper.ReadPicture(turned(jpegOf(t, sign(480, 160)), 9))
	require.NoError(t, err)
	require.True(t, green(img, 0.25, 0.35), "an orientation that is none is none")
}

func TestAFileThatIsNoPictureSaysWhy(t *testing.T) {
	whole := encoded(t, sign(480, 160))
	huge := bytes.Clone(whole)
	binary.BigEndian.PutUint32(huge[16:], 20_000) // the width in the header
	binary.BigEndian.PutUint32(huge[20:], 20_000)
	crc(huge)
	for name, c := range map[string]struct {
		data []byte
		why  paper.PictureWhy
	}{
		"nothing":           {nil, paper.PictureEmpty},
		"a letter":          {[]byte("Dear customer,"), paper.PictureNone},
		"a PDF":             {[]byte("%PDF-1.7\n"), paper.PictureNone},
		"half a PNG":        {whole[:len(whole)/2], paper.PictureBroken},
		"the head of a PNG": {whole[:20], paper.PictureBroken},
		"half a JPEG":       {jpegOf(t, sign(480, 160))[:1200], paper.PictureBroken},
		"a huge one":        {huge, paper.PictureHuge},
		"a huge file":       {make([]byte, paper.MaxPictureBytes+1), paper.PictureHuge},
	} {
		_, err := paper.ReadPicture(c.data)
		var wrong *paper.PictureError
		require.ErrorAs(t, err, &wrong, name)
		require.Equal(t, c.why, wrong.Why, name)
		if name == "a huge one" {
			require.Equal(t, 20_000, wrong.Width)
		}
		_, err = paper.Logo(c.data)
		require.ErrorAs(t, err, &wrong, name)
	}
}

// crc mends the checksum of a PNG's header.
func crc(data []byte) {
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
}

func TestALogoStaysSmallWhateverItWas(t *testing.T) {
	noise := image.NewRGBA(image.Rect(0, 0, 1800, 600))
	r := rand.New(rand.NewSource(1))
	for i := range noise.Pix {
		noise.Pix[i] = uint8(r.Intn(256)) | uint8(i%4/3*255)
	}
	large := sign(8000, 2000)
	for name, img := range map[string]*image.RGBA{"noise": noise, "8,000 wide": large, "tiny": sign(7, 5),
		"a stroke": sign(1, 2000), "a line": sign(3000, 1)} {
		data := encoded(t, img)
		logo, err := paper.Logo(data)
		require.NoError(t, err, name)
		require.LessOrEqual(t, len(logo), paper.MaxLogoBytes, name)
		require.NoError(t, paper.CheckLogo(logo), name)
		w, h, err := paper.LogoPixels(logo)
		require.NoError(t, err)
		require.LessOrEqual(t, w, 900, name)
		require.LessOrEqual(t, h, 300, name)
		again, err := paper.Logo(data)
		require.NoError(t, err)
		require.Equal(t, logo, again, "the same part gives the same bytes")
		require.NotEmpty(t, file(t, paper.Style{Logo: logo}), name)
		t.Logf("%s: %d x %d, %d bytes", name, w, h, len(logo))
	}
}

func TestALogoIsCutAndItsEmptyBorderTrimmed(t *testing.T) {
	img := sign(600, 240)
	content := paper.Content(img)
	require.Equal(t, image.Rect(100, 30, 200, 120), content)
	logo, err := paper.EncodeLogo(img, content)
	require.NoError(t, err)
	w, h, err := paper.LogoPixels(logo)
	require.NoError(t, err)
	require.Equal(t, []int{100, 90}, []int{w, h})
	part, err := paper.ReadPicture(logo)
	require.NoError(t, err)
	require.Equal(t, brand, part.RGBAAt(0, 0))
	require.Equal(t, brand, part.RGBAAt(99, 89))

	blurred, err := paper.ReadPicture(jpegOf(t, img))
	require.NoError(t, err)
	require.InDelta(t, 100, paper.Content(blurred).Min.X, 8)
	empty := image.NewRGBA(image.Rect(0, 0, 20, 10))
	require.Equal(t, empty.Rect, paper.Content(empty))
	_, err = paper.EncodeLogo(img, image.Rect(700, 0, 800, 10))
	require.ErrorIs(t, err, paper.ErrPicture)
}

func TestALogoKeepsToItsRoom(t *testing.T) {
	for _, c := range []struct{ w, h, least, most, usual int }{
		{900, 300, 10, 90, 60}, {300, 300, 10, 30, 20}, {900, 90, 10, 95, 60}, {30, 300, 3, 3, 2},
	} {
		logo, err := paper.Logo(encoded(t, sign(c.w, c.h)))
		require.NoError(t, err)
		least, most, usual := paper.LogoWidths(logo)
		require.Equal(t, []int{c.least, c.most, c.usual}, []int{least, most, usual})
		for chosen, want := range map[int]int{0: usual, 1: least, 500: most, most: most} {
			pages, err := paper.Layout(fixture.Invoice(), fixture.German(), paper.Style{Logo: logo, LogoWidth: chosen})
			require.NoError(t, err)
			op := image1(t, pages[0])
			if c.w > 30 {
				require.InDelta(t, want, op.W.MM(), 0.01)
			}
			require.InDelta(t, op.W.MM()*float64(c.h)/float64(c.w), op.H.MM(), 0.1)
			require.LessOrEqual(t, op.Y.MM()+op.H.MM(), 46.01, "above the window of the envelope")
			require.LessOrEqual(t, op.X.MM()+op.W.MM(), 120.0, "left of the shop's address")
		}
	}
}

func TestOnlyAPreparedLogoIsDrawn(t *testing.T) {
	for name, data := range map[string][]byte{
		"16 bits": encoded(t, image.NewNRGBA64(image.Rect(0, 0, 30, 10))),
		"CMYK":    shared(t, "cmyk.jpg"),
		"text":    []byte("not a picture"),
	} {
		require.ErrorIs(t, paper.CheckLogo(data), paper.ErrPicture, name)
		_, err := paper.Layout(fixture.Invoice(), fixture.German(), paper.Style{Logo: data})
		require.ErrorIs(t, err, paper.ErrPicture, name)
	}
	whole := encoded(t, sign(300, 100))
	require.NoError(t, paper.CheckLogo(whole))
	require.ErrorIs(t, paper.CheckLogo(whole[:len(whole)-30]), paper.ErrPicture)
	require.ErrorIs(t, paper.CheckLogo(encoded(t, sign(2000, 100))), paper.ErrPicture)
}

func TestTheShopsTextsStandOnInvoicesAlone(t *testing.T) {
	style := paper.Style{Intro: "Thank you for your order.", Closing: "See you soon."}
	d := fixture.Invoice()
	pages, err := paper.Layout(d, fixture.German(), style)
	require.NoError(t, err)
	intro, closing := line(pages[0], style.Intro), line(pages[0], style.Closing)
	head := line(pages[0], fixture.German().Item)
	require.NotNil(t, intro)
	require.NotNil(t, closing)
	require.Less(t, intro.Y, head.Y-paper.MM(4))
	require.Greater(t, closing.Y, head.Y)

	plain, err := paper.Layout(d, fixture.German(), paper.Style{})
	require.NoError(t, err)
	require.Greater(t, head.Y, line(plain[0], fixture.German().Item).Y, "the table makes room")
	require.Nil(t, line(plain[0], style.Intro))

	d.Kind = "381"
	pages, err = paper.Layout(d, fixture.German(), style)
	require.NoError(t, err)
	require.Nil(t, line(pages[0], style.Intro))
	require.Nil(t, line(pages[0], style.Closing))
}

func TestTheDayToPayIsSaidInTheDocumentsLanguage(t *testing.T) {
	said := func(change func(*invoice.Document)) string {
		d := fixture.Invoice()
		change(&d)
		pages, err := paper.Layout(fixture.Compute(d), fixture.German(), paper.Style{})
		require.NoError(t, err)
		for _, o := range pages[0].Ops {
			if strings.HasPrefix(o.Text, "Bitte ") {
				return o.Text
			}
		}
		return ""
	}
	require.Equal(t, "Bitte überweisen Sie € 301,51 bis 06.12.2026.", said(func(*invoice.Document) {}))
	require.Equal(t, "Bitte zahlen Sie € 301,51 sofort.", said(func(d *invoice.Document) { d.Due = d.Date }))
	require.Equal(t, "Bitte überweisen Sie € 301,51.", said(func(d *invoice.Document) { d.Due = invoice.Date{} }))
	noAccount := func(d *invoice.Document) { d.Bank, d.Terms = invoice.Bank{}, "" }
	require.Equal(t, "Bitte überweisen Sie € 301,51 bis 06.12.2026.", said(noAccount), "also where there is no account")
	require.Empty(t, said(func(d *invoice.Document) { noAccount(d); d.Terms = "Zahlbar bei Abholung." }), "own terms take its place")
}

func line(p paper.Page, text string) *paper.Op {
	for i, o := range p.Ops {
		if o.Kind == paper.OpText && o.Text == text {
			return &p.Ops[i]
		}
	}
	return nil
}

func image1(t testing.TB, p paper.Page) paper.Op {
	t.Helper()
	for _, o := range p.Ops {
		if o.Kind == paper.OpImage {
			return o
		}
	}
	t.Fatal("no picture on the page")
	return paper.Op{}
}

// file writes an invoice with a style as a PDF, which must be the same twice.
func file(t testing.TB, s paper.Style) []byte {
	t.Helper()
	pages, err := paper.Layout(fixture.Invoice(), fixture.German(), s)
	require.NoError(t, err)
	var a, b bytes.Buffer
	require.NoError(t, pdf.Write(&a, pages, pdf.Meta{Title: "x"}))
	require.NoError(t, pdf.Write(&b, pages, pdf.Meta{Title: "x"}))
	require.Equal(t, a.Bytes(), b.Bytes())
	if dir := os.Getenv("SHOTS"); dir != "" {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "logo-"+filepath.Base(t.Name())+".pdf"), a.Bytes(), 0o600))
	}
	return a.Bytes()
}
