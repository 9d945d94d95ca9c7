// The logo: a picture is chosen, cut, and set to a width on the page.

package settings

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"io/fs"
	"os"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// endings are those of files that are offered; what is in a file decides.
var endings = []string{".png", ".jpg", ".jpeg", ".gif"}

// logo edits the shop's logo.
type logo struct {
	e       *screen.Env
	w       *words.Words
	changed func()
	read    func(path string) ([]byte, error)

	data                  []byte // as it will be kept; empty for none
	width                 *control
	field                 *widgets.Field // what is done with the picture, and what was wrong with one
	widthField            *widgets.Field
	shown                 *fyne.Container
	choose, crop, discard *widgets.Button
	content               *fyne.Container
}

const (
	shownWide float32 = 210
	shownHigh float32 = 70
)

func newLogo(e *screen.Env, width *control, widthForm *widgets.Form, changed func()) *logo {
	l := &logo{e: e, w: e.Words, changed: changed, read: readPicture, width: width, shown: widgets.Column(0)}
	t := e.Words.T
	l.choose = widgets.NewButton(t("settings.logo.choose"), func() { e.Files.AskOpen(endings, l.open) })
	l.crop = widgets.NewButton(t("settings.logo.crop"), l.cutAgain)
	l.discard = widgets.NewButton(t("settings.logo.remove"), func() {
		l.put(nil)
		widgets.Focus(l.choose)
	})
	l.field = widgets.NewField("Logo", "", widgets.Row(8, l.choose, l.crop, l.discard, widgets.Spacer())).Hint(t("settings.logo.hint"))
	l.widthField = widthForm.Field("LogoWidth")
	l.content = widgets.Column(12, l.shown, l.field, widthForm)
	l.set(nil)
	return l
}

// set shows a logo, as it stands in the record or was kept unsaved.
func (l *logo) set(data []byte) {
	l.data = data
	l.field.SetProblem("")
	l.show()
}

// put is set for what a person did, with a width that suits the picture.
func (l *logo) put(data []byte) {
	width := ""
	if least, most, usual := paper.LogoWidths(data); len(data) > 0 {
		width = l.width.value()
		if n, err := strconv.Atoi(width); err != nil || n < least || n > most {
			width = strconv.Itoa(usual)
		}
	}
	l.set(data)
	l.width.set(width)
	l.changed()
}

// show brings picture, buttons and width in line with the logo.
func (l *logo) show() {
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
	l.choose.SetText(l.w.T("settings.logo.choose"))
	if has {
		l.choose.SetText(l.w.T("settings.logo.another"))
		least, most, _ := paper.LogoWidths(l.data)
		l.widthField.Hint(l.w.T("settings.logo.room", words.Data{"Least": least, "Most": most}))
	}
	l.crop.Hidden, l.discard.Hidden = !has, !has
	l.widthField.Hidden = !has
	if l.content != nil {
		l.content.Refresh()
	}
}

// wrongWidth says what is wrong with the width of the logo there is.
func (l *logo) wrongWidth(width int) string {
	if len(l.data) == 0 {
		return ""
	}
	if least, most, _ := paper.LogoWidths(l.data); width < least || width > most {
		return l.w.Problem(invoice.Problem{Field: "LogoWidth", Rule: "range", Args: []string{strconv.Itoa(least), strconv.Itoa(most)}})
	}
	return ""
}

// open reads a file beside the screen and has it cut. Whatever is wrong with the
// file, the logo there was stays.
func (l *logo) open(path string) {
	l.field.SetProblem("")
	l.choose.SetEnabled(false)
	var img *image.RGBA
	l.e.Run.Run(func(context.Context) error {
		data, err := l.read(path)
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
func (l *logo) refuse(err error) {
	why := l.w.Error(err)
	if errors.Is(err, fs.ErrPermission) {
		why = l.w.T("settings.logo.unreadable")
	}
	kept := l.w.T("settings.logo.none")
	if len(l.data) > 0 {
		kept = l.w.T("settings.logo.stays")
	}
	l.field.SetProblem(why + " " + kept)
	widgets.Focus(l.choose)
}

// cutAgain cuts the logo there is.
func (l *logo) cutAgain() {
	img, err := paper.ReadPicture(l.data)
	if err != nil {
		l.refuse(err)
		return
	}
	l.cut(img)
}

// cut asks which part of a picture is the logo.
func (l *logo) cut(img *image.RGBA) {
	t := l.w.T
	crop := widgets.NewCrop(img)
	crop.SetLabel(t("settings.logo.crop.label"))
	trim := widgets.NewButton(t("settings.logo.trim"), func() { crop.SetPart(paper.Content(img).Intersect(crop.Part())) })
	whole := widgets.NewButton(t("settings.logo.whole"), func() { crop.SetPart(img.Bounds()) })
	d := &widgets.Dialog{Title: t("settings.logo.crop.title"), Width: 620, Cancel: t("common.cancel"), Confirm: t("settings.logo.use"),
		Content: widgets.Column(12, crop, widgets.Row(8, trim, whole, widgets.Spacer()), widgets.Caption(t("settings.logo.crop.hint")).Wrap())}
	d.OnConfirm = func() bool {
		data, err := paper.EncodeLogo(img, crop.Part())
		if err != nil {
			d.SetProblem(l.w.Error(err))
			return false
		}
		d.Close()
		l.put(data)
		return true
	}
	d.ShowOn(l.e.Canvas)
}
