package start

// Salvaging a damaged book: the file is looked through, an owner says who they are
// and where the new book goes, and the report says what came back.

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
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
	with  []string     // backups that may lend what is missing
	wreck *store.Wreck // nil until it was looked through
	left  bool         // the page was left: what still ends is dropped

	who      store.ProfileID // the owner that was chosen
	owner    *widgets.Select
	secret   *widgets.PasswordEntry
	to       *widgets.Entry
	form     *widgets.Form
	goOn     *widgets.Button
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
func (s *salvage) Shown() { s.look() }

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
		return job(ctx, func(part float64) {
			if now := int(part * 100); now > shown {
				shown = now
				fyne.Do(func() { bar.Set(part, s.e.Words.T("start.salvage.part", words.Data{"Percent": now})) })
			}
		})
	}, func(err error) {
		cancel()
		done(err)
	})
}

// look looks through the file and the backups.
func (s *salvage) look() {
	s.drop()
	var found *store.Wreck
	s.work(s.e.Words.T("start.salvage.looking", words.Data{"Name": bookName(s.path)}), func(ctx context.Context, progress func(float64)) (err error) {
		found, err = store.OpenWreck(ctx, s.path, s.with, s.e.Options, progress)
		return err
	}, func(err error) {
		switch {
		case s.left:
			if err == nil {
				found.Close()
			}
		case err != nil:
			s.nothing(err)
		default:
			s.wreck = found
			s.ask()
		}
	})
}

// nothing says why nothing can be salvaged, and takes a backup.
func (s *salvage) nothing(err error) {
	t := s.e.Words.T
	if errors.Is(err, context.Canceled) {
		s.back()
		return
	}
	add := widgets.PrimaryButton(t("start.salvage.add"), s.add)
	s.show(card(560,
		widgets.Title(t("start.salvage.nothing")),
		widgets.Paragraph(s.e.Words.Error(err)),
		widgets.Row(8, widgets.NewButton(t("common.back"), s.back), widgets.Spacer(), add),
	))
	widgets.Focus(add)
}

// add looks through a backup, too.
func (s *salvage) add() {
	s.e.Files.AskOpen([]string{Ending, store.BackupEnding}, func(path string) {
		s.with = append(s.with, path)
		s.look()
	})
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
		widgets.NewField(keyNewBook, t("start.salvage.to"), s.to).Hint(t("start.salvage.to.hint")),
		widgets.NewField(keySecret, t("start.salvage.secret"), s.secret).Hint(t("start.salvage.secret.hint")))
	s.form.OnSubmit = s.submit
	s.goOn = widgets.PrimaryButton(t("start.salvage.go"), s.submit)
	lent := t("start.salvage.with.none")
	if len(s.with) > 0 {
		lent = s.e.Words.N("start.salvage.with", len(s.with))
	}
	s.show(card(560,
		widgets.Title(t("start.salvage.title", words.Data{"Shop": info.Shop})),
		widgets.Paragraph(t("start.salvage.text")),
		s.form,
		widgets.Row(8, widgets.NewButton(t("start.salvage.change"), s.change), widgets.NewButton(t("start.salvage.add"), s.add),
			widgets.Grow(widgets.Caption(lent).Wrap())),
		widgets.Row(8, widgets.NewButton(t("common.back"), s.back), widgets.Spacer(), s.goOn),
	))
	put(s.secret, typed)
	put(s.to, was)
	s.to.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd}) // the name is at the end
	widgets.Focus(s.secret)
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
	form, wreck := s.inside.Objects, s.wreck
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
		s.inside.Objects = form
		s.inside.Refresh()
		s.refused(err)
	})
}

// refused says under a field what is wrong; what was typed is still there.
func (s *salvage) refused(err error) {
	w := s.e.Words
	var at *fs.PathError
	switch {
	case errors.Is(err, context.Canceled):
		widgets.Focus(s.secret)
	case errors.Is(err, store.ErrWrongPassphrase), errors.Is(err, store.ErrWrongKit):
		s.wrong(keySecret, w.Error(err))
	case errors.Is(err, store.ErrNotOwner), errors.Is(err, store.ErrNoProfile):
		s.wrong(keyOwner, w.Error(err))
	case errors.Is(err, store.ErrExists), errors.Is(err, store.ErrNetwork), errors.Is(store.OfDisk(err), store.ErrFull),
		errors.Is(store.OfDisk(err), store.ErrReadOnly):
		s.wrong(keyNewBook, w.Error(err))
	case errors.Is(err, fs.ErrNotExist):
		s.wrong(keyNewBook, w.T("start.setup.where.nofolder", words.Data{"Folder": filepath.Dir(s.to.Text)}))
	case errors.As(err, &at):
		s.wrong(keyNewBook, w.T("start.setup.where.unwritable", words.Data{"Folder": filepath.Dir(s.to.Text)}))
	default:
		s.e.Fail(err)
		widgets.Focus(s.secret)
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
	if !r.Whole {
		tone, bold = widgets.Look, t("start.salvage.part.only")
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
