package store

// Looking through the log: queries that search all of it, a part at a time, and
// what is counted in it.

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"
)

// LogQuery says which entries of the log are wanted. Fields that are zero want
// all.
type LogQuery struct {
	By    ProfileID
	Kinds []EventKind
	From  time.Time // at or after it
	Until time.Time // before it
}

func (q LogQuery) wants(e Event) bool {
	return (q.By.IsZero() || q.By == e.By) && (len(q.Kinds) == 0 || slices.Contains(q.Kinds, e.Kind)) &&
		!q.early(e) && (q.Until.IsZero() || e.At.Before(q.Until))
}

func (q LogQuery) early(e Event) bool { return !q.From.IsZero() && e.At.Before(q.From) }

// LogReader reads the log as it is when it is first used, newest entries first.
// It keeps what it read: opening an entry takes long, looking at it again does
// not. It may be used from several goroutines; one waits for the other.
type LogReader struct {
	a *Activity

	mu     sync.Mutex
	read   []Event
	at     uint64 // the last commit that was read; 0 before the first
	newest uint64 // the first
	whole  bool   // nothing older is left
}

// Reader returns a reader of the log.
func (a *Activity) Reader() *LogReader { return &LogReader{a: a} }

// LogPlace is how far somebody has looked through the log; zero is its newest
// entry.
type LogPlace int

// Found is what a query found.
type Found struct {
	Events []Event // newest first
	Next   LogPlace
	Whole  bool // there are no others
}

// logChunk is how many entries are read in one go: about a hundredth of a second,
// after which somebody may have lost interest.
const logChunk = 100

// clockTrouble is how many entries in a row must be from before the time that is
// asked for until a search ends. Entries are in the order in which they were
// made, but a clock may have been wrong for a while.
const clockTrouble = 1000

// Find looks for up to n entries from a place on. When ctx ends it returns what
// it has found and where it was, beside the error of ctx. progress, which may be
// nil, is told how much of the log was looked through.
func (r *LogReader) Find(ctx context.Context, q LogQuery, from LogPlace, n int, progress func(done, of int)) (Found, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := Found{Next: from}
	early := 0
	for len(out.Events) < n {
		if int(out.Next) >= len(r.read) {
			if r.whole {
				out.Whole = true
				break
			}
			if err := ctx.Err(); err != nil {
				return out, err
			}
			if err := r.more(); err != nil {
				return out, err
			}
			if progress != nil {
				progress(int(r.newest-r.at), int(r.newest))
			}
			continue
		}
		e := r.read[out.Next]
		out.Next++
		if q.wants(e) {
			out.Events = append(out.Events, e)
		}
		if early++; !q.early(e) {
			early = 0
		}
		if early >= clockTrouble {
			out.Whole = true
			break
		}
	}
	// Whether there is one more is worth knowing before somebody asks for it, where
	// it costs nothing.
	if int(out.Next) >= len(r.read) && r.whole {
		out.Whole = true
	}
	return out, nil
}

// more reads the next entries.
func (r *LogReader) more() error {
	left, latest := logChunk, r.a.s.now()
	if n := len(r.read); n > 0 {
		latest = r.read[n-1].At
	}
	at, err := r.a.before(r.at, latest, func(e Event) bool {
		if r.newest == 0 {
			r.newest = e.Number
		}
		r.read = append(r.read, e)
		left--
		return left > 0
	})
	if err != nil {
		return err
	}
	r.at, r.whole = at, at <= 1
	return nil
}

// People lists everybody whose name can be in the log, those who are no longer
// there too, in the order of their names.
func (a *Activity) People() ([]ProfileInfo, error) {
	if err := a.s.need(ReadActivity); err != nil {
		return nil, err
	}
	list, err := a.s.profiles()
	out := make([]ProfileInfo, len(list))
	for i, p := range list {
		out[i] = ProfileInfo{ID: p.ID, Nickname: p.Nickname}
	}
	slices.SortStableFunc(out, func(a, b ProfileInfo) int { return strings.Compare(fold(a.Nickname), fold(b.Nickname)) })
	return out, err
}

// Shown is how often somebody showed contact details.
type Shown struct {
	By        ProfileID
	ByName    string
	Customers int // of how many
	Times     int
}

// CountShown counts who showed the contact details of how many customers, who
// showed those of most first.
func CountShown(events []Event) []Shown {
	at := map[ProfileID]int{}
	seen := map[[2]ID]bool{}
	var out []Shown
	for _, e := range events {
		if e.Kind != ContactShown {
			continue
		}
		i, ok := at[e.By]
		if !ok {
			i = len(out)
			at[e.By] = i
			out = append(out, Shown{By: e.By, ByName: e.ByName})
		}
		out[i].Times++
		if pair := [2]ID{e.By, e.Subject}; !seen[pair] {
			seen[pair] = true
			out[i].Customers++
		}
	}
	slices.SortStableFunc(out, func(a, b Shown) int {
		return cmp.Or(cmp.Compare(b.Customers, a.Customers), cmp.Compare(b.Times, a.Times), strings.Compare(fold(a.ByName), fold(b.ByName)))
	})
	return out
}
