package start

// The pages in place of the people: the recovery sheet, a new passphrase, and how
// a book goes on that went back.

import (
	"fyne.io/fyne/v2"

	"counterbook/store"
)

// askKit shows the page for the recovery sheet.
func (s *signIn) askKit() {
	if s.busy {
		return
	}
	s.forget()
	s.say("")
	s.showPage(newKitPage(s.e, s.book, s.demandNew, s.back))
}

// demandNew follows a sign-in with the kit: the session is handed on only with a
// new passphrase.
func (s *signIn) demandNew(session *store.Session, k *store.Kit) {
	s.forget()
	if s.book.Standing() != nil {
		s.showPage(newGoOnPage(s.e, session, func() { s.demandNew(session, k) }, s.back))
		return
	}
	s.showPage(newFreshPage(s.e, session, "fresh", func(fresh string, how store.Wait) error {
		return session.NewPassphrase(k, fresh, how)
	}, func(fresh string) { s.admit(session, store.Passphrase(fresh), true) }, s.back))
}

func (s *signIn) showPage(f follower) {
	s.follow = f
	s.content.Objects = []fyne.CanvasObject{f.Content()}
	s.content.Refresh()
	f.Shown()
}

// back shows the people again.
func (s *signIn) back() {
	s.forget()
	s.content.Objects = []fyne.CanvasObject{s.main}
	s.listen()
	s.choose(s.chosen)
	s.content.Refresh()
	s.toEntry()
}
