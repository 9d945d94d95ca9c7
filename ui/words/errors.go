// Errors: what happened, what was kept, and what to do, in sentences. Who adds
// an error to the store adds a line to the table.

package words

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/store/exchange"
	"counterbook/store/export"
)

// errorTexts says which text stands for which error. The first that matches is
// taken.
var errorTexts = []struct {
	is  error
	key string
}{
	{store.ErrWrongPassphrase, "error.passphrase"},
	{store.ErrWrongKit, "error.kit"},
	{store.ErrKitNotConfirmed, "error.kitUnconfirmed"},
	{store.ErrNoProfile, "error.profile"},
	{store.ErrNotBook, "error.notBook"},
	{store.ErrBusy, "error.busy"},
	{store.ErrNetwork, "error.network"},
	{store.ErrNothingFound, "error.nothingFound"},
	{store.ErrNoRoot, "error.noRoot"},
	{store.ErrNotOwner, "error.notOwner"},
	{store.ErrNewer, "error.newer"},
	{store.ErrOldFormat, "error.oldFormat"},
	{store.ErrExists, "error.exists"},
	{store.ErrClosed, "error.closed"},
	{store.ErrUncertain, "error.uncertain"},
	{store.ErrMoved, "error.moved"},
	{store.ErrForked, "error.forked"},
	{store.ErrRestored, "error.restored"},
	{store.ErrBackup, "error.backup"},
	{store.ErrNotBackup, "error.notBackup"},
	{store.ErrBackingUp, "error.backingUp"},
	{store.ErrBadDrive, "error.badDrive"},
	{store.ErrSameFolder, "error.sameFolder"},
	{store.ErrNotGoneBack, "error.notGoneBack"},
	{store.ErrChanged, "error.changed"},
	{store.ErrNear, "error.near"},
	{store.ErrSeveral, "error.several"},
	{store.ErrNoUndo, "error.noUndo"},
	{store.ErrMergeOver, "error.mergeOver"},
	{store.ErrMergedLater, "error.mergedLater"},
	{store.ErrGuarded, "error.guarded"},
	{store.ErrGuardWord, "error.guardWord"},
	{store.ErrNotFound, "error.notFound"},
	{store.ErrLastOwner, "error.lastOwner"},
	{store.ErrTooLong, "error.tooLong"},
	{store.ErrUnfit, "error.unfit"},
	{store.ErrManyReports, "error.manyReports"},
	{store.ErrNicknameTaken, "error.nickname"},
	{store.ErrWeak, "error.weak"},
	{store.ErrSamePassphrase, "error.samePassphrase"},
	{store.ErrStepUp, "error.stepUp"},
	{store.ErrPreview, "error.preview"},
	{store.ErrNotBadge, "error.notBadge"},
	{store.ErrBadgeRead, "error.badgeRead"},
	{store.ErrWrongBadge, "error.badge"},
	{store.ErrOwnerBadge, "error.ownerBadge"},
	{store.ErrPINForm, "error.pinForm"},
	{store.ErrPINWeak, "error.pinWeak"},
	{store.ErrPINGone, "error.pinGone"},
	{store.ErrNoRight, "error.right"},
	{store.ErrFull, "error.diskFull"},
	{store.ErrDisk, "error.disk"},
	{store.ErrReadOnly, "error.readOnly"},
	{export.ErrNotEmpty, "error.folderNotEmpty"},
	{fs.ErrNotExist, "error.fileMissing"},
	{fs.ErrPermission, "error.fileRight"},
	{context.Canceled, "error.cancelled"},
}

// Error says in words what went wrong; "" for no error. It never shows the text
// of an error itself.
func (w *Words) Error(err error) string {
	if err == nil {
		return ""
	}
	if s, ok := w.detailed(err); ok {
		return s
	}
	err = store.OfDisk(err)
	for _, e := range errorTexts {
		if errors.Is(err, e.is) {
			return w.T(e.key)
		}
	}
	return w.T("error.unknown")
}

