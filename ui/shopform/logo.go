// The logo: a picture is chosen and cut.

package shopform

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"io/fs"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"counterbook/invoice/paper"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// endings are those of files that are offered; what is in a file decides.
var endings = []string{".png", ".jpg", ".jpeg", ".gif"}

// LogoEnv is what choosing a logo needs around it.
type LogoEnv struct {
	Words  *words.Words
	Canvas fyne.Canvas
	Files  screen.Files
	Run    screen.Background
}

// Logo edits a shop's logo.
type Logo struct {
	// Changed is called when a person chose, cut or removed the logo.
	Changed func()
	// Read reads a file; tests have files that cannot be read.
	Read    func(path string) ([]byte, error)
	Field   *widgets.Field // what is done with the picture, and what was wrong with one
	Content *fyne.Container

	e                     LogoEnv
	w                     *words.Words
	data                  []byte // as it will be kept; empty for none
	shown                 *fyne.Container
	choose, crop, discard *widgets.Button
}

const (
	shownWide float32 = 210
	shownHigh float32 = 70
)

// NewLogo returns a shop without a logo.
func NewLogo(e LogoEnv) *Logo {
	l := &Logo{Changed: func() {}, Read: readPicture, e: e, w: e.Words, shown: widgets.Column(0)}
	t := e.Words.T
	l.choose = widgets.NewButton(t("shopform.logo.choose"), func() { e.Files.AskOpen(endings, l.open) })
	l.crop = widgets.NewButton(t("shopform.logo.crop"), l.cutAgain)
	l.discard = widgets.NewButton(t("shopform.logo.remove"), func() {
		l.put(nil)
		widgets.Focus(l.choose)
	})
	l.Field = widgets.NewField("Logo", "", widgets.Row(8, l.choose, l.crop, l.discard, widgets.Spacer())).Hint(t("shopform.logo.hint"))
	l.Content = widgets.Column(12, l.Field, l.shown) // in this order no button moves when there is a logo
	l.Set(nil)
	return l
}

// Data returns the logo, empty for none.
func (l *Logo) Data() []byte { return l.data }

// Set shows a logo, as it stands in the record or was kept unsaved.
func (l *Logo) Set(data []byte) {
	l.data = data
	l.Field.SetProblem("")
	has := len(l.data) > 0
	l.shown.RemoveAll()
	if img, _, err := image.Decode(bytes.NewReader(l.data)); err == nil {
		picture := canvas.NewImageFromImage(img)
		picture.FillMode = canvas.ImageFillContain
		sheet := canvas.NewRectangle(color.White) // in the dark too: it is printed on white
		sheet.CornerRadius = 6
		edge := widgets.NewSurface("")
		edge.Stroke, edge.Radius = widgets.ColorHairline, 6
		l.shown.Add(widgets.Row(0, widgets.Stack(sheet, edge, widgets.Padded(10, 10, 10, 10, widgets.Sized(shownWide, shownHigh, picture))), widgets.Spacer()))
	}
	l.shown.Hidden = !has
	l.choose.SetText(l.w.T("shopform.logo.choose"))
	if has {
		l.choose.SetText(l.w.T("shopform.logo.another"))
	}
	l.crop.Hidden, l.discard.Hidden = !has, !has
	l.Content.Refresh()
}

// put is Set for what a person did.
func (l *Logo) put(data []byte) {
	l.Set(data)
	l.Changed()
}

// open reads a file beside the screen and has it cut. Whatever is wrong with the
// file, the logo there was stays.
func (l *Logo) open(path string) {
	l.Field.SetProblem("")
	l.choose.SetEnabled(false)
	var img *image.RGBA
	l.e.Run.Run(func(context.Context) error {
		data, err := l.Read(path)
		if err == nil {
			img, err = paper.ReadPicture(data)
		}
		return err
	}, func(err error) {
		l.choose.SetEnabled(true)
		if err != nil {
			l.refuse(err)
			return
		}
		l.cut(img)
	})
}

// readPicture reads a file that may be a picture, and none that never ends.
func readPicture(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &paper.PictureError{Why: paper.PictureNone}
	case info.Size() > paper.MaxPictureBytes:
		return nil, &paper.PictureError{Why: paper.PictureHuge}
	}
	return os.ReadFile(path)
}

// refuse says under the buttons why a file is no logo.
func (l *Logo) refuse(err error) {
	why := l.w.Error(err)
	if errors.Is(err, fs.ErrPermission) {
		why = l.w.T("shopform.logo.unreadable")
	}
	kept := l.w.T("shopform.logo.none")
	if len(l.data) > 0 {
		kept = l.w.T("shopform.logo.stays")
	}
	l.Field.SetProblem(why + " " + kept)
	widgets.Focus(l.choose)
}

// cutAgain cuts the logo there is.
func (l *Logo) cutAgain() {
	img, err := paper.ReadPicture(l.data)
	if err != nil {
		l.refuse(err)
		return
	}
	l.cut(img)
}

// cut asks which part of a picture is the logo.
func (l *Logo) cut(img *image.RGBA) {
	t := l.w.T
	crop := widgets.NewCrop(img)
	crop.SetLabel(t("shopform.logo.crop.label"))
	trim := widgets.NewButton(t("shopform.logo.trim"), func() { crop.SetPart(paper.Content(img).Intersect(crop.Part())) })
	whole := widgets.NewButton(t("shopform.logo.whole"), func() { crop.SetPart(img.Bounds()) })
	d := &widgets.Dialog{Title: t("shopform.logo.crop.title"), Width: 620, Cancel: t("common.cancel"), Confirm: t("shopform.logo.use"),
		Content: widgets.Column(12, crop, widgets.Row(8, trim, whole, widgets.Spacer()), widgets.Caption(t("shopform.logo.crop.hint")).Wrap())}
	d.OnConfirm = func() bool {
		data, err := paper.EncodeLogo(img, crop.Part())
		if err != nil {
			d.SetProblem(l.w.Error(err))
			return false
		}
		l.put(data)
		return true
	}
	d.ShowOn(l.e.Canvas)
}
