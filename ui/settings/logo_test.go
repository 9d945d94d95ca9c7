package settings

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/widgets"
)

var brand = color.NRGBA{0x9B, 0x2F, 0x3F, 0xFF}

// sign is a block on nothing, in the middle of a picture.
func sign(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := h / 4; y < h*3/4; y++ {
		for x := w / 4; x < w*3/4; x++ {
			img.SetNRGBA(x, y, brand)
		}
	}
	return img
}

// put writes a file to choose.
func put(t *testing.T, d *screentest.Desk, name string, data []byte) {
	t.Helper()
	d.Path = filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(d.Path, data, 0o600))
}

func pngOf(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	return b.Bytes()
}

// size is how many pixels a logo has.
func size(t *testing.T, logo []byte) image.Point {
	t.Helper()
	w, h, err := paper.LogoPixels(logo)
	require.NoError(t, err)
	return image.Pt(w, h)
}

func TestALogoIsChosenCutAndSizedWithTheKeyboardAlone(t *testing.T) {
	d, s := open(t)
	put(t, d, "logo.png", pngOf(t, sign(800, 400)))
	before := s.preview.Page()
	d.Focus("Choose a picture…")
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Part of the picture", d.Focused())
	d.CheckLooks()
	crop := d.Control("Part of the picture").(*widgets.Crop)
	d.Press(fyne.KeyTab, fyne.KeyReturn) // "Trim the empty border"
	require.Equal(t, image.Rect(200, 100, 600, 300), crop.Part())
	d.Press(fyne.KeyTab, fyne.KeyReturn) // "The whole picture"
	require.Equal(t, image.Rect(0, 0, 800, 400), crop.Part())
	d.Focus("Part of the picture")
	crop.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftRight})
	for range 50 {
		d.Press(fyne.KeyLeft)
	}
	crop.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftRight})
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Choose another…", d.Focused())
	require.Equal(t, image.Pt(300, 300), size(t, s.logo.Data()), "the left half, as fine as is kept")
	require.True(t, s.dirty())
	require.Equal(t, "20", d.Value("Width on the page, in mm"))
	require.True(t, d.HasText("From 10 to 30 mm."))
	require.NotEqual(t, before, s.preview.Page())
	d.CheckLooks()

	d.Type("Width on the page, in mm", "31")
	s.Save()
	require.Contains(t, s.field("LogoWidth").Problem(), "between 10 and 30")
	require.Empty(t, saved(t, d).Logo)
	d.Type("Width on the page, in mm", "25")
	s.Save()
	require.Equal(t, s.logo.Data(), saved(t, d).Logo)
	require.Equal(t, 25, saved(t, d).LogoWidth)
	require.False(t, s.dirty())

	d.Tap("Cut…")
	d.Tap("Trim the empty border")
	d.Tap("Use this part")
	require.Less(t, size(t, s.logo.Data()).X, 300)
	s.Save()
	d.Tap("Remove")
	require.Equal(t, "Choose a picture…", d.Focused())
	require.False(t, d.Has("Width on the page, in mm"))
	s.Save()
	require.Empty(t, saved(t, d).Logo)
	require.Zero(t, saved(t, d).LogoWidth)
	require.Empty(t, d.Failed)
}

// TestAnInvoiceShowsTheLogoItWasIssuedWith goes the whole way: chosen here,
// printed on an invoice, and still on it when the shop has another.
func TestAnInvoiceShowsTheLogoItWasIssuedWith(t *testing.T) {
	d, s := open(t)
	put(t, d, "logo.png", pngOf(t, sign(800, 400)))
	d.Tap("Choose a picture…")
	d.Tap("Trim the empty border")
	d.Tap("Use this part")
	d.Type("Before the table", "Thank you for your order.")
	d.Type("At the end", "See you soon.")
	s.Save()
	logo := s.logo.Data()

	doc, err := s.preview.Document(saved(t, d))
	require.NoError(t, err)
	drafts, err := d.Env.Session.Drafts()
	require.NoError(t, err)
	draft, err := drafts.Save(store.Draft{Doc: invoice.Document{
		Buyer: invoice.Party{Name: "Giulia Conti", Address: invoice.Address{Street: "Neubaugasse 12", Postcode: "1070", City: "Wien", Country: "AT"}},
		Lines: doc.Lines,
	}})
	require.NoError(t, err)
	issued, err := d.Env.Session.Invoices()
	require.NoError(t, err)
	_, err = issued.Issue(context.Background(), draft.ID)
	require.NoError(t, err)
	before, err := issued.PDF(draft.ID)
	require.NoError(t, err)
	d.Tap("Remove")
	s.Save()
	require.Empty(t, saved(t, d).Logo)
	after, err := issued.PDF(draft.ID)
	require.NoError(t, err)
	require.True(t, bytes.Equal(before, after))
	pages, err := issued.Pages(draft.ID)
	require.NoError(t, err)
	found := false
	for _, o := range pages[0].Ops {
		found = found || o.Kind == paper.OpImage && bytes.Equal(o.Data, logo)
	}
	require.True(t, found)
	if dir := os.Getenv("SHOTS"); dir != "" {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "invoice.pdf"), after, 0o600))
	}
}

