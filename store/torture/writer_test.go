//go:build unix

package torture

// The writer: a process that works with a book and says what was acknowledged,
// until its work is done, it is killed, or the disk fails.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"counterbook/store"
	"counterbook/store/internal/booktest"
	"counterbook/store/internal/proctest"
)

const (
	bookName = "shop.counterbook"
	newPass  = "another passphrase"

	bookIn = "COUNTERBOOK_TORTURE_BOOK_DIR"
	rounds = "COUNTERBOOK_TORTURE_ROUNDS" // how often it serves somebody
)

func init() {
	proctest.Role("counter", func() error { return onOneThread(counter) })
	proctest.Role("birth", func() error { return onOneThread(birth) })
	proctest.Role("compact", func() error { return onOneThread(compacting) })
	proctest.Role("backup", func() error { return onOneThread(backing) })
	proctest.Role("rewrite", func() error { return onOneThread(rewriting) })
	proctest.Role("restore", func() error { return onOneThread(restoring) })
}

// onOneThread makes all calls of fn to the system in the order of the program,
// and on the thread whose calls strace counts.
func onOneThread(fn func(path string, times int) error) error {
	runtime.LockOSThread()
	var times int
	fmt.Sscan(os.Getenv(rounds), &times)
	return fn(filepath.Join(os.Getenv(bookIn), bookName), times)
}

// seeing are options of a computer that remembers the book, beside it.
func seeing(path string) *store.Options {
	o := options()
	o.StateDir = filepath.Join(filepath.Dir(path), "state")
	return o
}

// counter serves customers, and changes the owner's passphrase half way.
func counter(path string, times int) error {
	return reopened(path, seeing(path), func(t till) error {
		for i := 0; i < times || times == 0; i++ {
			if err := t.serveSaying(fmt.Sprintf("Customer %d", i)); err != nil {
				return err
			}
			if i != times/2 || times == 0 {
				continue
			}
			fmt.Println("passphrase begun")
			if err := t.ChangePassphrase(ownerPass, newPass); err != nil {
				return err
			}
			fmt.Println("passphrase changed")
		}
		return nil
	})
}

// serveSaying is serve, saying what was acknowledged, and the number that an
// invoice got.
func (t till) serveSaying(name string) error {
	c, err := t.add(name)
	if err != nil {
		return err
	}
	fmt.Println("customer", c.ID)
	if _, err := t.ns.Save(store.Note{Customer: c.ID, Text: "Prefers pickup after 17:00"}); err != nil {
		return err
	}
	fmt.Println("note", c.ID)
	d, err := t.ds.Save(booktest.DraftFor(c))
	if err != nil {
		return err
	}
	fmt.Println("draft", d.ID)
	doc, err := t.is.Issue(context.Background(), d.ID)
	if err != nil {
		return err
	}
	fmt.Println("invoice", d.ID, doc.Number)
	return nil
}

// birth makes a book and serves somebody.
func birth(path string, _ int) error {
	b, err := create(path, seeing(path))
	if err != nil {
		return err
	}
	fmt.Println("created")
	t, err := signIn(b, ownerPass)
	if err != nil {
		return err
	}
	if err := t.serveSaying("First Customer"); err != nil {
		return err
	}
	t.Close()
	return b.Close()
}

func compacting(path string, _ int) error {
	if err := store.Compact(path); err != nil {
		return err
	}
	fmt.Println("compacted")
	return counter(path, 1)
}

// backups is the folder, below the book's, that backups go to.
const backups = "backups"

// backing makes backups between serving, and keeps one.
func backing(path string, times int) error {
	dir := filepath.Join(filepath.Dir(path), backups)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return reopened(path, seeing(path), func(t till) error {
		for i := range max(1, times) {
			if err := t.serveSaying(fmt.Sprintf("Customer %d", i)); err != nil {
				return err
			}
			made, err := t.Backup(context.Background(), dir, store.BackupOptions{Keep: 1}, nil)
			if err != nil {
				return err
			}
			fmt.Println("backup", filepath.Base(made.Path))
		}
		return nil
	})
}

// rewriting takes everything away from somebody, erases a customer, and writes the
// book anew.
func rewriting(path string, _ int) error {
	return reopened(path, seeing(path), func(t till) error {
		if err := t.serveSaying("Before"); err != nil {
			return err
		}
		st, err := t.Staff()
		if err != nil {
			return err
		}
		if err := st.Disable(t.Book().Info().Profiles[1].ID); err != nil {
			return err
		}
		fmt.Println("disabled")
		if err := t.serveSaying("Between"); err != nil {
			return err
		}
		all, err := t.cs.List("Between")
		if err != nil {
			return err
		}
		fmt.Println("erasing", all[0].ID)
		if err := t.cs.Erase(context.Background(), all[0].ID, nil); err != nil {
			return err
		}
		fmt.Println("erased", all[0].ID)
		if err := t.Compact(); err != nil {
			return err
		}
		fmt.Println("compacted")
		return t.serveSaying("After")
	})
}

// restoring makes a backup, goes on, and puts the backup in the book's place.
func restoring(path string, _ int) error {
	if err := backing(path, 1); err != nil {
		return err
	}
	if err := reopened(path, seeing(path), func(t till) error { return t.serveSaying("Given up") }); err != nil {
		return err
	}
	all, err := filepath.Glob(filepath.Join(filepath.Dir(path), backups, "*"+store.BackupEnding))
	if err != nil {
		return err
	}
	fmt.Println("restore begun")
	if _, err := store.Restore(context.Background(), all[0], path, seeing(path), nil); err != nil {
		return err
	}
	fmt.Println("restore done")
	return nil
}
