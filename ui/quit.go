package ui

// The backup before the program ends.

import (
	"context"
	"errors"
	"io/fs"

	"counterbook/store"
	"counterbook/ui/start"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// backsUp backs the book up and then ends the program, where that was chosen and
// the book changed. It reports false where there is nothing to do. To quit once
// more skips it.
func (u *App) backsUp() bool {
	if _, again := u.page.(*start.Closing); again || u.book == nil || u.isSample() {
		return false
	}
	h := u.book.BackupHabits()
	if !h.OnQuit || h.Dir == "" || !u.book.Unsaved() || u.book.Standing() != nil {
		return false
	}
	u.leave(false)
	page := start.NewClosing(u.startEnv(), u.end)
	u.setMenu()
	u.show(page)
	u.backUpOn(page, h)
	return true
}

func (u *App) backUpOn(page *start.Closing, h store.BackupHabits) {
	page.Begin()
	page.Shown()
	b := u.book
	u.run.Run(func(ctx context.Context) error {
		_, err := b.Backup(ctx, h.Dir, store.BackupOptions{Keep: h.Keep}, widgets.Paced(page.Set))
		return err
	}, func(err error) {
		switch {
		case u.page != page: // somebody did not wait
		case err == nil:
			u.end()
		case errors.Is(err, fs.ErrNotExist):
			page.Failed(u.words.T("backup.quit.missing", words.Data{"Folder": h.Dir}), func() { u.backUpOn(page, h) })
		default:
			page.Failed(u.words.Error(err), func() { u.backUpOn(page, h) })
		}
	})
}
