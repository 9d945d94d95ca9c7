// Adding a profile and changing its nickname and role.

package staff

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Keys of the fields, as the store names them.
const (
	fieldNickname   = "Nickname"
	fieldRole       = "Role"
	fieldPassphrase = "Passphrase"
)

// maxNickname is the longest nickname, in bytes.
const maxNickname = 60

// work is what is typed into a dialog and not saved. A passphrase is never
// part of it.
type work struct {
	Change   store.ProfileID `cbor:"1,keyasint,omitempty"` // zero: a new profile
	Nickname string          `cbor:"2,keyasint,omitempty"`
	Role     store.Role      `cbor:"3,keyasint,omitempty"`
	Own      bool            `cbor:"4,keyasint,omitempty"` // the passphrase is typed, not generated
}

// Work implements screen.Worker.
func (s *profiles) Work() (any, bool) {
	if s.typed == nil {
		return nil, false
	}
	return s.typed()
}

// Resume implements screen.Worker.
func (s *profiles) Resume(read func(v any) error) error {
	var k work
	if err := read(&k); err != nil {
		return err
	}
	if s.err != nil {
		return s.err
	}
	if k.Change.IsZero() {
		s.add(k)
		return nil
	}
	i := place(s.list, k.Change)
	if i < 0 || s.list[i].Disabled {
		return store.ErrNotFound
	}
	s.table.Select(i)
	s.edit(s.list[i], k)
	return nil
}

// who is the part of a form that says who somebody is.
type who struct {
	nickname *widgets.Entry
	role     *widgets.Select
	fields   []*widgets.Field
	onRole   func(store.Role)
}

// newWho is filled with what is typed already. was is the role until now, 0 for
// none.
func (s *profiles) newWho(k work, was store.Role) *who {
	t := s.w.T
	var names []string
	for _, r := range store.Roles() {
		names = append(names, s.w.Role(r))
	}
	f := &who{nickname: widgets.NewEntry(), role: widgets.NewSelect(names, nil).With(t("staff.chooseRole"))}
	role := widgets.NewField(fieldRole, t("staff.role"), f.role)
	f.fields = []*widgets.Field{
		widgets.NewField(fieldNickname, t("staff.nickname"), f.nickname).Hint(t("staff.nicknameHint")),
		role,
	}
	hint := func() {
		role.SetProblem("")
		switch r := f.chosen(); {
		case r == store.Owner && was != store.Owner:
			role.Hint(t("staff.about.owner") + " " + t("staff.becomesOwner"))
		case r != 0:
			role.Hint(t("staff.about." + r.String()))
		}
	}
	f.role.OnChanged = func(int) {
		hint()
		if f.onRole != nil {
			f.onRole(f.chosen())
		}
	}
	f.nickname.SetText(k.Nickname)
	f.role.SetIndex(slices.Index(store.Roles(), k.Role))
	hint()
	return f
}

// chosen is the role chosen, 0 for none.
func (f *who) chosen() store.Role {
	if i := f.role.Index(); i >= 0 {
		return store.Roles()[i]
	}
	return 0
}

// check says what is missing before anything is asked of the store.
func (f *who) check(w *words.Words, form *widgets.Form) {
	switch n := strings.TrimSpace(f.nickname.Text); {
	case n == "":
		form.SetProblem(fieldNickname, w.Problem(invoice.Problem{Field: fieldNickname, Rule: "missing"}))
	case len(n) > maxNickname:
		form.SetProblem(fieldNickname, w.Problem(invoice.Problem{Field: fieldNickname, Rule: "too long", Args: []string{strconv.Itoa(maxNickname)}}))
	}
	if f.chosen() == 0 {
		form.SetProblem(fieldRole, w.Problem(invoice.Problem{Field: fieldRole, Rule: "missing"}))
	}
}

