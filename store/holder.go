package store

// Holders: who has a book open. The lock on the file decides whether it is open;
// a small note beside what this computer remembers of books says only by whom.

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"unicode"

	"counterbook/store/internal/vault/place"
)

// Holder is a program that has a book open.
type Holder struct {
	PID  int
	User string
	Host string
}

// BusyError says who has the book open; the zero Holder is not known.
type BusyError struct{ Who Holder }

func (e *BusyError) Error() string { return ErrBusy.Error() }

// Is makes every BusyError an ErrBusy.
func (e *BusyError) Is(target error) bool { return target == ErrBusy }

// SyncFolder names the program that copies what lies at a path to other
// computers, such as OneDrive or Dropbox, if one does that is known. A book there
// can be replaced by an older copy of itself while it is in use.
func SyncFolder(path string) (name string, ok bool) { return place.SyncFolder(path) }

// note is where it stands who has the book at a path open; "" for nowhere.
func (o *Options) note(path string) string {
	if o.StateDir == "" {
		return ""
	}
	if full, err := filepath.Abs(path); err == nil {
		path = full
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	sum := sha256.Sum256([]byte(path))
	return filepath.Join(o.StateDir, hex.EncodeToString(sum[:8])+".open")
}

// hold notes that this process has a book open. Where that cannot be written, a
// second one is told less.
func (o *Options) hold(path string) {
	name := o.note(path)
	if name == "" || os.MkdirAll(o.StateDir, 0o700) != nil {
		return
	}
	who := Holder{PID: os.Getpid()}
	who.Host, _ = os.Hostname()
	if u, err := user.Current(); err == nil {
		who.User = u.Username
	}
	_ = os.WriteFile(name, fmt.Appendf(nil, "%d\n%s\n%s\n", who.PID, oneLine(who.User), oneLine(who.Host)), 0o600)
}

// letGo takes the note away, if it is this process's.
func (o *Options) letGo(path string) {
	name := o.note(path)
	if name == "" {
		return
	}
	if who, ok := readHolder(name); ok && who.PID == os.Getpid() {
		os.Remove(name)
	}
}

// busy adds to an error that a book is open elsewhere by whom. What a process left
// that is no more is not believed.
func (o *Options) busy(path string, err error) error {
	if !errors.Is(err, ErrBusy) {
		return err
	}
	who, ok := readHolder(o.note(path))
	if host, _ := os.Hostname(); !ok || who.Host == oneLine(host) && !alive(who.PID) {
		who = Holder{}
	}
	return &BusyError{Who: who}
}

// longestNote is how much of a note is read, in bytes.
const longestNote = 1 << 10

func readHolder(name string) (who Holder, ok bool) {
	f, err := place.Open(name)
	if err != nil {
		return who, false
	}
	defer f.Close()
	b := make([]byte, longestNote)
	n, _ := f.Read(b)
	lines := strings.Split(string(bytes.ToValidUTF8(b[:n], nil)), "\n")
	if len(lines) != 4 {
		return who, false
	}
	if _, err := fmt.Sscanf(lines[0], "%d", &who.PID); err != nil || who.PID <= 0 {
		return Holder{}, false
	}
	who.User, who.Host = oneLine(lines[1]), oneLine(lines[2])
	return who, true
}

// oneLine is a name as it may stand in a note and in a sentence.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, s)
	return string([]rune(s)[:min(len([]rune(s)), 60)])
}

// alive reports whether there is a process of that number.
func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	defer p.Release()
	if runtime.GOOS == "windows" {
		return true // it was opened
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, os.ErrPermission)
}
