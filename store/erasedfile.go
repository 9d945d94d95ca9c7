package store

// The ledger outside the book: marks of customers who were erased, beside what
// this computer remembers of books and beside backups. A book that was put back
// from before an erasure is erased by it again. A mark is a keyed hash; from the
// file alone nobody can tell who it was.

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"

	"counterbook/store/internal/vault"
)

// A ledger is: magic 8 | marks of 16, sorted, each once | SHA-256 of all before it.
const (
	ledgerMagic  = "cberas\x00\x01"
	ledgerEnding = ".erased"
	// mostErased is how long a ledger may be: more customers than a book holds.
	mostErased = 4 << 20
)

func ledgerPath(dir string, book vault.ID) string {
	return filepath.Join(dir, hex.EncodeToString(book[:])+ledgerEnding)
}

func encodeLedger(marks [][16]byte) []byte {
	b := []byte(ledgerMagic)
	for _, m := range marks {
		b = append(b, m[:]...)
	}
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// decodeLedger reads a ledger; ok is false for one that is not whole.
func decodeLedger(b []byte) (marks [][16]byte, ok bool) {
	n := len(b) - len(ledgerMagic) - sha256.Size
	if n < 0 || n%16 != 0 || n/16 > mostErased || !bytes.HasPrefix(b, []byte(ledgerMagic)) {
		return nil, false
	}
	end := len(b) - sha256.Size
	if sha256.Sum256(b[:end]) != [32]byte(b[end:]) {
		return nil, false
	}
	for m := range slices.Chunk(b[len(ledgerMagic):end], 16) {
		marks = append(marks, [16]byte(m))
	}
	return marks, true
}

// readLedger reads the marks that a folder has of a book. found is false where
// there is no ledger, or none that is whole.
func readLedger(dir string, book vault.ID) (marks [][16]byte, found bool) {
	if dir == "" {
		return nil, false
	}
	path := ledgerPath(dir, book)
	st, err := os.Stat(path)
	if err != nil || !st.Mode().IsRegular() || st.Size() > 16*mostErased+1024 {
		return nil, false
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, false
	}
	return decodeLedger(b)
}

// addToLedger adds marks to those that a folder has. What is there and not whole
// is replaced: it says nothing any more.
func addToLedger(dir string, book vault.ID, marks [][16]byte) error {
	if dir == "" {
		return nil
	}
	had, found := readLedger(dir, book)
	all := union(had, marks)
	if found && len(all) == len(had) {
		return nil
	}
	return replaceFile(ledgerPath(dir, book), encodeLedger(all))
}

// union is the marks of several lists, sorted, each once.
func union(lists ...[][16]byte) [][16]byte {
	all := slices.Concat(lists...)
	slices.SortFunc(all, func(a, b [16]byte) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(all)
}

// outside is what is known outside the book of those who were erased: beside what
// this computer remembers, and beside the backups it makes. found is false where
// nothing is left of that.
func (b *Book) outside() (marks [][16]byte, found bool) {
	for _, dir := range []string{b.o.StateDir, b.BackupHabits().Dir} {
		m, ok := readLedger(dir, b.file.Book())
		marks, found = append(marks, m...), found || ok
	}
	return union(marks), found
}

// mirror keeps the marks of those who were erased outside the book, in dir as well.
// A folder that cannot be written is left: the next backup tries again.
func (b *Book) mirror(s *Session, dir string) {
	marks, _ := b.outside()
	if in, ok := readLedger(dir, b.file.Book()); ok {
		marks = append(marks, in...)
	}
	if s != nil && s.v.Reads(areaContacts) {
		if own, err := s.erasedMarks(); err == nil {
			marks = append(marks, own...)
		}
	}
	for _, to := range []string{b.o.StateDir, dir} {
		_ = addToLedger(to, b.file.Book(), marks)
	}
}

// firstLedger has a computer know of those who were erased from a book that it has
// not seen before.
func (b *Book) firstLedger(s *Session) {
	if b.o.StateDir == "" || b.Standing() != nil || !s.v.Reads(areaContacts) {
		return
	}
	if _, found := readLedger(b.o.StateDir, b.file.Book()); !found {
		b.mirror(s, "")
	}
}

// ErasedAgain says what came of EraseAgain.
type ErasedAgain struct {
	Count int  // customers that were erased again
	Lost  bool // no list of those who were erased is left outside the book
}

// EraseDue reports whether the book went back and those who were erased since are
// still to be erased again, which an owner does. Where that cannot be read, it is:
// erasing again does no harm, and says what is wrong.
func (s *Session) EraseDue() bool {
	if s.mayErase() != nil || !s.v.Writes(areaInvoices) { // where it is noted
		return false
	}
	g, _, err := s.goneOn(s.v.Get)
	return err != nil || g.EraseDue
}

// EraseAgain erases customers who had been erased before the book went back. Until it
// comes to its end, EraseDue stays.
func (s *Session) EraseAgain(ctx context.Context, progress func(done, total int64)) (ErasedAgain, error) {
	marks, found := s.book.outside()
	n, err := s.eraseMarked(ctx, marks, progress)
	if err != nil {
		return ErasedAgain{}, err
	}
	if err := s.sweepDesk(ctx); err != nil {
		return ErasedAgain{}, err
	}
	if err := s.erasedAgain(); err != nil {
		return ErasedAgain{}, err
	}
	return ErasedAgain{Count: n, Lost: !found}, nil
}

// erasedAgain notes in the book that nobody is to be erased again.
func (s *Session) erasedAgain() error {
	if g, _, err := s.goneOn(s.v.Get); err != nil || !g.EraseDue {
		return explain(err)
	}
	return explain(s.change(func(tx *vault.Tx) error {
		g, id, err := s.goneOn(tx.Get)
		if err != nil {
			return err
		}
		g.EraseDue = false
		return write(tx, areaInvoices, id, kindGoneOn, g)
	}))
}
