package start

// The sign-in: who is at the counter, and their passphrase.

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const (
	// perRow is how many people stand beside each other …
	perRow = 6
	// … and how many where they are more than fit there, with smaller cards.
	perRowOfMany = 5
	// peopleLeast is how low their list gets, in units, before the page scrolls.
	peopleLeast = 126
)

type signIn struct {
	e      *Env
	book   *store.Book
	people []store.ProfileInfo
	chosen int
	busy   bool
	until  map[store.ProfileID]time.Time // no try before
	byPIN  []store.ProfileID             // who can come back with a PIN
	wait   widgets.Countdown

	cards  []*widgets.PersonCard
	list   *widgets.Scroll // of the cards
	page   *widgets.Scroll // of everything but the foot
	entry  *widgets.PasswordEntry
	unlock *railButton
	says   *fyne.Container

	whose, named *widgets.Text   // in the made-up shop: the passphrase of who is chosen
	made         *fyne.Container // the line of both

	stray   func() // ends taking what is typed beside the entry; nil for none
	main    fyne.CanvasObject
	content *fyne.Container
	follow  follower // the page shown in place of the people, or nil
}

// follower is a page that is shown in place of the people: of the recovery, and of
// what is owed at a first sign-in.
type follower interface {
	screen.Screen
	// forget drops what was typed, and the session if there is one.
	forget()
}

// Holder is a page before sign-in that may hold a session or show a secret.
type Holder interface{ Holds() bool }

// Holds implements [Holder].
func (s *signIn) Holds() bool { return s.follow != nil }

// NewSignIn returns the sign-in of a book. The profile last is chosen, if the
// book has it.
func NewSignIn(e *Env, b *store.Book, last store.ProfileID) screen.Screen {
	info := b.Info()
	s := &signIn{e: e, book: b, people: info.Profiles, until: map[store.ProfileID]time.Time{}}
	s.wait = widgets.Countdown{Now: e.Now, After: e.after, Show: s.showWait}
	s.chosen = max(0, slices.IndexFunc(s.people, func(p store.ProfileInfo) bool { return p.ID == last }))

	t := e.Words.T
	s.entry = widgets.NewPasswordEntry(t("common.show"), t("common.hide"))
	s.entry.OnSubmitted = func(string) { s.submit() }
	s.entry.OnArrow = func(step int) { s.choose(s.chosen + step) }
	s.entry.OnEscape = func() {} // there is nowhere to go back to
	s.unlock = newRailButton(widgets.PrimaryButton(t("start.signin.unlock"), s.submit))
	s.says = widgets.Column(0)
	s.says.Hide()

	who := widgets.Column(2,
		widgets.NewText(info.Shop).Sized(widgets.SizeFigure).Bold().In(widgets.ColorRailText).Centre().Cut(),
		onRail(t("start.signin.who")).Centre())
	s.whose, s.named = widgets.NewText("").In(widgets.ColorRailMuted), widgets.Strong("").In(widgets.ColorRailText)
	s.made = widgets.Padded(24, 0, 0, 0, widgets.Centre(widgets.Row(6, s.whose, s.named)))
	s.made.Hide()
	above, below := float32(32), float32(30)
	switch {
	case e.MadeUp:
		above = 14
	case len(s.people) > perRow: // they need the room
		above, below = 18, 18
	}
	s.list = widgets.NewScroll(widgets.Padded(3, 12, 3, 12, s.rows())) // room for the bar
	middle := widgets.Squeeze(perRow*150+24, peopleLeast, s.list,
		widgets.Padded(0, 0, below, 0, who),
		s.standing(),
		s.list,
		s.made,
		widgets.Padded(above, 0, 0, 0, widgets.Narrow(340, widgets.Column(10, s.entry, s.says, s.unlock.all))),
		widgets.Padded(12, 0, 0, 0, widgets.Centre(widgets.Row(2,
			smallOnRail(t("start.signin.forgot")),
			smallOnRail("·"),
			newLink(t("start.signin.kit"), s.askKit)))),
	)
	foot := widgets.Column(2,
		widgets.Centre(widgets.Row(2, newLink(t("start.signin.another"), s.another), smallOnRail("·"), newLink(t("restore.link"), s.restore))),
		onRail(s.where(info)).Sized(widgets.SizeCaption).Centre())
	if line := s.lastBackup(); line != nil {
		foot.Add(line)
	}
	s.main, s.page = groundPage(middle, foot)
	s.content = widgets.Stack(s.main)
	s.mark()
	return s
}

// standing says that the book went back, so that those who cannot sign in know.
func (s *signIn) standing() fyne.CanvasObject {
	err := s.book.Standing()
	if err == nil {
		return widgets.Column(0)
	}
	return widgets.Padded(0, 0, 30, 0, widgets.Narrow(640, widgets.Banner(widgets.Look, "", s.e.Words.Error(err))))
}

