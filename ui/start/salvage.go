package start

// Salvaging a damaged book: the file is looked through, an owner says who they are
// and where the new book goes, and the report says what came back.

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

const (
	keyNewBook = "NewBook"
	keySecret  = "Secret"
)

type salvage struct {
	e     *Env
	path  string
	back  func()
	with  []string     // backups that lend what is missing
	wreck *store.Wreck // of the file and of these; nil until it was looked through
	left  bool         // the page was left: what still ends is dropped

	who      store.ProfileID // the owner that was chosen
	owner    *widgets.Select
	secret   *widgets.PasswordEntry
	to       *widgets.Entry
	form     *widgets.Form
	says     *fyne.Container
	asking   fyne.CanvasObject // the page with the form; nil before the first
	progress *widgets.Progress
	cancel   func()
	inside   *fyne.Container
}

// NewSalvage returns the pages that put what the book at a path still holds into a
// new one; back leads to where one came from.
func NewSalvage(e *Env, path string, back func()) screen.Screen {
	return &salvage{e: e, path: path, back: back, cancel: func() {}, inside: widgets.Stack()}
}

// Content implements screen.Screen.
func (s *salvage) Content() fyne.CanvasObject { return s.inside }

// Shown implements screen.Screen.
func (s *salvage) Shown() { s.look("") }

// Leave implements screen.Leaver.
func (s *salvage) Leave(then func()) {
	s.left = true
	s.cancel()
	s.forget()
	s.drop()
	then()
}

func (s *salvage) forget() {
	if s.secret != nil {
		wipe(s.secret)
	}
}

func (s *salvage) drop() {
	if s.wreck != nil {
		go s.wreck.Close() // it waits for what still runs
		s.wreck = nil
	}
}

func (s *salvage) show(o fyne.CanvasObject) {
	s.inside.Objects = []fyne.CanvasObject{ground(o, widgets.Spacer())}
	s.inside.Refresh()
}

// work runs slow work with a progress that can be cancelled.
func (s *salvage) work(title string, job func(ctx context.Context, progress func(float64)) error, done func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	s.progress = widgets.NewProgress(title, s.e.Words.T("common.cancel"), cancel)
	bar, shown := s.progress, -1
	bar.Set(0, s.e.Words.T("start.salvage.part", words.Data{"Percent": 0}))
	s.show(card(440, bar))
	bar.Focus()
	s.e.Run.Run(func(outer context.Context) error {
		defer context.AfterFunc(outer, cancel)()
		err := job(ctx, func(part float64) {
			if now := int(part * 100); now > shown {
				shown = now
				fyne.Do(func() { bar.Set(part, s.e.Words.T("start.salvage.part", words.Data{"Percent": now})) })
			}
		})
		if err != nil && ctx.Err() != nil { // whatever else is wrong, who stopped it knows why
			return ctx.Err()
		}
		return err
	}, func(err error) {
		cancel()
		done(err)
	})
}

// look looks through the file and the backups, with one more unless it is "". Where
// that fails everything is as it was before.
func (s *salvage) look(more string) {
	name, with := s.path, s.with
	if more != "" {
		name, with = more, append(slices.Clone(with), more)
	}
	var found *store.Wreck
	s.work(s.e.Words.T("start.salvage.looking", words.Data{"Name": bookName(name)}), func(ctx context.Context, progress func(float64)) (err error) {
		found, err = store.OpenWreck(ctx, s.path, with, s.e.Options, progress)
		return err
	}, func(err error) {
		switch {
		case s.left:
			if err == nil {
				found.Close()
			}
		case err == nil:
			s.drop()
			s.wreck, s.with = found, with
			s.ask()
		case s.wreck != nil:
			s.again()
			if !errors.Is(err, context.Canceled) {
				s.say(s.unread(more), s.why(err), s.retry(more, err)...)
			}
		case errors.Is(err, context.Canceled) && more == "":
			s.back()
		default:
			s.nothing(more, err)
		}
	})
}

// unread says which backup lends nothing; "" where it is the file itself.
func (s *salvage) unread(more string) string {
	if more == "" {
		return ""
	}
	return s.e.Words.T("start.salvage.unread", words.Data{"Name": filepath.Base(more)})
}