func TestCallingOffTheCutChangesNothing(t *testing.T) {
	d, s := open(t)
	put(t, d, "logo.png", pngOf(t, sign(800, 400)))
	d.Tap("Choose a picture…")
	d.Press(fyne.KeyEscape)
	require.False(t, s.dirty())
	require.Equal(t, "Choose a picture…", d.Focused())
}

// TestWhatCannotBeALogoSaysWhyAndLosesNothing chooses a bad file over a good
// logo: why is said under the buttons, the logo and what was typed stay.
func TestWhatCannotBeALogoSaysWhyAndLosesNothing(t *testing.T) {
	whole := pngOf(t, sign(800, 400))
	huge := bytes.Clone(whole)
	binary.BigEndian.PutUint32(huge[16:], 30_000)
	binary.BigEndian.PutUint32(huge[20:], 30_000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	cut := jpegOf(t, sign(800, 400))
	for name, c := range map[string]struct {
		file string
		data []byte
		says string
	}{
		"no picture":    {"letter.png", []byte("Dear Ms Conti,"), "This file is no picture the program reads. A logo is a PNG, JPEG or GIF file"},
		"a PDF":         {"logo.jpg", []byte("%PDF-1.7\n%"), "This file is no picture the program reads."},
		"nothing":       {"logo.png", nil, "This file is empty."},
		"half a PNG":    {"logo.png", whole[:len(whole)/2], "damaged, or only a part of it is there"},
		"half a JPEG":   {"logo.jpg", cut[:len(cut)/3], "damaged, or only a part of it is there"},
		"30,000 pixels": {"logo.png", huge, "30,000 by 30,000 pixels; 50 million in all is what the program reads"},
	} {
		d, s := open(t)
		put(t, d, "good.png", whole)
		d.Tap("Choose a picture…")
		d.Tap("Use this part")
		good := s.logo.Data()
		d.Type("Footer", "Open on Saturdays.")
		page := s.preview.Page()
		put(t, d, c.file, c.data)
		d.Tap("Choose another…")
		require.Contains(t, s.logo.Field.Problem(), c.says, name)
		require.Contains(t, s.logo.Field.Problem(), "The logo stays as it was.", name)
		require.Equal(t, good, s.logo.Data(), name)
		require.Equal(t, page, s.preview.Page(), name)
		require.Equal(t, "Open on Saturdays.", d.Value("Footer"), name)
		require.Equal(t, "Choose another…", d.Focused(), name)
		require.Empty(t, d.Failed, name)
		d.CheckLooks()
		put(t, d, "good.png", pngOf(t, sign(300, 300)))
		d.Tap("Choose another…")
		require.Empty(t, s.logo.Field.Problem(), "a good one takes what was said away")
	}
}

func jpegOf(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, img, nil))
	return b.Bytes()
}

func TestAFileThatCannotBeReadIsNoLogo(t *testing.T) {
	d, s := open(t)
	refused := func(says string) {
		t.Helper()
		d.Tap("Choose a picture…")
		require.Contains(t, s.logo.Field.Problem(), says)
		require.Contains(t, s.logo.Field.Problem(), "Nothing was changed.")
		require.False(t, s.dirty())
		d.CheckLooks()
	}
	d.Path = filepath.Join(t.TempDir(), "gone.png")
	refused("not there any more")
	d.Path = t.TempDir()
	refused("no picture")
	put(t, d, "large.png", nil)
	require.NoError(t, os.Truncate(d.Path, paper.MaxPictureBytes+1))
	refused("more than 64 MB")
	put(t, d, "mine.png", pngOf(t, sign(30, 30)))
	s.logo.Read = func(path string) ([]byte, error) {
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrPermission}
	}
	refused("may not read this file")
}

func TestGoodPicturesOfEveryOddKindBecomeLogos(t *testing.T) {
	wide := image.NewPaletted(image.Rect(0, 0, 8000, 2000), color.Palette{color.White, brand})
	for x := range 8000 {
		wide.SetColorIndex(x, 1000, 1)
	}
	deep := image.NewNRGBA64(image.Rect(0, 0, 600, 200))
	for y := range 100 {
		for x := range 300 {
			deep.Set(x, y, brand)
		}
	}
	shared := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join("../../invoice/paper/testdata/pictures", name))
		require.NoError(t, err)
		return data
	}
	for name, c := range map[string]struct {
		file string
		data []byte
		want image.Point
	}{
		"8,000 wide":     {"a.png", pngOf(t, wide), image.Pt(900, 225)},
		"16 bits":        {"a.png", pngOf(t, deep), image.Pt(600, 200)},
		"interlaced PNG": {"a.png", shared("interlaced.png"), image.Pt(48, 16)},
		"CMYK JPEG":      {"a.jpg", shared("cmyk.jpg"), image.Pt(48, 16)},
		"wrong ending":   {"a.gif", pngOf(t, sign(400, 200)), image.Pt(400, 200)},
		"a phone's":      {"a.jpg", sideways(jpegOf(t, sign(400, 200))), image.Pt(150, 300)},
	} {
		d, s := open(t)
		put(t, d, c.file, c.data)
		d.Tap("Choose a picture…")
		d.Tap("Use this part")
		require.Empty(t, s.logo.Field.Problem(), name)
		require.Equal(t, c.want, size(t, s.logo.Data()), name)
		require.LessOrEqual(t, len(s.logo.Data()), paper.MaxLogoBytes, name)
		s.Save()
		require.Equal(t, s.logo.Data(), saved(t, d).Logo, name)
	}
}

