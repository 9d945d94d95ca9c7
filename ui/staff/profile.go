// The chosen profile: what it is and what can be done with it, and each of its
// rights with what keeps it.

package staff

import (
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// choose shows a profile below the table.
func (s *profiles) choose(id store.ProfileID) {
	s.chosen = id
	p := s.profile()
	s.detail.Objects = []fyne.CanvasObject{
		widgets.Column(0, s.about(p)), widgets.Column(0, s.rightsOf(p)),
	}
	s.detail.Refresh()
}

// about is the panel of what a profile is.
func (s *profiles) about(p store.Profile) fyne.CanvasObject {
	t := s.w.T
	s.role, s.change = widgets.NewText("").Wrap(), nil
	s.role.SetText(s.roleText(p))
	heading := widgets.Row(12, widgets.Grow(widgets.Heading(p.Nickname).Cut()))
	if s.e.Preview != nil && !p.Disabled && !s.own(p) {
		heading.Add(widgets.NewButton(t("staff.preview"), func() { s.e.Preview(p.ID) }).Small())
	}
	panel := []fyne.CanvasObject{heading}
	role := widgets.Column(2, s.role, widgets.Caption(t("staff.about."+p.Role.String())).Wrap())
	line := func(label string, text fyne.CanvasObject, buttons ...fyne.CanvasObject) {
		row := []fyne.CanvasObject{widgets.Sized(96, 0, widgets.NewText(label).Muted()), widgets.Grow(text)}
		panel = append(panel, widgets.Row(12, append(row, buttons...)...))
	}
	switch {
	case p.Disabled:
		line(t("staff.role"), role)
		back := widgets.NewButton(t("staff.bringBack"), func() { s.reset(p) })
		s.change = back
		line(t("staff.access"), widgets.NewText(t("staff.disabledText")).Wrap(), back)
	default:
		s.change = widgets.NewButton(t("staff.change"), func() { s.edit(s.profile(), work{}) })
		line(t("staff.role"), role, s.change)
		if s.own(p) {
			line(t("staff.passphrase"), widgets.NewText(t("staff.ownPassphrase")).Wrap())
		} else {
			line(t("staff.passphrase"), s.howIn(p), widgets.NewButton(t("staff.reset"), func() { s.reset(p) }))
		}
		if p.Badge {
			line(t("staff.badge"), widgets.NewText(t("staff.badgeText", words.Data{"Name": p.Nickname})).Wrap(),
				widgets.NewButton(t("staff.badgeRevoke"), func() { s.revoke(p) }))
		}
		since := widgets.NewText(t("staff.since", words.Data{"Date": s.w.Date(p.Created)})).Wrap()
		if s.own(p) {
			line(t("staff.access"), since)
		} else {
			line(t("staff.access"), since, widgets.NewButton(t("staff.disable"), func() { s.disable(p) }))
		}
	}
	return widgets.Panel(panel...)
}

// howIn says what somebody else's passphrase is worth, and what is still owed.
func (s *profiles) howIn(p store.Profile) fyne.CanvasObject {
	t, data := s.w.T, words.Data{"Name": p.Nickname}
	lines := widgets.Column(4)
	if p.First {
		lines.Add(widgets.NewText(t("staff.firstText", data)).Wrap())
	} else {
		lines.Add(widgets.NewText(t("staff.passphraseText")).Wrap())
	}
	if p.NoKit {
		lines.Add(widgets.NewText(t("staff.noKitText", data)).Wrap())
	}
	return lines
}

// roleText says what a profile is: its role, and what was taken away from it.
func (s *profiles) roleText(p store.Profile) string {
	role := s.w.Role(p.Role)
	if len(p.Without) == 0 {
		return role
	}
	var gone []string
	for _, r := range store.Rights() {
		if slices.Contains(p.Without, r) {
			gone = append(gone, s.w.Right(r))
		}
	}
	return s.w.T("staff.roleLess", words.Data{"Role": role, "Rights": strings.Join(gone, ", ")})
}

// rightsOf is the panel of a profile's rights, subject by subject.
func (s *profiles) rightsOf(p store.Profile) fyne.CanvasObject {
	t := s.w.T
	panel := []fyne.CanvasObject{widgets.Heading(t("staff.rights", words.Data{"Name": p.Nickname})).Cut()}
	switch {
	case p.Disabled:
		panel = append(panel, widgets.Paragraph(t("staff.rightsDisabled")))
	case free(p):
		panel = append(panel, widgets.Paragraph(t("staff.rightsText")))
	default:
		panel = append(panel, widgets.Paragraph(t("staff.rightsOwner")))
	}
	s.ticks = newTicks(s.w, s.toggle)
	return widgets.Panel(append(panel, s.ticks.groups(p)...)...)
}

// toggle takes a right away from the chosen profile, or gives it back.
func (s *profiles) toggle(r store.Right, on bool) {
	p := s.profile()
	s.setWithout(p, toggle(p, r, on), func() { s.toggled(p, r, on) })
}

// toggled says what happened, and offers to undo it.
func (s *profiles) toggled(p store.Profile, r store.Right, on bool) {
	s.e.Say(widgets.Toast{Tone: widgets.Good, Text: toggled(s.w, p, r, on), Action: s.w.T("common.undo"),
		Do: func() { s.setWithout(p, p.Without, func() {}) }})
}

// setWithout saves what is taken away from a profile and brings what is shown
// in line, without moving the focus. done is called when it was saved, which may be
// after the passphrase was asked for.
func (s *profiles) setWithout(p store.Profile, less []store.Right, done func()) {
	s.e.Rewrite(s.w.T("staff.changing", words.Data{"Name": p.Nickname}), func(how store.Wait) error {
		return s.book.Change(p.ID, p.Nickname, p.Role, less, how)
	}, func(err error) {
		wanted := s.e.StepUpFor(err, func() { s.setWithout(p, less, done) })
		if err != nil && !wanted {
			s.e.Fail(err)
		}
		if s.again(err) && err == nil {
			done()
		}
	})
}

// again reads the profiles and shows them as they are now. err is what was said
// already.
func (s *profiles) again(err error) bool {
	list, failed := s.book.List()
	if failed != nil {
		if err == nil {
			s.e.Fail(failed)
		}
		return false
	}
	order := s.list
	slices.SortStableFunc(list, func(a, b store.Profile) int { return place(order, a.ID) - place(order, b.ID) })
	s.list = list
	s.fill()
	s.table.Update()
	now := s.profile()
	s.role.SetText(s.roleText(now))
	s.ticks.follow(now)
	s.detail.Refresh()
	return true
}

func place(list []store.Profile, id store.ProfileID) int {
	return slices.IndexFunc(list, func(p store.Profile) bool { return p.ID == id })
}

// disable asks, and then ends a profile.
func (s *profiles) disable(p store.Profile) {
	t := s.w.T
	data := words.Data{"Name": p.Nickname}
	text := t("staff.disableText", data)
	if p.Role == store.Owner {
		text = t("staff.disableOwner", data)
	}
	var end func()
	end = func() {
		s.e.Rewrite(t("staff.disabling", data), func(how store.Wait) error { return s.book.Disable(p.ID, how) }, func(err error) {
			switch {
			case err == nil:
				s.reload(p.ID)
				s.table.Focus()
				s.e.Say(widgets.Toast{Tone: widgets.Good, Text: t("staff.wasDisabled", data)})
			case !s.e.StepUpFor(err, end):
				s.e.Fail(err)
			}
		})
	}
	var d *widgets.Dialog
	d = &widgets.Dialog{Title: t("staff.disableTitle", data), Text: text, Confirm: t("staff.disableVerb", data), Cancel: t("common.cancel"),
		OnConfirm: func() bool {
			d.Close()
			end()
			return false
		}}
	d.ShowOn(s.e.Canvas)
}

// revoke ends somebody's badge. There is nothing to ask about: who has lost one has
// it ended at once, and who still has it makes another.
func (s *profiles) revoke(p store.Profile) {
	data := words.Data{"Name": p.Nickname}
	s.e.Rewrite(s.w.T("staff.badgeRevoking", data), func(how store.Wait) error { return s.book.DropBadge(p.ID, how) }, func(err error) {
		if err != nil {
			s.e.Fail(err)
			return
		}
		s.reload(p.ID)
		s.table.Focus()
		s.e.Say(widgets.Toast{Tone: widgets.Good, Text: s.w.T("staff.badgeRevoked", data)})
	})
}

// refused says an error of saving a profile under its field, or in the dialog, or
// asks for the passphrase where that is what is missing, and saves then. What was
// typed stays typed.
func (s *profiles) refused(f *widgets.Form, d *widgets.Dialog, err error) {
	if s.e.StepUpFor(err, func() { d.Button().OnTapped() }) {
		return
	}
	key := ""
	switch {
	case errors.Is(err, store.ErrNicknameTaken):
		key = fieldNickname
	case errors.Is(err, store.ErrLastOwner):
		key = fieldRole
	case errors.Is(err, store.ErrWeak):
		key = fieldPassphrase
	}
	if key == "" || !f.SetProblem(key, s.w.Error(err)) {
		for _, p := range problems(err) {
			f.SetProblem(p.Field, s.w.Problem(p))
		}
	}
	if !f.FocusProblem() {
		s.e.Refused(d, err)
	}
}
