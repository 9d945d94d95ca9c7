//go:build unix

package torture

// What a writer said, and what must be found of it afterwards.

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"counterbook/store"
	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/keys"
)

// said is what a writer acknowledged.
type said struct {
	customers, notes, drafts []store.ID
	numbers                  map[store.ID]string
	begun, changed           bool   // the passphrase
	backup                   string // name of the last one
	backedUp                 *said  // what had been said before it
	disabled                 bool
	erasing                  store.ID
	erased                   bool
	restoring, restored      bool
	created                  bool
	failed                   []string
	err                      string
}

func hear(text string) (s said, err error) {
	s.numbers = map[store.ID]string{}
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		kind, rest, _ := strings.Cut(lines.Text(), " ")
		field, number, _ := strings.Cut(rest, " ")
		var id store.ID
		switch kind {
		case "customer", "note", "draft", "invoice", "erasing", "erased":
			if id, err = store.ParseID(field); err != nil {
				return s, err
			}
		}
		switch kind {
		case "customer":
			s.customers = append(s.customers, id)
		case "note":
			s.notes = append(s.notes, id)
		case "draft":
			s.drafts = append(s.drafts, id)
		case "invoice":
			s.numbers[id] = number
		case "passphrase":
			s.begun, s.changed = true, rest == "changed"
		case "created":
			s.created = true
		case "backup":
			s.backup = rest
			before := s
			before.numbers = maps.Clone(s.numbers)
			s.backedUp = &before
		case "restore":
			s.restoring, s.restored = true, rest == "done"
		case "disabled":
			s.disabled = true
		case "erasing", "erased": // from the first on it may be gone, from the second it is
			s.erasing, s.erased = id, kind == "erased"
			other := func(o store.ID) bool { return o == id }
			s.customers, s.notes = slices.DeleteFunc(s.customers, other), slices.DeleteFunc(s.notes, other)
		case "compacted":
		case "failed":
			s.failed = append(s.failed, rest)
		case "error":
			s.err = rest
		default:
			return s, fmt.Errorf("the writer said %q", lines.Text())
		}
	}
	return s, lines.Err()
}

// state is what a book held before a writer worked on it, and how often one was
// ended in the middle of its work, each time perhaps before it said what it did.
type state struct{ Customers, Drafts, Invoices, Spare int }

// left looks at what a writer left. A book that may have been restored is the one
// of before, or that of the backup with the one of before beside it.
func (s said) left(path string, before state) error {
	if !s.restoring {
		return s.holds(path, before)
	}
	b, err := store.Open(path, seeing(path))
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	standing := b.Standing()
	if err := b.Close(); err != nil {
		return err
	}
	if standing == nil {
		if s.restored {
			return errors.New("it was not restored")
		}
		return s.holds(path, before)
	}
	was := *s.backedUp
	if err := reopened(path, seeing(path), func(t till) error { return was.found(t, before) }); err != nil {
		return fmt.Errorf("restored: %w", err)
	}
	if err := verified(path, ownerPass); err != nil {
		return fmt.Errorf("restored: %w", err)
	}
	aside, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*before*"))
	if err != nil || len(aside) != 1 {
		return fmt.Errorf("beside the restored book are %d of before", len(aside))
	}
	return s.holds(aside[0], before)
}

// holds opens a book after what happened, and says what is wrong with it: it must
// hold what was acknowledged, at most one thing more, and be whole. Then it is
// written to.
func (s said) holds(path string, before state) error {
	tries := []string{ownerPass, newPass}
	switch {
	case s.changed:
		tries = tries[1:]
	case !s.begun:
		tries = tries[:1]
	}
	var err error
	for _, pass := range tries {
		err = reopenedWith(path, pass, seeing(path), func(t till) error {
			if err := t.Book().Standing(); err != nil {
				return fmt.Errorf("remembered otherwise: %w", err)
			}
			if err := s.found(t, before); err != nil {
				return err
			}
			if in := len(t.Book().Info().Profiles); s.disabled && in != 1 {
				return fmt.Errorf("%d profiles", in)
			}
			return t.serve("Afterwards")
		})
		if !errors.Is(err, store.ErrWrongPassphrase) {
			if err == nil {
				err = verified(path, pass)
			}
			return errors.Join(err, s.backups(filepath.Join(filepath.Dir(path), backups)))
		}
	}
	return err
}

