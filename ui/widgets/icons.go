// Icons by name, coloured by the theme.

package widgets

import (
	"fmt"
	"image/color"

	"counterbook/assets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// IconName names an icon of the program's one family.
type IconName string

// The icons.
const (
	IconPeople   IconName = "people"
	IconPerson   IconName = "person"
	IconReceipt  IconName = "receipt"
	IconBox      IconName = "box"
	IconGift     IconName = "gift"
	IconShield   IconName = "shield"
	IconBadge    IconName = "badge"
	IconClock    IconName = "clock"
	IconGear     IconName = "gear"
	IconLock     IconName = "lock"
	IconSearch   IconName = "search"
	IconPlus     IconName = "plus"
	IconPencil   IconName = "pencil"
	IconTrash    IconName = "trash"
	IconCheck    IconName = "check"
	IconDone     IconName = "done"
	IconClose    IconName = "close"
	IconUp       IconName = "up"
	IconDown     IconName = "down"
	IconLeft     IconName = "left"
	IconRight    IconName = "right"
	IconEye      IconName = "eye"
	IconEyeOff   IconName = "eye-off"
	IconPrinter  IconName = "printer"
	IconDownload IconName = "download"
	IconUpload   IconName = "upload"
	IconSave     IconName = "save"
	IconExternal IconName = "external"
	IconAlert    IconName = "alert"
	IconError    IconName = "error"
	IconInfo     IconName = "info"
	IconKey      IconName = "key"
	IconNote     IconName = "note"
	IconCalendar IconName = "calendar"
	IconMore     IconName = "more"
	IconSwitch   IconName = "switch"
	IconFile     IconName = "file"
	IconShop     IconName = "shop"
	IconUndo     IconName = "undo"
	IconBlock    IconName = "block"
)

// Resource returns the icon in the named colour of the current theme.
func (n IconName) Resource(colour fyne.ThemeColorName) fyne.Resource {
	b, ok := assets.Icon(string(n))
	if !ok {
		return theme.BrokenImageIcon()
	}
	// The toolkit keeps pictures of icons by name, so the name says the colour.
	r, g, blue, _ := theme.Color(colour).RGBA()
	name := fmt.Sprintf("icon-%s-%02x%02x%02x.svg", n, r>>8, g>>8, blue>>8)
	return theme.NewColoredResource(fyne.NewStaticResource(name, b), colour)
}

// Icon shows an icon in a named colour at a fixed size.
type Icon struct {
	widget.BaseWidget
	Name   IconName
	Colour fyne.ThemeColorName
	Side   float32
	img    *canvas.Image
	name   IconName    // as img shows it
	colour color.Color // as img shows it
}

// NewIcon returns an icon of the given side length.
func NewIcon(name IconName, colour fyne.ThemeColorName, side float32) *Icon {
	i := &Icon{Name: name, Colour: colour, Side: side}
	i.ExtendBaseWidget(i)
	return i
}

// CreateRenderer implements [fyne.Widget].
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	i.img = canvas.NewImageFromResource(i.Name.Resource(i.Colour))
	i.img.FillMode = canvas.ImageFillContain
	i.name, i.colour = i.Name, colorOf(i, i.Colour)
	return widget.NewSimpleRenderer(i.img)
}

// MinSize implements [fyne.CanvasObject].
func (i *Icon) MinSize() fyne.Size { return fyne.NewSquareSize(i.Side) }

// Refresh implements [fyne.CanvasObject].
func (i *Icon) Refresh() {
	if i.img == nil {
		return
	}
	if colour := colorOf(i, i.Colour); i.name != i.Name || i.colour != colour { // a picture is read anew, which takes its time
		i.name, i.colour = i.Name, colour
		i.img.Resource = i.Name.Resource(i.Colour)
		i.img.Refresh()
	}
	canvas.Refresh(i)
}
