package start

// One's own badge: made, printed once, and revoked.

import (
	"bytes"
	"context"

	"counterbook/invoice/paper/pdf"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/sheets"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// MyBadge opens a dialog in which the person who is signed in makes a badge, or
// revokes the one there is. The passphrase is asked for each time: a badge made at
// a screen that was left open would open the profile for ever.
func MyBadge(e *screen.Env) {
	t := e.Words.T
	verb := t("start.badge.make")
	if e.Session.HasBadge() {
		verb = t("start.badge.replace")
	}
	var sheet []byte
	p := &screen.Passphrase{
		Dialog: widgets.Dialog{Title: t("start.badge.title"), Text: t("start.badge.text"), Width: 520,
			Confirm: verb, Cancel: t("common.cancel")},
		Label: t("start.badge.pass"), Busy: t("start.badge.busy"),
		Empty: func() string { return t("start.badge.empty") },
		Try: func(typed string, done func(error)) {
			e.Rewrite(t("start.badge.making"), func(how store.Wait) error {
				badge, err := e.Session.NewBadge(store.Passphrase(typed), how)
				if err != nil {
					return err
				}
				defer badge.Forget()
				sheet, err = badgeSheet(e, badge)
				return err
			}, done)
		},
		Then: func() { handBadge(e, sheet) },
	}
	if e.Session.HasBadge() {
		revoke := widgets.NewButton(t("start.badge.revoke"), nil)
		revoke.OnTapped = func() { revokeBadge(e, p, revoke) }
		p.Below = widgets.Row(12, widgets.Grow(widgets.Caption(t("start.badge.has")).Wrap()), revoke)
	}
	p.Ask(e)
}

// revokeBadge makes the badge open nothing any more, from the dialog it is made in.
func revokeBadge(e *screen.Env, p *screen.Passphrase, revoke *widgets.Button) {
	t := e.Words.T
	p.SetProblem("")
	revoke.SetEnabled(false)
	p.Button().SetEnabled(false)
	e.Rewrite(t("start.badge.revoking"), func(how store.Wait) error { return e.Session.DropBadge(how) }, func(err error) {
		revoke.SetEnabled(true)
		p.Button().SetEnabled(true)
		if err != nil {
			e.Refused(&p.Dialog, err)
			return
		}
		p.Forget()
		p.Close()
		e.Say(widgets.Toast{Tone: widgets.Good, Text: t("start.badge.revoked")})
	})
}

func badgeSheet(e *screen.Env, badge *store.Badge) ([]byte, error) {
	me, shop := e.Session.Profile(), e.Session.Book().Info().Shop
	pages, err := sheets.Badge(shop, me.Nickname, e.Words.Role(me.Role), badge.Code(), e.Words)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = pdf.Write(&b, pages, pdf.Meta{Title: badgeTitle(e), Author: shop, Language: e.Words.Language(), Created: e.Now()})
	return b.Bytes(), err
}

func badgeTitle(e *screen.Env) string {
	return e.Words.T("start.sheet.badge.title", words.Data{"Name": e.Session.Profile().Nickname})
}

// handBadge offers a new badge to the printer and the viewer, this once.
func handBadge(e *screen.Env, sheet []byte) {
	t := e.Words.T
	said, handed := widgets.Caption("").Wrap(), false
	var d *widgets.Dialog
	print := widgets.PrimaryButton(t("start.badge.print"), nil).WithIcon(widgets.IconPrinter)
	out := func(b *widgets.Button, do func(context.Context) (shown bool, err error)) {
		d.SetProblem("")
		b.SetEnabled(false)
		var shown bool
		e.Run.Run(func(ctx context.Context) (err error) {
			shown, err = do(ctx)
			return err
		}, func(err error) {
			b.SetEnabled(true)
			switch {
			case err != nil:
				e.Refused(d, err)
				return
			case shown:
				said.SetText(t("start.badge.shown"))
			default:
				said.SetText(t("start.badge.printed"))
			}
			handed = true
			print.As(widgets.Plain).Refresh()
			d.Button().As(widgets.Primary).Refresh()
			d.Refresh()
		})
	}
	print.OnTapped = func() {
		out(print, func(ctx context.Context) (bool, error) { return e.Out.Print(ctx, badgeTitle(e), sheet) })
	}
	show := widgets.NewButton(t("start.badge.show"), nil)
	show.OnTapped = func() { out(show, func(context.Context) (bool, error) { return true, e.Out.Open(sheet) }) }
	d = &widgets.Dialog{Title: t("start.badge.ready"), Text: t("start.badge.readyText"), Width: 520,
		Content: widgets.Column(10, widgets.Row(8, print, show, widgets.Spacer()), said), Confirm: t("common.done")}
	d.OnConfirm = func() bool {
		if handed {
			clear(sheet)
			return true
		}
		widgets.Ask(e.Canvas, t("start.badge.lose"), t("start.badge.loseText"), t("start.badge.loseVerb"), t("start.badge.stay"), true, func() {
			clear(sheet)
			d.Close()
		})
		return false
	}
	d.ShowOn(e.Canvas)
	d.Button().As(widgets.Plain).Refresh() // until it was handed out, which is what the dialog is for
}