// lastBackup says when the book was backed up last, in a warm tone where that is
// long ago; nil on a computer that remembers nothing, and in the made-up shop.
func (s *signIn) lastBackup() fyne.CanvasObject {
	if s.e.MadeUp || s.e.Options.StateDir == "" {
		return nil
	}
	h := s.book.BackupHabits()
	if !h.Stale(s.e.Now()) {
		return onRail(s.e.Words.LastBackup(h)).Sized(widgets.SizeCaption).Centre()
	}
	text := s.e.Words.T("backup.never")
	if !h.Last.IsZero() {
		text = s.e.Words.T("backup.old", words.Data{"When": s.e.Words.Moment(h.Last)})
	}
	return widgets.Padded(6, 0, 0, 0, widgets.Centre(widgets.NewBadge(widgets.Look, text)))
}

// smallOnRail is one line of muted text beside links.
func smallOnRail(s string) fyne.CanvasObject {
	return widgets.Padded(0, 2, 0, 2, widgets.Caption(s).In(widgets.ColorRailMuted))
}

// rows is the cards of the people, wrapped.
func (s *signIn) rows() fyne.CanvasObject {
	gap, most := float32(18), perRow
	many := len(s.people) > perRow
	if many {
		gap, most = 10, perRowOfMany
	}
	rows := widgets.Column(gap)
	for i, p := range s.people {
		c := widgets.NewPersonCard(p.Nickname, func() { s.choose(i); s.toEntry() })
		if many {
			c.Small().Beside = most
		}
		c.OnStep = func(by int) {
			s.choose(s.chosen + by)
			widgets.Focus(s.cards[s.chosen])
		}
		s.cards = append(s.cards, c)
	}
	for from := range slices.Chunk(s.cards, most) {
		row := widgets.Row(gap)
		for _, c := range from {
			row.Add(c)
		}
		rows.Add(widgets.Centre(row))
	}
	return rows
}

// Content implements screen.Screen.
func (s *signIn) Content() fyne.CanvasObject { return s.content }

// Shown implements screen.Screen.
func (s *signIn) Shown() {
	s.listen()
	s.toEntry()
}

// listen takes what is typed anywhere on the page into the entry: a scanner knows
// nothing of where the focus is.
func (s *signIn) listen() {
	take := func(r rune) {
		if !s.busy {
			s.toEntry()
			s.entry.TypedRune(r)
		}
	}
	stop := widgets.TakeStray(take)
	s.e.Canvas.SetOnTypedRune(take)
	s.stray = func() {
		stop()
		s.e.Canvas.SetOnTypedRune(nil)
		s.stray = nil
	}
}

// Leave implements screen.Leaver: nothing that was typed stays, and no session
// that nobody took over.
func (s *signIn) Leave(then func()) {
	s.forget()
	then()
}

// where names the file; the made-up shop's folder is of no interest to anybody.
func (s *signIn) where(info store.Info) string {
	if s.e.MadeUp {
		return filepath.Base(info.Path)
	}
	return info.Path
}

func (s *signIn) forget() {
	if s.stray != nil {
		s.stray()
	}
	s.wait.Halt()
	wipe(s.entry)
	if s.follow != nil {
		s.follow.forget()
		s.follow = nil
	}
}

func (s *signIn) toEntry() { widgets.Focus(s.entry) }

// choose chooses a person; what was typed stays.
func (s *signIn) choose(i int) {
	if s.busy || i < 0 || i >= len(s.people) {
		return
	}
	s.chosen = i
	s.say("")
	s.mark()
	if until, ok := s.until[s.people[i].ID]; ok {
		s.wait.Start(until)
	} else {
		s.wait.Halt()
		s.showUnlock(true)
	}
}

// mark shows who is chosen, and in the made-up shop how they get in.
func (s *signIn) mark() {
	for i, c := range s.cards {
		c.SetChosen(i == s.chosen)
	}
	s.list.Reveal(s.cards[s.chosen])
	s.marked()
	if !s.e.MadeUp {
		return
	}
	name := s.people[s.chosen].Nickname
	s.whose.SetText(s.e.Words.T("start.signin.madeup", words.Data{"Name": name}))
	s.named.SetText(sample.PassphraseOf(name))
	s.made.Hidden = s.named.Text() == ""
	s.content.Refresh()
}

// marked shows who can come back with a PIN, which may end while one looks.
func (s *signIn) marked() {
	t := s.e.Words.T
	s.byPIN = s.book.Resumable()
	for i, c := range s.cards {
		note := ""
		if slices.Contains(s.byPIN, s.people[i].ID) {
			note = t("start.signin.pin")
		}
		c.SetNote(note)
	}
	label := "start.signin.passphrase"
	if s.hasPIN() {
		label = "start.signin.pinOr"
	}
	s.entry.With(t(label))
}

// hasPIN reports whether who is chosen can come back with a PIN.
func (s *signIn) hasPIN() bool { return slices.Contains(s.byPIN, s.people[s.chosen].ID) }

// say says below the entry what is to be done, "" for nothing.
func (s *signIn) say(text string) { s.tell(widgets.Look, text) }

func (s *signIn) fail(err error) { s.tell(screen.Tone(err), s.e.Words.Error(err)) }