// backups wants every backup that has its name to be good, and the last one that
// was said to be made to be there, or a later one.
func (s said) backups(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		if s.backup == "" {
			return nil
		}
		return err
	}
	last := ""
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || !strings.HasSuffix(e.Name(), store.BackupEnding) {
			continue // not finished, or what lies beside backups
		}
		if _, err := store.VerifyBackup(context.Background(), filepath.Join(dir, e.Name()), nil); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
		last = max(last, e.Name())
	}
	if last < s.backup {
		return fmt.Errorf("backup %q is gone", s.backup)
	}
	return nil
}

func (s said) found(t till, before state) error {
	for _, id := range s.customers {
		if _, err := t.cs.Get(id); err != nil {
			return fmt.Errorf("customer: %w", err)
		}
	}
	if _, err := t.cs.Get(s.erasing); s.erased && !errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("erased: %w", err)
	}
	for _, id := range s.notes {
		if list, err := t.ns.Of(id); err != nil || len(list) != 1 {
			return fmt.Errorf("%d notes: %w", len(list), err)
		}
	}
	for _, id := range s.drafts {
		doc, issued, err := t.is.Issued(id)
		if err != nil {
			return fmt.Errorf("issued: %w", err)
		}
		if want := s.numbers[id]; want != "" && (!issued || doc.Number != want) {
			return fmt.Errorf("invoice %s is %q", want, doc.Number)
		}
		if issued {
			continue
		}
		if _, err := t.ds.Get(id); err != nil {
			return fmt.Errorf("draft: %w", err)
		}
	}
	return s.noMore(t, before)
}

// noMore compares how many records there are, and that numbers run without a gap.
func (s said) noMore(t till, before state) error {
	n, err := t.cs.Count()
	if err != nil {
		return err
	}
	rows, err := t.is.List("")
	if err != nil {
		return err
	}
	drafts, err := t.ds.List()
	if err != nil {
		return err
	}
	more := n - before.Customers - len(s.customers)
	if more > 0 && !s.erasing.IsZero() && !s.erased {
		more-- // it is there still
	}
	issued := len(rows) - before.Invoices - len(s.numbers)
	waiting := len(drafts) - before.Drafts - len(s.drafts) + len(s.numbers)
	spare := max(1, before.Spare)
	if more < 0 || more > spare || issued < 0 || issued > spare || waiting+issued < 0 || waiting+issued > spare {
		return fmt.Errorf("%d customers, %d invoices and %d drafts more than were acknowledged", more, issued, waiting)
	}
	seen := map[string]bool{}
	for _, r := range rows {
		seen[r.Number] = true
	}
	for i := range rows {
		if number := fmt.Sprintf("2026-%04d", i+1); !seen[number] {
			return fmt.Errorf("number %s is missing", number)
		}
	}
	return nil
}

// verified replays a book's whole log.
func verified(path, pass string) error {
	if _, err := store.Check(path); err != nil {
		return fmt.Errorf("check: %w", err)
	}
	f, err := vault.Open(path, keys.Cheap)
	if err != nil {
		return err
	}
	defer f.Close()
	s, err := f.Unlock(f.Members()[0].ID, keys.Secret{Kind: keys.PassphraseSlot, Material: []byte(pass)})
	if err != nil {
		return err
	}
	defer s.Close()
	return s.Verify()
}

// stateOf counts what a book holds.
func stateOf(path string) (s state, err error) {
	return s, reopened(path, options(), func(t till) error {
		rows, err := t.is.List("")
		if err != nil {
			return err
		}
		drafts, err := t.ds.List()
		if err != nil {
			return err
		}
		s.Invoices, s.Drafts = len(rows), len(drafts)
		s.Customers, err = t.cs.Count()
		return err
	})
}