// why says why a file could not be looked through.
func (s *salvage) why(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return s.e.Words.T("start.salvage.unreadable")
	case errors.Is(err, fs.ErrNotExist):
		return s.e.Words.T("restore.missing")
	}
	return s.e.Words.Error(err)
}

// retry is the button that looks once more, as after a stick was put back, where
// that can help.
func (s *salvage) retry(more string, err error) []*widgets.Button {
	if errors.Is(err, store.ErrNothingFound) || errors.Is(err, store.ErrNotBook) {
		return nil
	}
	return []*widgets.Button{widgets.NewButton(s.e.Words.T("common.try again"), func() { s.look(more) })}
}

// nothing says why nothing can be salvaged, and takes a backup.
func (s *salvage) nothing(more string, err error) {
	t := s.e.Words.T
	add := widgets.PrimaryButton(t("start.salvage.add"), s.add)
	ways := widgets.Row(8, widgets.NewButton(t("common.back"), s.back), widgets.Spacer())
	for _, b := range s.retry(more, err) {
		ways.Add(b)
	}
	ways.Add(add)
	page := widgets.Column(16, widgets.Title(t("start.salvage.nothing")))
	if name := s.unread(more); name != "" {
		page.Add(widgets.Strong(name).Wrap())
	}
	page.Add(widgets.Paragraph(s.why(err)))
	page.Add(ways)
	s.show(card(560, page))
	widgets.Focus(add)
}

// add looks through a backup, too.
func (s *salvage) add() {
	s.e.Files.AskOpen([]string{Ending, store.BackupEnding}, s.look)
}

// ask asks for an owner and for the new file. What was typed before a backup was
// added stays.
func (s *salvage) ask() {
	t, info := s.e.Words.T, s.wreck.Info()
	var names []string
	chosen := 0
	for i, p := range info.Profiles {
		names = append(names, p.Nickname)
		if p.ID == s.who {
			chosen = i
		}
	}
	s.owner = widgets.NewSelect(names, func(i int) {
		s.who = info.Profiles[i].ID
		s.form.ClearProblems()
	})
	s.owner.SetIndex(chosen)
	typed := ""
	if s.secret != nil {
		typed = s.secret.Text
		wipe(s.secret)
	}
	s.secret = widgets.NewPasswordEntry(t("common.show"), t("common.hide"))
	s.secret.OnEscape = s.back
	was := ""
	if s.to != nil {
		was = s.to.Text
	}
	s.to = widgets.NewEntry()
	s.to.OnEscape = s.back
	if was == "" {
		was = propose(filepath.Dir(s.path), bookName(s.path)+" "+t("start.salvage.suffix"))
	}
	s.form = widgets.NewForm(1,
		widgets.NewField(keyOwner, t("start.salvage.owner"), s.owner),
		widgets.NewField(keySecret, t("start.salvage.secret"), s.secret).Hint(t("start.salvage.secret.hint")),
		widgets.NewField(keyNewBook, t("start.salvage.to"), s.to).Hint(t("start.salvage.to.hint")))
	s.form.OnSubmit = s.submit
	s.says = widgets.Column(0)
	s.says.Hide()
	lent := t("start.salvage.with.none")
	if len(s.with) > 0 {
		lent = s.e.Words.N("start.salvage.with", len(s.with))
	}
	s.asking = card(560,
		widgets.Title(t("start.salvage.title", words.Data{"Shop": info.Shop})),
		widgets.Paragraph(t("start.salvage.text")),
		s.says,
		widgets.Column(8, s.form, widgets.Row(8, widgets.NewButton(t("start.salvage.change"), s.change), widgets.Spacer())),
		widgets.Row(12, widgets.Grow(widgets.Caption(lent).Wrap()), widgets.NewButton(t("start.salvage.add"), s.add)),
		widgets.Row(8, widgets.NewButton(t("common.back"), s.back), widgets.Spacer(), widgets.PrimaryButton(t("start.salvage.go"), s.submit)),
	)
	put(s.secret, typed)
	put(s.to, was)
	s.to.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd}) // the name is at the end
	s.again()
}

