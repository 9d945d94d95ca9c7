package store

// Habits: where a book's backups go, and which was the last. They lie in the
// state folder, not in the book: whoever opens the program has to see them.

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"time"

	"counterbook/store/internal/vault"
	"counterbook/store/internal/vault/place"
)

// BackupHabits are how backups of a book are made on this computer.
type BackupHabits struct {
	Dir    string `json:"dir,omitempty"` // the folder; "" until somebody chose one
	Keep   int    `json:"keep"`          // how many stay; 0 keeps all
	OnQuit bool   `json:"onQuit"`        // make one at the end of the day as well

	// The newest one that was proved good.
	Last   time.Time `json:"last,omitzero"`
	Path   string    `json:"path,omitempty"`
	Commit uint64    `json:"commit,omitempty"`
}

// UsualKeep is how many backups stay where nobody said otherwise.
const UsualKeep = 10

// StaleAfter is after how long without a backup somebody should be told.
const StaleAfter = 7 * 24 * time.Hour

// Stale reports whether the last backup is too long ago, or there is none.
func (h BackupHabits) Stale(now time.Time) bool {
	return h.Last.IsZero() || now.Sub(h.Last) > StaleAfter
}

// BackupHabits returns how backups are made; what cannot be read is as if nobody
// had said anything.
func (b *Book) BackupHabits() BackupHabits {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.habits == nil {
		h := BackupHabits{Keep: UsualKeep, OnQuit: true}
		if data, err := os.ReadFile(b.habitsPath()); err == nil {
			var read BackupHabits
			if json.Unmarshal(data, &read) == nil && read.Keep >= 0 {
				h = read
			}
		}
		b.habits = &h
	}
	return *b.habits
}

// SetBackupHabits keeps how backups are made from now on. After an error they
// hold until the program ends.
func (b *Book) SetBackupHabits(h BackupHabits) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.habits = &h
	if b.o.StateDir == "" {
		return nil
	}
	data, err := json.Marshal(h)
	if err != nil {
		return err
	}
	return explain(replaceFile(b.habitsPath(), data))
}

// Unsaved reports whether something was written to the book since the last backup.
func (b *Book) Unsaved() bool { return b.file.Seen().Commit != b.BackupHabits().Commit }

// noteBackup remembers a backup that was proved good.
func (b *Book) noteBackup(made Backup) {
	h := b.BackupHabits()
	h.Last, h.Path, h.Commit = made.At, made.Path, made.Commit
	_ = b.SetBackupHabits(h) // the backup is there all the same
}

// habitsEnding is the ending of the file, whose name is the book's id.
const habitsEnding = ".backups"

func (b *Book) habitsPath() string {
	id := b.file.Book()
	return filepath.Join(b.o.StateDir, hex.EncodeToString(id[:])+habitsEnding)
}

// replaceFile writes a small file anew, in a folder that it makes.
func replaceFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	temp, err := place.Beside(path)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	if err := os.WriteFile(temp, data, 0o600); err != nil {
		return err
	}
	return place.Commit(temp, path, true)
}

// KnownBackups lists the backups in all folders that this computer made some in,
// of every book, newest first. Folders that are not there are left out.
func KnownBackups(o *Options) []Backup {
	o = o.orDefault()
	if o.StateDir == "" {
		return nil
	}
	entries, err := os.ReadDir(o.StateDir)
	if err != nil {
		return nil
	}
	var out []Backup
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), habitsEnding)
		id, err := hex.DecodeString(name)
		var h BackupHabits
		data, unread := os.ReadFile(filepath.Join(o.StateDir, e.Name()))
		if !ok || err != nil || unread != nil || json.Unmarshal(data, &h) != nil || h.Dir == "" {
			continue
		}
		found, err := backupsIn(h.Dir, func(l vault.Label) bool { return string(l.Book[:]) == string(id) })
		if err == nil {
			out = append(out, found...)
		}
	}
	sortBackups(out)
	return out
}
