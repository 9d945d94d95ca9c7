// Saving, leaving and coming back.

package settings

import (
	"errors"

	"counterbook/store"
	"counterbook/ui/widgets"
)

// Save implements screen.Saver.
func (s *settings) Save() {
	if s.err == nil && s.dirty() {
		s.keep()
	}
}

// keep saves what is typed and reports whether it did. What is wrong is said
// under its field and what was typed stays typed.
func (s *settings) keep() bool {
	sh, ok := s.read()
	if !ok {
		return false
	}
	was := s.base
	saved, err := s.book.Save(sh)
	if wrong, ok := problems(err); ok {
		s.under(wrong)
		return false
	}
	switch {
	case errors.Is(err, store.ErrChanged):
		s.overtaken()
		return false
	case err != nil:
		s.e.Fail(err)
		return false
	}
	s.start(saved)
	s.e.Say(widgets.Toast{Tone: widgets.Good, Text: s.w.T("settings.saved")})
	if saved.Name != was.Name || saved.LockMinutes != was.LockMinutes {
		s.e.Reload() // the rail shows the name, the window counts the minutes
	}
	return true
}

// overtaken asks what to do when somebody saved the settings meanwhile.
func (s *settings) overtaken() {
	t := s.w.T
	now, err := s.book.Get()
	if err != nil {
		s.e.Fail(err)
		return
	}
	var d *widgets.Dialog
	theirs := widgets.NewButton(t("settings.overtaken.theirs"), func() {
		d.Close()
		s.start(now)
	})
	d = &widgets.Dialog{Title: t("settings.overtaken.title"), Text: t("settings.overtaken.text"), Cancel: t("settings.keepTyping"),
		Confirm: t("settings.overtaken.mine"), Content: widgets.Row(0, theirs, widgets.Spacer()),
		OnConfirm: func() bool {
			d.Close()
			s.base = now
			s.keep()
			return true
		}}
	d.ShowOn(s.e.Canvas)
}

// Leave implements screen.Leaver.
func (s *settings) Leave(then func()) {
	if s.err != nil || !s.dirty() {
		then()
		return
	}
	t := s.w.T
	var d *widgets.Dialog
	drop := widgets.NewButton(t("settings.leave.drop"), func() {
		d.Close()
		then()
	})
	d = &widgets.Dialog{Title: t("settings.leave.title"), Text: t("settings.leave.text"), Cancel: t("settings.keepTyping"),
		Confirm: t("common.save"), Content: widgets.Row(0, drop, widgets.Spacer()),
		OnConfirm: func() bool {
			d.Close()
			if s.keep() {
				then()
			}
			return true
		}}
	d.ShowOn(s.e.Canvas)
	s.e.Canvas.Focus(d.Button())
}

// Work implements screen.Worker.
func (s *settings) Work() (any, bool) {
	if s.err != nil || !s.dirty() {
		return nil, false
	}
	return work{Typed: s.typed(), Version: s.base.Version}, true
}

// Resume implements screen.Worker. Where the record was saved meanwhile, saving
// says so.
func (s *settings) Resume(read func(v any) error) error {
	var k work
	if err := read(&k); err != nil {
		return err
	}
	if s.err != nil {
		return s.err
	}
	s.base.Version = k.Version
	s.fill(k.Typed)
	return nil
}