// again shows the form as it was left.
func (s *salvage) again() {
	s.say("", "")
	s.show(s.asking)
	widgets.Focus(s.secret)
}

// say says above the form what went wrong, nothing for two empty texts.
func (s *salvage) say(bold, text string, ways ...*widgets.Button) {
	s.says.RemoveAll()
	if s.says.Hidden = bold+text == ""; !s.says.Hidden {
		s.says.Add(widgets.Banner(widgets.Bad, bold, text, ways...))
	}
	s.inside.Refresh()
}

func (s *salvage) change() {
	s.e.Files.AskSave(filepath.Base(s.to.Text), func(path string) {
		put(s.to, withEnding(path))
		widgets.Focus(s.to)
	})
}

// submit makes the new book.
func (s *salvage) submit() {
	t := s.e.Words.T
	s.say("", "")
	s.form.ClearProblems()
	to := strings.TrimSpace(s.to.Text)
	switch {
	case s.secret.Text == "":
		s.wrong(keySecret, t("start.salvage.secret.empty"))
		return
	case to == "":
		s.wrong(keyNewBook, t("start.setup.where.empty"))
		return
	case !filepath.IsAbs(to):
		to = filepath.Join(filepath.Dir(s.path), to)
	}
	to = withEnding(to)
	put(s.to, to)
	if _, err := os.Lstat(to); err == nil {
		s.wrong(keyNewBook, s.e.Words.Error(store.ErrExists))
		return
	}
	var secret store.Secret = store.Passphrase(s.secret.Text)
	if kit, err := store.ParseKit(s.secret.Text); err == nil {
		secret = kit
	}
	owner := s.wreck.Info().Profiles[s.owner.Index()].ID
	wreck := s.wreck
	var r store.SalvageReport
	s.work(t("start.salvage.working"), func(ctx context.Context, progress func(float64)) (err error) {
		r, err = wreck.Salvage(ctx, owner, secret, to, progress)
		return err
	}, func(err error) {
		if s.left {
			return
		}
		if err == nil {
			s.forget()
			s.drop()
			s.report(r)
			return
		}
		s.again()
		s.refused(err)
	})
}

// refused says under a field what is wrong, or above all of them; what was typed is
// still there.
func (s *salvage) refused(err error) {
	w, place := s.e.Words, s.e.noPlace(s.to.Text, err)
	switch {
	case errors.Is(err, context.Canceled):
	case errors.Is(err, store.ErrWrongPassphrase), errors.Is(err, store.ErrWrongKit):
		s.wrong(keySecret, w.Error(err))
	case errors.Is(err, store.ErrNotOwner), errors.Is(err, store.ErrNoProfile):
		s.wrong(keyOwner, w.Error(err))
	case place != "":
		s.wrong(keyNewBook, place)
	default:
		s.say("", w.Error(err))
	}
}

func (s *salvage) wrong(field, text string) {
	s.form.SetProblem(field, text)
	s.form.FocusProblem()
}

// report says what came back.
func (s *salvage) report(r store.SalvageReport) {
	t := s.e.Words.T
	open := widgets.PrimaryButton(t("start.salvage.open"), func() { s.e.Open(r.Path) })
	lines := widgets.Column(6)
	for _, line := range s.e.Words.Salvaged(r) {
		lines.Add(widgets.NewText(line).Wrap())
	}
	tone, bold := widgets.Good, t("start.salvage.whole")
	switch {
	case r.Whole:
	case slices.ContainsFunc(r.Areas, store.SalvagedArea.Lacks) || r.Desks.Lacks() || len(r.Lost) > 0 || r.Current:
		tone, bold = widgets.Look, t("start.salvage.part.only")
	default:
		tone, bold = widgets.Look, t("start.salvage.notSure")
	}
	s.show(card(620,
		widgets.Title(t("start.salvage.done")),
		widgets.Banner(tone, bold, t("start.salvage.keep", words.Data{"Name": filepath.Base(s.path)})),
		lines,
		widgets.Caption(t("start.salvage.numbers")).Wrap(),
		widgets.Row(8, widgets.Spacer(), open),
	))
	widgets.Focus(open)
}
