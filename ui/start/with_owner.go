package start

// An owner beside somebody who is signed in: chosen, and let in with their
// passphrase, for as long as a dialog is open.

import (
	"context"
	"errors"
	"sync/atomic"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const keyOwner = "owner"

// errOwes says that an owner has yet to do at their own sign-in what they owe.
var errOwes = errors.New("start: the owner must sign in alone first")

// beside asks for an owner.
type beside struct {
	screen.Passphrase
	e       *screen.Env
	owners  []store.ProfileInfo
	who     *widgets.Select               // nil where there is one owner
	session atomic.Pointer[store.Session] // nobody's yet; the sign-in puts it there beside the screen
}

// AskOwner opens a dialog in which an owner signs in on the same book, while the
// person at the counter stays signed in. then takes over the owner's session.
// forget drops what was typed, and a session that nobody took over: call it when
// the dialog is taken away.
func AskOwner(e *screen.Env, then func(*store.Session)) (forget func()) {
	owners, err := e.Session.Owners()
	if err != nil {
		e.Fail(err)
		return func() {}
	}
	return newBeside(e, owners, then).Forget
}

func newBeside(e *screen.Env, owners []store.ProfileInfo, then func(*store.Session)) *beside {
	t := e.Words.T
	b := &beside{e: e, owners: owners}
	b.Passphrase = screen.Passphrase{
		Dialog: widgets.Dialog{Title: t("start.with.title"), Text: t("start.with.text", words.Data{"Name": e.Session.Profile().Nickname}),
			Confirm: t("start.with.next"), Cancel: t("common.cancel")},
		Label: t("start.with.pass", words.Data{"Name": owners[0].Nickname}), Busy: t("start.signin.busy"),
		Empty: func() string { return t("start.with.empty", words.Data{"Name": b.owner().Nickname}) },
		Try:   b.signIn,
		Then:  func() { then(b.session.Swap(nil)) },
		Left: func() {
			if s := b.session.Swap(nil); s != nil {
				s.Close()
			}
		},
		Say: b.said,
	}
	if len(owners) > 1 {
		var names []string
		for _, o := range owners {
			names = append(names, o.Nickname)
		}
		b.who = widgets.NewSelect(names, func(int) { b.Another() })
		b.who.SetIndex(0)
		b.Above = append(b.Above, widgets.NewField(keyOwner, t("start.with.owner"), b.who))
		b.Label = t("start.with.anyPass")
	}
	b.Ask(e)
	return b
}

// owner is who is chosen.
func (b *beside) owner() store.ProfileInfo {
	if b.who == nil {
		return b.owners[0]
	}
	return b.owners[max(0, b.who.Index())]
}

func (b *beside) signIn(typed string, done func(error)) {
	book, who := b.e.Session.Book(), b.owner().ID
	b.e.Run.Run(func(context.Context) error {
		s, err := book.SignIn(who, store.Passphrase(typed))
		if err != nil {
			return err
		}
		if !s.Can(store.ManageStaff) {
			s.Close()
			return errOwes
		}
		b.session.Store(s)
		return nil
	}, done)
}

func (b *beside) said(err error) string {
	if errors.Is(err, errOwes) {
		return b.e.Words.T("start.with.owes", words.Data{"Name": b.owner().Nickname})
	}
	return ""
}