// add asks for a new profile and makes it.
func (s *profiles) add(k work) {
	t := s.w.T
	f := s.newWho(k, 0)
	secret := s.newSecret(f.chosen(), k.Own)
	f.onRole = secret.forRole
	form := widgets.NewForm(1, append(f.fields, secret.field)...)
	d := &widgets.Dialog{Title: t("staff.addTitle"), Content: form, Width: 520, Confirm: t("staff.add"), Cancel: t("common.cancel")}
	s.typed = func() (work, bool) {
		k := work{Nickname: f.nickname.Text, Role: f.chosen(), Own: secret.typing}
		return k, k != work{}
	}
	d.OnCancel = func() { secret.forget(); s.closed() }
	d.OnConfirm = func() bool {
		d.SetProblem("")
		f.check(s.w, form)
		phrase := secret.checked(form, f.nickname.Text)
		if form.FocusProblem() {
			return false
		}
		n := store.NewProfile{Nickname: f.nickname.Text, Role: f.chosen(), Passphrase: phrase}
		var made store.Profile
		s.slow(d, d.Title, func(store.Wait) (err error) { made, err = s.book.Add(n); return err }, func(err error) {
			if err != nil {
				s.refused(form, d, err)
				return
			}
			d.Close()
			secret.forget()
			s.closed()
			s.reload(made.ID)
			s.hand(made, phrase, t("staff.added", words.Data{"Name": made.Nickname}))
		})
		return false
	}
	d.ShowOn(s.e.Canvas)
}

// slow runs what takes a moment for a dialog, which waits for it and closes
// itself in done. Where it takes longer, what says what is being done.
func (s *profiles) slow(d *widgets.Dialog, what string, do func(store.Wait) error, done func(error)) {
	button := d.Button()
	verb := button.Text
	button.SetText(s.w.T("staff.working"))
	button.SetEnabled(false)
	s.e.Rewrite(what, do, func(err error) {
		button.SetText(verb)
		button.SetEnabled(true)
		if err != nil && !d.Open() { // it was left meanwhile: nobody sees what is said in it
			s.e.Fail(err)
			return
		}
		done(err)
	})
}

// closed notes that no dialog with a form is open any more.
func (s *profiles) closed() { s.typed = nil }

// edit changes a profile's nickname and role.
func (s *profiles) edit(p store.Profile, k work) {
	t := s.w.T
	if k.Change.IsZero() {
		k = work{Change: p.ID, Nickname: p.Nickname, Role: p.Role}
	}
	f := s.newWho(k, p.Role)
	form := widgets.NewForm(1, f.fields...)
	d := &widgets.Dialog{Title: t("staff.changeTitle", words.Data{"Name": p.Nickname}), Content: form, Width: 520,
		Confirm: t("common.save"), Cancel: t("common.cancel")}
	if len(p.Without) > 0 {
		d.Text = t("staff.changeLess")
	}
	s.typed = func() (work, bool) {
		k := work{Change: p.ID, Nickname: f.nickname.Text, Role: f.chosen()}
		return k, k.Nickname != p.Nickname || k.Role != p.Role
	}
	d.OnCancel = s.closed
	d.OnConfirm = func() bool {
		d.SetProblem("")
		f.check(s.w, form)
		if form.FocusProblem() {
			return false
		}
		role := f.chosen()
		less := kept(role, p.Without)
		if role == store.Owner {
			less = nil
		}
		s.slow(d, t("staff.changing", words.Data{"Name": p.Nickname}), func(how store.Wait) error {
			return s.book.Change(p.ID, f.nickname.Text, role, less, how)
		}, func(err error) {
			if err != nil {
				s.refused(form, d, err)
				return
			}
			s.closed()
			own := s.own(p)
			s.e.Say(widgets.Toast{Tone: widgets.Good, Text: t("staff.changed", words.Data{"Name": strings.TrimSpace(f.nickname.Text)})})
			d.Close()
			if own { // the name and what may be seen are all over the window
				s.e.Reload()
				return
			}
			s.reload(p.ID)
			s.table.Focus()
		})
		return false
	}
	d.ShowOn(s.e.Canvas)
}

func problems(err error) invoice.Problems {
	var p invoice.Problems
	errors.As(err, &p)
	return p
}