func (s *signIn) tell(tone widgets.Tone, text string) {
	s.says.RemoveAll()
	if text != "" {
		s.says.Add(widgets.Banner(tone, "", text))
	}
	s.says.Hidden = text == ""
	s.content.Refresh()
}

func (s *signIn) setBusy(busy bool) {
	s.busy = busy
	if busy {
		s.entry.Disable()
	} else {
		s.entry.Enable()
	}
	s.showUnlock(!busy)
}

// showUnlock shows whether a passphrase can be tried now.
func (s *signIn) showUnlock(usable bool) {
	key := "start.signin.unlock"
	if s.busy {
		key = "start.signin.busy"
	}
	s.unlock.set(s.e.Words.T(key), usable)
}

func (s *signIn) submit() {
	if s.busy || s.scanned() || s.unlock.button.Disabled() {
		return
	}
	who, typed := s.people[s.chosen].ID, s.entry.Text
	if typed == "" {
		word := "start.signin.empty"
		if s.hasPIN() {
			word = "start.signin.emptyPin"
		}
		s.say(s.e.Words.T(word))
		s.toEntry()
		return
	}
	s.say("")
	s.setBusy(true)
	var session *store.Session
	s.e.Run.Run(func(context.Context) (err error) {
		if s.isPIN(typed) {
			session, err = s.book.Resume(who, typed)
		} else {
			session, err = s.book.SignIn(who, store.Passphrase(typed))
		}
		return err
	}, func(err error) {
		s.setBusy(false)
		if err != nil {
			s.refused(who, err)
			return
		}
		s.admit(session, store.Passphrase(typed), false)
	})
}

// scanned takes a badge, whoever is chosen, and reports whether it was one. Nothing
// of it stays in the entry.
func (s *signIn) scanned() bool {
	badge, err := store.ParseBadge(s.entry.Text)
	if errors.Is(err, store.ErrNotBadge) {
		return false
	}
	wipe(s.entry)
	s.toEntry()
	if err != nil {
		s.fail(err)
		return true
	}
	s.say("")
	s.setBusy(true)
	var session *store.Session
	s.e.Run.Run(func(context.Context) (err error) {
		defer badge.Forget()
		session, err = s.book.SignInWithBadge(badge)
		return err
	}, func(err error) {
		s.setBusy(false)
		if err != nil {
			s.toEntry()
			s.fail(err)
			return
		}
		s.admit(session, "", false)
	})
	return true
}

// isPIN reports whether what was typed is the PIN of somebody who can come back
// with one. A passphrase is never so short. It is taken when Enter is pressed, not
// with the last digit, so that a slip of the finger can be mended and the page does
// not tell how many digits there are.
func (s *signIn) isPIN(typed string) bool {
	return s.hasPIN() && !errors.Is(store.CheckPIN(typed), store.ErrPINForm)
}

// admit hands a session on once its profile owes nothing any more: a passphrase of
// its own, and an owner's kit. known is what it signed in with.
func (s *signIn) admit(session *store.Session, known store.Passphrase, kit bool) {
	s.forget()
	again := func(fresh string) { s.admit(session, store.Passphrase(fresh), kit) }
	switch {
	case s.book.Standing() != nil:
		s.showPage(newGoOnPage(s.e, session, func() { s.admit(session, known, kit) }, s.back))
	case session.MustChange():
		key := "own"
		if session.Profile().Role == store.Owner {
			key = "owner"
		}
		s.showPage(newFreshPage(s.e, session, key, func(fresh string, how store.Wait) error {
			return session.ChangePassphrase(string(known), fresh, how)
		}, again, s.back))
	case session.NeedsKit():
		s.showPage(newOwnKit(s.e, session, known, func() { again(string(known)) }, s.back))
	case session.EraseDue():
		s.showPage(newAgainPage(s.e, session, func() { s.e.SignedIn(session, kit) }))
	default:
		s.e.SignedIn(session, kit)
	}
}

// refused says why somebody was not let in. What was typed stays, selected.
func (s *signIn) refused(who store.ProfileID, err error) {
	s.toEntry()
	s.entry.TypedShortcut(selectAll)
	var soon *store.TooSoonError
	if errors.As(err, &soon) {
		s.until[who] = s.e.Now().Add(soon.Wait)
		s.wait.Start(s.until[who])
		return
	}
	s.marked()
	s.fail(err)
}

// showWait shows the delay of the person who is chosen.
func (s *signIn) showWait(left time.Duration) {
	s.showUnlock(left == 0 && !s.busy)
	if left > 0 {
		s.say(s.e.Words.Error(&store.TooSoonError{Wait: left}))
		return
	}
	delete(s.until, s.people[s.chosen].ID)
	s.say("")
}

func (s *signIn) another() {
	if s.busy {
		return
	}
	s.forget()
	s.e.Welcome()
}

func (s *signIn) restore() {
	if s.busy {
		return
	}
	s.forget()
	s.e.Restore(s.book.Info().Path)
}
