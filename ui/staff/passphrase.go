// Passphrases of others: generated or typed, handed over once, and then nowhere.

package staff

import (
	"bytes"
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice/paper/pdf"
	"counterbook/store"
	"counterbook/ui/sheets"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// secret is a field for a passphrase: one that was generated, or one's own.
type secret struct {
	s         *profiles
	field     *widgets.Field
	box       *fyne.Container
	generated *widgets.Text
	own       *widgets.PasswordEntry
	number    int // of words
	typing    bool
}

func (s *profiles) newSecret(r store.Role, typing bool) *secret {
	f := &secret{s: s, box: widgets.Column(6), generated: widgets.Strong("").Wrap(), number: wordsFor(r)}
	f.own = widgets.NewPasswordEntry(s.w.T("common.show"), s.w.T("common.hide"))
	f.own.SetLabel(s.w.T("staff.passphrase"))
	f.own.OnChanged = func(string) { f.measure() }
	f.field = widgets.NewField(fieldPassphrase, s.w.T("staff.passphrase"), f.box)
	f.generate()
	f.show(typing)
	return f
}

// wordsFor is how many words a role's generated passphrase has.
func wordsFor(r store.Role) int {
	if r == store.Owner {
		return store.OwnerWords
	}
	return store.StaffWords
}

// forRole generates another passphrase where the role wants a longer one.
func (f *secret) forRole(r store.Role) {
	if n := wordsFor(r); n != f.number {
		f.number = n
		f.generate()
		f.measure()
	}
}

func (f *secret) generate() {
	phrase, err := store.GeneratePassphrase(f.number)
	if err != nil {
		f.s.e.Fail(err)
		return
	}
	f.generated.SetText(phrase)
}

// show offers the one way or the other.
func (f *secret) show(typing bool) {
	t := f.s.w.T
	f.typing = typing
	f.box.RemoveAll()
	if typing {
		f.box.Add(f.own)
		f.box.Add(widgets.Row(0, widgets.QuietButton(t("staff.generate"), func() {
			f.own.Empty()
			f.show(false)
			f.field.Focus()
		}).Small(), widgets.Spacer()))
	} else {
		ground := widgets.NewSurface(widgets.ColorNeutralSoft)
		ground.Radius = 8
		another := widgets.NewButton(t("staff.another"), func() { f.generate(); f.measure(); f.box.Refresh() })
		f.box.Add(widgets.Stack(ground, widgets.Padded(6, 6, 6, 12, widgets.Row(12, widgets.Grow(f.generated), another))))
		f.box.Add(widgets.Row(0, widgets.QuietButton(t("staff.typeOwn"), func() {
			f.show(true)
			f.field.Focus()
		}).Small(), widgets.Spacer()))
	}
	f.measure()
	f.box.Refresh()
}

// measure says how good the passphrase is.
func (f *secret) measure() {
	f.field.SetProblem("")
	switch m := store.MeasurePassphrase(f.own.Text, f.s.shop()); {
	case !f.typing:
		f.field.Hint(f.s.w.N("staff.generatedHint", f.number))
	case f.own.Text == "":
		f.field.Hint(f.s.w.T("staff.ownHint"))
	case !m.Enough:
		f.field.Hint(f.s.w.T("staff.weak"))
	case m.Score < 4:
		f.field.Hint(f.s.w.T("staff.enough"))
	default:
		f.field.Hint(f.s.w.T("staff.strong"))
	}
}

// checked returns the passphrase, and says in the form when it is too weak.
func (f *secret) checked(form *widgets.Form, nickname string) string {
	if !f.typing {
		return f.generated.Text()
	}
	if !store.MeasurePassphrase(f.own.Text, f.s.shop(), strings.TrimSpace(nickname)).Enough {
		form.SetProblem(fieldPassphrase, f.s.w.Error(store.ErrWeak))
	}
	return f.own.Text
}

// forget takes the passphrase away.
func (f *secret) forget() {
	f.generated.SetText("")
	f.own.OnChanged = nil
	f.own.Empty()
}

func (s *profiles) shop() string { return s.e.Session.Book().Info().Shop }

// reset gives a profile a new passphrase, which also brings back one that was
// disabled.
func (s *profiles) reset(p store.Profile) {
	t := s.w.T
	data := words.Data{"Name": p.Nickname}
	f := s.newSecret(p.Role, false)
	form := widgets.NewForm(1, f.field)
	d := &widgets.Dialog{Title: t("staff.resetTitle", data), Text: t("staff.resetText", data), Content: form, Width: 520,
		Confirm: t("staff.resetVerb"), Cancel: t("common.cancel")}
	if p.Role == store.Owner {
		d.Text = t("staff.resetOwner", data)
	}
	done := t("staff.wasReset", data)
	if p.Disabled {
		d.Title, d.Text, d.Confirm = t("staff.backTitle", data), t("staff.backText", data), t("staff.bringBack")
		done = t("staff.wasBack", data)
	}
	// Nothing is kept of this dialog: there is only a passphrase in it.
	s.typed = func() (work, bool) { return work{}, false }
	d.OnCancel = func() { f.forget(); s.closed() }
	d.OnConfirm = func() bool {
		d.SetProblem("")
		if p.Disabled && s.nameInUse(p) {
			d.SetProblem(t("staff.nameInUse", data))
			return false
		}
		phrase := f.checked(form, p.Nickname)
		if form.FocusProblem() {
			return false
		}
		s.slow(d, t("staff.resetting", data), func(how store.Wait) error { return s.book.ResetPassphrase(p.ID, phrase, how) }, func(err error) {
			if err != nil {
				s.refused(form, d, err)
				return
			}
			d.Close()
			f.forget()
			s.closed()
			s.reload(p.ID)
			s.hand(p, phrase, done)
		})
		return false
	}
	d.ShowOn(s.e.Canvas)
}

// nameInUse reports whether somebody else is called like a disabled profile by
// now: both would look the same at sign-in.
func (s *profiles) nameInUse(p store.Profile) bool {
	for _, o := range s.list {
		if o.ID != p.ID && !o.Disabled && strings.EqualFold(o.Nickname, p.Nickname) {
			return true
		}
	}
	return false
}

// hand shows a new passphrase, this once. Only its button closes the dialog: a
// stray Escape would lose the passphrase.
func (s *profiles) hand(p store.Profile, phrase, title string) {
	t := s.w.T
	shown := widgets.Strong(phrase).Sized(widgets.SizeTitle).Wrap().Centre()
	ground := widgets.NewSurface(widgets.ColorNeutralSoft)
	ground.Radius = 8
	said := widgets.Caption("").Wrap()
	var d *widgets.Dialog
	slip := widgets.NewButton(t("staff.printSlip"), nil).WithIcon(widgets.IconPrinter)
	slip.OnTapped = func() {
		d.SetProblem("")
		slip.SetEnabled(false)
		handed := false
		s.e.Run.Run(func(ctx context.Context) (err error) {
			handed, err = s.print(ctx, p, phrase)
			return err
		}, func(err error) {
			slip.SetEnabled(true)
			switch {
			case err != nil:
				s.e.Refused(d, err)
			case handed:
				said.SetText(t("staff.slipOpened"))
			default:
				said.SetText(t("staff.slipPrinted"))
			}
			d.Refresh()
		})
	}
	d = &widgets.Dialog{Title: title, Text: t("staff.handText", words.Data{"Name": p.Nickname}), Width: 520, Confirm: t("common.done"),
		Content: widgets.Column(12,
			widgets.Stack(ground, widgets.Padded(16, 16, 16, 16, shown)),
			widgets.Row(12, slip, widgets.Grow(said)))}
	d.OnConfirm = func() bool {
		shown.SetText("")
		d.Close()
		s.table.Focus()
		return true
	}
	d.ShowOn(s.e.Canvas)
}

// print prints the slip that a new member of staff takes along.
func (s *profiles) print(ctx context.Context, p store.Profile, phrase string) (bool, error) {
	pages, err := sheets.Slip(s.shop(), p.Nickname, phrase, s.w.Role(p.Role), s.w)
	if err != nil {
		return false, err
	}
	title := s.w.T("staff.slipTitle", words.Data{"Name": p.Nickname})
	var b bytes.Buffer
	if err := pdf.Write(&b, pages, pdf.Meta{Title: title, Author: s.shop(), Language: s.w.Language(), Created: s.e.Now()}); err != nil {
		return false, err
	}
	return s.e.Out.Print(ctx, title, b.Bytes())
}
