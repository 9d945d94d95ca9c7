package store

// Books: made, opened, signed in to.

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/keys"
)

// KDF is the cost of turning a passphrase into a key.
type KDF = keys.Params

// CheapKDF is for tests. A book made with it protects nothing.
var CheapKDF = keys.Cheap

// Options are what a book needs of its surroundings. The zero Options are fine
// for everything but issuing invoices, which needs Typeset.
type Options struct {
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Awake is a clock that stands still while the computer sleeps; nil is the
	// function Awake, and one that never slept where Now is given.
	Awake func() time.Duration
	// KDF replaces the cost of key derivation. THIS IS UNSAFE outside tests.
	KDF *KDF
	// Typeset sets a document on pages. Issue stores what it returns.
	Typeset func(invoice.Document, Shop) ([]paper.Page, error)
	// StateDir is the folder in which this computer remembers what it saw of books,
	// to notice one that went back; "" for none. It holds nobody's data.
	StateDir string
}

func (o *Options) orDefault() *Options {
	out := Options{}
	if o != nil {
		out = *o
	}
	switch {
	case out.Now == nil:
		out.Now = time.Now
		if out.Awake == nil {
			out.Awake = Awake
		}
	case out.Awake == nil:
		first := out.Now()
		out.Awake = func() time.Duration { return out.Now().Round(0).Sub(first.Round(0)) }
	}
	return &out
}

func (o *Options) least() KDF {
	if o.KDF != nil {
		return *o.KDF
	}
	return KDF{}
}

func (o *Options) cost(r Role) KDF {
	switch {
	case o.KDF != nil:
		return *o.KDF
	case r == Owner:
		return keys.Owner
	}
	return keys.Staff
}

// Book is an open book, locked.
type Book struct {
	file *vault.File
	o    *Options

	signingIn sync.Mutex
	// onErased is told after customers were erased, before it is said that they are;
	// nil for nobody.
	onErased func(*Session) error

	mu     sync.Mutex // guards what follows
	tries  map[ProfileID]tries
	habits *BackupHabits // nil until they were read
	away   map[ProfileID]*paused
}

// tries counts wrong secrets of a profile since the last right one.
type tries struct {
	wrong int
	at    time.Time     // of the last one
	wait  time.Duration // after it, during which no secret is looked at
}

// NewProfile is what is needed to make a profile.
type NewProfile struct {
	Nickname   string // shown on the sign-in screen, in clear
	Role       Role
	Without    []Right // rights of the role that are taken away
	Passphrase string
	// Chosen says that the profile itself chose the passphrase. Otherwise it must
	// choose its own before it may do anything.
	Chosen bool
}

// Create makes a book at path, where no file may be, and leaves it locked. The
// kit must have been confirmed: without it a forgotten passphrase would be the
// end of everything in the book. fields, if any, is what the shop collects of its
// customers from the first one on.
func Create(path string, kit *Kit, shop Shop, owner NewProfile, o *Options, fields ...Fields) (*Book, error) {
	o = o.orDefault()
	if kit == nil || !kit.confirmed {
		return nil, ErrKitNotConfirmed
	}
	owner.Role, owner.Without = Owner, nil
	if err := checkNewProfile(owner, o); err != nil {
		return nil, err
	}
	shop = shop.tidy()
	if p := shop.check(); len(p) > 0 {
		return nil, p
	}
	for _, f := range fields {
		if p := f.check(f); len(p) > 0 {
			return nil, p
		}
	}
	label, err := encodeLabel(owner.Role, nil)
	if err != nil {
		return nil, err
	}
	plan := vault.Plan{
		Shop: shop.Name, Areas: sharedAreas[2:], Cost: o.cost(Owner), Least: o.least(),
		Owner:   vault.Member{Nickname: owner.Nickname, Label: label},
		Secrets: []keys.Secret{Passphrase(owner.Passphrase).secret(), kit.secret()},
		First: func(s *vault.Session) error {
			b := &Book{o: o}
			return b.newSession(s).first(shop, fields)
		},
	}
	f, err := vault.Create(path, plan)
	switch err = explain(err); {
	case errors.Is(err, ErrUncertain): // of a file that never got its name and is gone
		return nil, ErrDisk
	case err != nil:
		return nil, err
	}
	return remembered(f, o)
}

// remembered is a book that was just opened or made, compared with what this
// computer saw of it.
func remembered(f *vault.File, o *Options) (*Book, error) {
	if err := f.Remember(o.StateDir, o.Now); err != nil {
		f.Close()
		return nil, explain(err)
	}
	return newBook(f, o), nil
}

// Open opens the book at path, locked. It never creates a file. ErrNotBook,
// ErrDamaged, ErrBusy, ErrNewer and ErrOldFormat say why it refused; the file is then as it was.
// A book that went back opens all the same: ask Standing.
func Open(path string, o *Options) (*Book, error) {
	o = o.orDefault()
	if isBackup(path) {
		return nil, ErrBackup
	}
	f, err := vault.Open(path, o.least())
	if err != nil {
		return nil, o.busy(path, explain(err))
	}
	return remembered(f, o)
}

func newBook(f *vault.File, o *Options) *Book {
	o.hold(f.Path())
	b := &Book{file: f, o: o, tries: map[ProfileID]tries{}, away: map[ProfileID]*paused{}}
	b.onErased = func(s *Session) error {
		b.mirror(s, b.BackupHabits().Dir)
		return nil
	}
	return b
}

// Close gives the file back, and ends what a PIN could open. Close sessions first.
func (b *Book) Close() error {
	b.DropPaused()
	b.o.letGo(b.file.Path())
	return explain(b.file.Close())
}

