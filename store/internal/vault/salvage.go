package vault

// Salvage: what was found in a damaged file and is genuine, put into a new one.

import (
	"context"
	"crypto/ed25519"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/place"
)

// Salvaged says what came of a salvage.
type Salvaged struct {
	Areas   []SalvagedArea
	Members int
	Lost    []ID   // members whose profile was lost: disabled until an owner gives them new keys
	Entries uint64 // of the log that were kept; 0: it begins anew
	// Current says that the newest state of the book was found. Otherwise the last
	// changes before the damage may be missing without a trace.
	Current bool
	Whole   bool // nothing is missing and nothing is in doubt
}

// SalvagedArea says what came of an area's records.
type SalvagedArea struct {
	Area    Area
	Desk    bool
	Back    int
	Damaged int // are lost
	Deleted int // lie only on pages that a later change gave up, and were left there
	// Doubt says that it is not known which records there were last: others may be
	// missing, and some of those that came back may have been deleted.
	Doubt bool
}

// found is a record that goes into the new file.
type found struct {
	spot
	hash commit.Hash
}

// outcome is everything that goes into the new file.
type outcome struct {
	chain   []spot       // of the log, oldest first; empty where it begins anew
	base    commit.Heads // after the last of them
	prev    [32]byte     // its hash
	newest  uint64       // highest number of a commit that there was
	areas   map[Area][]found
	profile map[ID][]byte
	root    ed25519.PrivateKey
	report  Salvaged
}

// Write makes a book of what was found, at a path where no file may be, and checks
// it whole before it gets its name. It has the same id, keys and members. The
// owner who was unlocked signs it: event makes the event of that log entry. After
// any error nothing is left behind; the damaged file is never changed.
//
// made says of areas whose records the caller can make again out of another area's
// which one that is: they stay empty unless both are as they were signed.
func (v *Salvage) Write(ctx context.Context, path string, made map[Area]Area, event func(Salvaged) ([]byte, error), progress func(part float64)) (Salvaged, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return Salvaged{}, err
	}
	if _, err := os.Lstat(path); err == nil {
		return Salvaged{}, place.ErrExists
	}
	if Network(filepath.Dir(path)) {
		return Salvaged{}, ErrNetwork
	}
	o, err := v.decide(ctx, made)
	if err != nil {
		return Salvaged{}, err
	}
	temp, err := place.Beside(path)
	if err != nil {
		return Salvaged{}, err
	}
	defer os.Remove(temp) // gone already when it was put in place
	if err := v.fill(ctx, temp, o, event, progress); err != nil {
		return Salvaged{}, err
	}
	if err := v.verify(temp); err != nil {
		return Salvaged{}, err
	}
	if err := ctx.Err(); err != nil {
		return Salvaged{}, err
	}
	if err := place.Deliver(temp, path, false); err != nil { // fill made it durable
		return Salvaged{}, err
	}
	return o.report, nil
}

// verify opens the new file as the owner and replays all of it.
func (v *Salvage) verify(temp string) error {
	if _, err := Check(temp); err != nil {
		return err
	}
	f := &File{path: temp, least: v.least}
	if err := f.open(); err != nil {
		return err
	}
	defer f.Close()
	s, err := f.session(v.s.bundle)
	if err != nil {
		return err
	}
	return s.Verify()
}

// decide chooses what goes into the new file.
func (v *Salvage) decide(ctx context.Context, made map[Area]Area) (*outcome, error) {
	s := v.s
	o := &outcome{areas: map[Area][]found{}, profile: map[ID][]byte{}, newest: s.bundle.Seen}
	for _, m := range s.table.Members {
		for _, k := range m.Keys {
			o.newest = max(o.newest, k.From-min(k.From, 1), k.Until) // From may be the commit after the last one
		}
	}
	heads := v.readLog(o)
	all := map[Area]bool{}
	for _, a := range s.private.Areas {
		all[Area(a.Area)] = true
	}
	for _, h := range heads {
		if a := Area(h.Area); a != register && (a < firstSeat || a >= firstDesk) {
			all[a] = true
		}
	}
	o.report.Whole = true
	exact := map[Area]bool{}
	for _, a := range slices.Sorted(maps.Keys(all)) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var head *commit.Head
		if h, ok := heads.Find(uint16(a)); ok {
			head = &h
		}
		exact[a] = v.pick(a, head, o)
	}
	for a, of := range made {
		if !exact[a] || !exact[of] {
			o.areas[a] = nil
		}
	}
	for _, r := range o.report.Areas {
		if _, again := made[r.Area]; !again && !exact[r.Area] {
			o.report.Whole = false
		}
	}
	if err := v.findRoot(o); err != nil {
		return nil, err
	}
	v.pickProfiles(heads, o)
	if len(o.chain) > 0 && o.newest > v.s.table.First()+uint64(len(o.chain))-1 {
		o.chain = nil // later changes are there, so that its end is lost
	}
	o.report.Entries = uint64(len(o.chain))
	o.report.Whole = o.report.Whole && o.report.Current && len(o.chain) > 0 && len(o.report.Lost) == 0
	return o, nil
}
