package store

// Salvage: what a damaged book still holds, in a new one.

import (
	"context"
	"errors"
	"sync"
	"time"

	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/envelope"
)

var (
	// ErrNothingFound says that a damaged file does not even tell who is in the book.
	// A backup of the same book can.
	ErrNothingFound = errors.New("store: nothing of a book was found")
	// ErrNoRoot says that the owner's signing key was lost with the damage. A backup
	// of the same book has it.
	ErrNoRoot = errors.New("store: the owner's signing key was lost")
	// ErrNotOwner says that something is for owners only.
	ErrNotOwner = errors.New("store: not an owner")
)

// Wreck is a damaged book that was looked through. It is only read.
type Wreck struct {
	v  *vault.Salvage
	o  *Options
	mu sync.Mutex // one salvage at a time, and closing after it
}

// SalvageReport says what came of a salvage.
type SalvageReport struct {
	Path    string
	Areas   []SalvagedArea
	Desks   SalvagedArea  // unsaved work of everybody
	Staff   int           // profiles in the book
	Lost    []ProfileInfo // of these the ones that were lost: they get a new passphrase from an owner
	Entries int           // of the activity log that were kept; 0: it begins anew
	// Current says that the newest state of the book was found. Otherwise the last
	// changes before the damage may be missing without a trace.
	Current bool
	Whole   bool // nothing is missing and nothing in doubt
}

// SalvagedArea says what came of the records of an area. Name is one of AreaWords,
// "" for desks.
type SalvagedArea struct {
	Name    string
	Back    int
	Damaged int  // lost
	Deleted int  // found, but given up by a later change, most likely deleted: not brought back
	Doubt   bool // others may be missing, and what was deleted may have come back
}

// Lacks says that records are missing, or that it is not known which there were.
func (a SalvagedArea) Lacks() bool { return a.Damaged > 0 || a.Doubt }

// OpenWreck looks through a damaged book, and through backups of it that may lend
// what is missing of its table and profiles. ErrNothingFound and ErrBusy say why
// not. Close it.
func OpenWreck(ctx context.Context, path string, with []string, o *Options, progress func(part float64)) (*Wreck, error) {
	o = o.orDefault()
	v, err := vault.OpenSalvage(ctx, path, with, o.least(), progress)
	if err != nil {
		return nil, o.busy(path, explain(err))
	}
	return &Wreck{v: v, o: o}, nil
}

// Info is what anybody sees of the book, as far as it was found.
func (w *Wreck) Info() Info {
	i := Info{Path: w.v.Path(), Shop: w.v.Shop()}
	for _, m := range w.v.Members() {
		i.Profiles = append(i.Profiles, ProfileInfo{ID: m.ID, Nickname: m.Nickname})
	}
	return i
}

// Close gives the files back.
func (w *Wreck) Close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.v.Close()
}

// Salvage makes a book at path, where no file may be, of everything that is
// genuine. It is the same book: its id, its keys, its staff with their secrets, and
// its activity log where that is whole. owner is whose secret it is; the zero
// ProfileID is whoever's it is, and takes longer to find out. ErrWrongPassphrase,
// ErrWrongKit, ErrNotOwner and ErrNoRoot say why not; nothing is made then, and it
// can be tried again.
//
// Invoices may be lost, so that the book counts as one that was restored from a
// backup: an owner says how numbers go on before the next one is given.
func (w *Wreck) Salvage(ctx context.Context, owner ProfileID, secret Secret, path string, progress func(part float64)) (SalvageReport, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	err := w.v.Unlock(vault.ID(owner), secret.secret())
	switch {
	case errors.Is(err, vault.ErrSecret), errors.Is(err, vault.ErrNoProfile) && owner == ProfileID{}:
		if _, ok := secret.(*Kit); ok {
			return SalvageReport{}, ErrWrongKit
		}
		return SalvageReport{}, ErrWrongPassphrase
	case errors.Is(err, vault.ErrNoWrite):
		return SalvageReport{}, ErrNotOwner
	case err != nil:
		return SalvageReport{}, explain(err)
	}
	now := w.o.Now()
	made := map[vault.Area]vault.Area{areaContactsIndex: areaContacts, areaInvoicesIndex: areaInvoices}
	r, err := w.v.Write(ctx, path, made, func(r vault.Salvaged) ([]byte, error) { return salvageEvent(r, now) }, progress)
	if err != nil {
		return SalvageReport{}, explain(err)
	}
	return w.report(r, path), nil
}

func salvageEvent(r vault.Salvaged, now time.Time) ([]byte, error) {
	lost := 0
	for _, a := range r.Areas {
		lost += a.Damaged
	}
	return envelope.Marshal(eventRecord{At: now.Unix(), Kind: BookSalvaged, Count: lost})
}

func (w *Wreck) report(r vault.Salvaged, path string) SalvageReport {
	out := SalvageReport{Path: path, Staff: r.Members, Entries: int(r.Entries), Current: r.Current, Whole: r.Whole}
	for _, a := range r.Areas {
		line := SalvagedArea{Name: areaWords[a.Area], Back: a.Back, Damaged: a.Damaged, Deleted: a.Deleted, Doubt: a.Doubt}
		switch {
		case a.Desk:
			d := &out.Desks
			d.Back, d.Damaged, d.Deleted, d.Doubt = d.Back+a.Back, d.Damaged+a.Damaged, d.Deleted+a.Deleted, d.Doubt || a.Doubt
		case a.Area == areaContactsIndex, a.Area == areaInvoicesIndex, a.Area == areaActivity:
		case a.Area == areaOwnership:
		default:
			out.Areas = append(out.Areas, line)
		}
	}
	for _, id := range r.Lost {
		out.Lost = append(out.Lost, ProfileInfo{ID: id, Nickname: w.v.Nickname(id)})
	}
	return out
}