// Info is what anybody sees of a book.
type Info struct {
	Path     string
	Shop     string
	Profiles []ProfileInfo
}

// ProfileInfo is a profile on the sign-in screen.
type ProfileInfo struct {
	ID       ProfileID
	Nickname string
}

// Info says what stands in clear.
func (b *Book) Info() Info {
	i := Info{Path: b.file.Path(), Shop: b.file.Shop()}
	for _, m := range b.file.Members() {
		i.Profiles = append(i.Profiles, ProfileInfo{ID: m.ID, Nickname: m.Nickname})
	}
	return i
}

// Secret is what a person has to prove who they are: a Passphrase, a
// Kit or a Badge.
type Secret interface{ secret() keys.Secret }

// Passphrase is a secret somebody remembers.
type Passphrase string

func (p Passphrase) secret() keys.Secret {
	return keys.Secret{Kind: keys.PassphraseSlot, Material: []byte(p)}
}

// SignIn opens a profile. After a wrong secret the next try has to wait, each
// time longer: TooSoonError. On a book with a Standing only an owner gets in;
// others get the Standing as the error. A badge is no step-up. It takes as long as the key derivation costs, so
// call it off the screen's goroutine.
func (b *Book) SignIn(p ProfileID, secret Secret) (*Session, error) {
	v, wrong, err := b.unlock(p, secret)
	if err != nil {
		return nil, err
	}
	s := b.newSession(v)
	kind, proves := SignedIn, true
	switch secret.(type) {
	case *Kit:
		kind, s.byKit = SignedInWithKit, true
	case *Badge:
		kind, proves = SignedInWithBadge, false
	}
	if err := s.begin(kind, wrong); err != nil {
		s.Close()
		return nil, err
	}
	if proves {
		s.proved()
	}
	s.full = b.o.moment()
	b.drop(p) // nobody is signed in twice
	return s, nil
}

// begin logs the sign-in. On a book with a Standing an owner comes in all the
// same, to read and to go on; that is logged once it does.
func (s *Session) begin(kind EventKind, wrong int) error {
	enter := func() error {
		err := s.signedIn(kind, wrong)
		s.book.file.Settle()
		return err
	}
	standing := s.book.Standing()
	if standing == nil {
		return enter()
	}
	if l, err := decodeLabel(s.v.Label()); err != nil || l.Role != Owner {
		return standing
	}
	s.enter = enter
	return nil
}

// SignInWithKit finds the owner whose kit it is and signs in. A kit that is
// nobody's counts as a wrong try of the first profile that has one.
func (b *Book) SignInWithKit(k *Kit) (*Session, error) {
	all := b.Info().Profiles
	for _, p := range all {
		if b.file.Fits(vault.ID(p.ID), k.secret()) {
			return b.SignIn(p.ID, k)
		}
	}
	for _, p := range all {
		if _, err := b.SignIn(p.ID, k); !errors.Is(err, ErrNoProfile) {
			return nil, err
		}
	}
	return nil, ErrWrongKit
}

// Forgets is why this computer could not keep what it saw of the book last in
// Options.StateDir, so that an older copy would not be noticed here; nil where it
// could.
func (b *Book) Forgets() error { return explain(b.file.Forgets()) }

// OnRights has f called after each change of profiles and their rights, on the
// goroutine that made it; nil ends it.
func (b *Book) OnRights(f func()) { b.file.Watch(f) }

const maxWait = 5 * time.Minute

func (b *Book) wait(p ProfileID) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	t, now := b.tries[p], b.o.Now()
	if now.Before(t.at) {
		return 0 // the clock was set back; nobody is locked out for that
	}
	return t.at.Add(t.wait).Sub(now)
}

func (b *Book) wrong(p ProfileID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t := b.tries[p]
	t.wrong++
	t.at, t.wait = b.o.Now(), min(time.Second<<min(t.wrong-1, 20), maxWait)
	b.tries[p] = t
}

// Report says what Check found.
type Report = vault.Report

// Check reads a book, or a backup, without a secret and without changing it.
func Check(path string) (Report, error) {
	if isBackup(path) {
		if _, err := VerifyBackup(context.Background(), path, nil); err != nil {
			return Report{}, err
		}
	}
	r, err := vault.Check(path)
	return r, explain(err)
}

// Compact writes a closed book anew, without the room that changes and imports
// leave behind: saving then writes less. After any error the book is as it was.
func Compact(path string) error { return explain(vault.Compact(path)) }

// maxNickname is how long a nickname may be, in characters.
const maxNickname = 60

func checkNewProfile(p NewProfile, o *Options) error {
	if err := checkProfile(p.Nickname, p.Role, p.Without); err != nil {
		return err
	}
	return o.checkPassphrase(p.Passphrase)
}

// checkProfile wants a name for the tile, a role, and an owner to be one whole.
func checkProfile(nickname string, r Role, without []Right) error {
	var p problems
	p.require("Nickname", strings.TrimSpace(nickname), maxNickname)
	if !slices.Contains(Roles(), r) {
		p.add("Role", "missing")
	}
	if r == Owner && len(without) > 0 {
		p.add("Without", "owner")
	}
	if len(p) > 0 {
		return invoice.Problems(p)
	}
	return nil
}

// checkPassphrase refuses what is too easy to guess.
func (o *Options) checkPassphrase(p string) error {
	if p == "" || o.KDF == nil && !MeasurePassphrase(p).Enough {
		return ErrWeak
	}
	return nil
}