// detailed says what errors with details mean.
func (w *Words) detailed(err error) (string, bool) {
	var (
		problems invoice.Problems
		soon     *store.TooSoonError
		busy     *store.BusyError
		damaged  *store.DamagedError
		right    *store.NoRightError
		kit      *store.KitError
		glyph    *paper.GlyphError
		left     *export.LeftError
		older    *store.OlderError
		picture  *paper.PictureError
		pin      *store.WrongPINError
		later    *store.MergedLaterError
		file     *exchange.Error
	)
	switch {
	case errors.As(err, &file):
		return w.file(file), true
	case errors.As(err, &left):
		return w.T("error.exportLeft", Data{"Folder": left.Dir}), true
	case errors.As(err, &problems) && len(problems) > 0:
		return w.Problem(problems[0]), true
	case errors.As(err, &soon):
		return w.T("error.tooSoon", Data{"Wait": w.wait(soon.Wait)}), true
	case errors.As(err, &busy) && (busy.Who != store.Holder{}):
		return w.T("error.busy.who", Data{"User": busy.Who.User, "Host": busy.Who.Host, "Process": busy.Who.PID}), true
	case errors.As(err, &older) && !older.Restored:
		return w.N("error.older", int(older.Missing), Data{"Since": w.Moment(older.Since)}), true
	case errors.As(err, &later) && later.Number != "":
		return w.T("error.mergedLater.number", Data{"Number": later.Number}), true
	case errors.As(err, &pin):
		return w.N("error.pin", pin.Left), true
	case errors.As(err, &damaged):
		return w.Damage(damaged) + " " + w.T("error.damaged.then"), true
	case errors.As(err, &right) && right.Right != 0:
		return w.T("error.rightNamed", Data{"Right": w.Right(right.Right)}), true
	case errors.As(err, &kit) && kit.Group > 0:
		return w.T("error.kitGroup", Data{"Group": kit.Group}), true
	case errors.As(err, &kit):
		return w.T("error.kitTyped"), true
	case errors.As(err, &glyph):
		return w.T("error.glyph", Data{"Rune": string(glyph.Rune), "Code": fmt.Sprintf("U+%04X", glyph.Rune), "Field": w.Field(glyph.Field)}), true
	case errors.As(err, &picture):
		return w.picture(picture), true
	}
	return "", false
}

// file says where a file cannot be read on, and why.
func (w *Words) file(e *exchange.Error) string {
	why := w.T("import.bad." + string(e.Rule))
	switch {
	case e.Row == 0:
		return why
	case e.Column == 0:
		return w.T("import.bad.row", Data{"Row": w.Number(e.Row), "Why": why})
	}
	return w.T("import.bad.cell", Data{"Row": w.Number(e.Row), "Column": w.Number(e.Column), "Why": why})
}

// Damage says what in a book is not what was written, and who signed it where that
// is known.
func (w *Words) Damage(d *store.DamagedError) string {
	data := Data{"Where": d.Where, "Commit": d.Commit, "Name": d.ByName}
	if d.Area != "" {
		data["Area"] = w.T("damaged.area." + d.Area)
	}
	switch {
	case d.Where == "right to write" && d.ByName != "":
		return w.T("error.damaged.right", data)
	case d.Where == "area" && d.Area != "":
		return w.T("error.damaged.area", data)
	case d.Where == "record" && d.Area != "":
		return w.T("error.damaged.record", data)
	case d.Where == "pages", d.Where == "first pages":
		return w.T("error.damaged.pages")
	case d.Where == "length":
		return w.T("error.damaged.length")
	case d.Where == "log", d.Where == "heads":
		return w.T("error.damaged.log", data)
	}
	return w.T("error.damaged", data)
}

// picture says why a picture file cannot be used.
func (w *Words) picture(err *paper.PictureError) string {
	if err.Why == paper.PictureHuge && err.Width > 0 {
		return w.T("error.picture.pixels", Data{"Width": w.Number(err.Width), "Height": w.Number(err.Height),
			"Most": w.Number(paper.MaxPicturePixels / 1_000_000)})
	}
	return w.T("error.picture."+string(err.Why), Data{"Most": w.Number(paper.MaxPictureBytes >> 20)})
}