// sideways says in a JPEG that the camera was held upright.
func sideways(jpeg []byte) []byte {
	part := "\xFF\xE1\x00\x22Exif\x00\x00II\x2A\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00"
	return append(append(bytes.Clone(jpeg[:2]), part...), jpeg[2:]...)
}

func TestALogoThatIsNotSavedComesBackAfterALock(t *testing.T) {
	d, s := open(t)
	put(t, d, "logo.png", pngOf(t, sign(800, 400)))
	d.Tap("Choose a picture…")
	d.Tap("Use this part")
	kept, ok := s.Work()
	require.True(t, ok)
	require.NoError(t, d.Env.Session.Desk().Put("work", kept))
	again := d.Open(New, here).(*settings)
	again.preview.After = func(_ time.Duration, f func()) func() { f(); return func() {} }
	require.NoError(t, again.Resume(func(v any) error { _, err := d.Env.Session.Desk().Get("work", v); return err }))
	require.Equal(t, s.typed(), again.typed())
	require.True(t, d.Has("Remove"))
}

func TestTheLogoLooksRight(t *testing.T) {
	for name, size := range map[string]fyne.Size{"wide": screentest.Size, "narrow": {Width: 816, Height: 640}} {
		for mode, look := range map[widgets.Mode]string{widgets.Light: "light", widgets.Dark: "dark"} {
			d, s := open(t)
			d.SetMode(mode)
			d.Resize(size)
			put(t, d, "logo.png", pngOf(t, sign(800, 400)))
			d.Tap("Choose a picture…")
			d.Control("Part of the picture").(*widgets.Crop).SetPart(image.Rect(120, 60, 700, 360))
			d.CheckLooks()
			shoot(d, "logo-cut-"+name+"-"+look+".png")
			d.Tap("Use this part")
			d.Focus("Width on the page, in mm")
			d.CheckLooks()
			shoot(d, "logo-"+name+"-"+look+".png")
			put(t, d, "logo.png", []byte("x"))
			d.Tap("Choose another…")
			require.NotEmpty(t, s.logo.Field.Problem())
			d.CheckLooks()
			shoot(d, "logo-wrong-"+name+"-"+look+".png")
		}
	}
}

// TestThePreviewFollowsEveryField changes each field of the form, one at a time,
// and looks whether the page becomes another one.
func TestThePreviewFollowsEveryField(t *testing.T) {
	notOnPaper := map[string]string{
		"Name":        "the sign-in screen shows it; invoices show the legal name",
		"NumberStart": "there is an invoice already, and the field cannot be changed",
		"LockMinutes": "it is about this computer",
		"DataOwner":   "it is about records of customers",
		"StaleMonths": "it is about records of customers",
		"AskWho":      "it is about records of customers",
	}
	others := map[string]string{
		"Legal.Address.Country": "GB", "Legal.Email": "other@example.com", "Legal.VATID": "DE136695976", "NumberPattern": "R{YYYY}/{####}",
		"PaymentDays": "30", "Language": "en", "Currency": "CHF", "LogoWidth": "33", "Bank.IBAN": "DE89370400440532013000",
		"Bank.BIC": "COBADEFFXXX", "NumberStart": "77", "LockMinutes": "9", "StaleMonths": "9", "AskWho": "always", "Legal.TaxNumber": "12 345/6789",
	}
	d, s := open(t)
	put(t, d, "logo.png", pngOf(t, sign(800, 400)))
	start := s.preview.Page()
	d.Tap("Choose a picture…")
	d.Tap("Use this part")
	require.NotEqual(t, start, s.preview.Page(), "the logo")
	for _, c := range s.controls {
		other, ok := others[c.key]
		if !ok {
			other = "Something else"
		}
		was, page := c.value(), s.preview.Page()
		require.NotEqual(t, was, other, c.key)
		c.set(other)
		s.changed()
		if why, listed := notOnPaper[c.key]; listed {
			require.Equal(t, page, s.preview.Page(), "%s: %s", c.key, why)
		} else {
			require.NotEqual(t, page, s.preview.Page(), c.key)
		}
		c.set(was)
		s.changed()
		require.Equal(t, page, s.preview.Page(), c.key)
	}
	for i := range s.rates.typed {
		page := s.preview.Page()
		s.rates.typed[i].Rate = "17"
		s.changed()
		require.NotEqual(t, page, s.preview.Page(), "rate %d", i)
		page = s.preview.Page()
		s.rates.typed[i] = typedRate{Kind: "E", Reason: "Exempt, as it is said here."}
		s.changed()
		require.NotEqual(t, page, s.preview.Page(), "kind of rate %d", i)
	}
	require.Empty(t, d.Failed)
}
