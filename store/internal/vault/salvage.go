package vault

// Salvage: what was found in a damaged file and is genuine, put into a new one.

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
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
	return o.report, place.Commit(temp, path, false)
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

// readLog follows the log back from its newest entry to the first, and returns the
// newest state of the areas that is signed, or at least sealed by a member.
func (v *Salvage) readLog(o *outcome) commit.Heads {
	heads, at := v.sealedHeads()
	o.newest = max(o.newest, at)
	o.report.Current = v.sources[0].free != nil && at > 0
	if n := v.followNewest(o); n >= at {
		return o.base
	}
	return heads
}

// followNewest follows the log back from its newest entry, whose number it returns;
// 0 where it is not whole.
func (v *Salvage) followNewest(o *outcome) uint64 {
	src := v.sources[0]
	numbers := slices.Sorted(maps.Keys(src.log))
	slices.Reverse(numbers)
	for _, n := range numbers {
		for _, p := range src.log[n] {
			if p.free { // older copies of entries, and such that were never committed
				continue
			}
			if _, e := v.entry(p, n, nil); e != nil {
				o.newest = max(o.newest, n)
				if v.follow(p, n, o) {
					return n
				}
				return 0
			}
		}
	}
	return 0
}

// entry reads a log entry that is genuine and, where a hash is given, has it.
func (v *Salvage) entry(p spot, n uint64, want *[32]byte) ([]byte, *commit.Entry) {
	raw, err := p.read()
	if err != nil || want != nil && commit.HashEntry(raw) != *want {
		return nil, nil
	}
	e, err := v.s.entry(raw)
	if err != nil || e.Number != n {
		return nil, nil
	}
	return raw, e
}

// follow steps back from an entry to the first. An entry that lies on a free page
// as well as one that does not is as good: its hash says which one it is.
func (v *Salvage) follow(newest spot, n uint64, o *outcome) bool {
	src, first := v.sources[0], v.s.table.First()
	raw, e := v.entry(newest, n, nil)
	o.prev = commit.HashEntry(raw)
	chain := []spot{newest}
	for n > first {
		n--
		prev := e.Prev
		e = nil
		for _, p := range src.log[n] {
			if _, found := v.entry(p, n, &prev); found != nil {
				chain, e = append(chain, p), found
				break
			}
		}
		if e == nil {
			return false
		}
	}
	if e.Number != first || e.Prev != [32]byte{} {
		return false
	}
	slices.Reverse(chain)
	var now commit.Heads
	for i, p := range chain {
		_, e := v.entry(p, first+uint64(i), nil)
		if e == nil {
			return false
		}
		now = now.With(e.Changed)
		if state, err := now.State(); err != nil || state != e.State {
			return false
		}
	}
	o.chain, o.base = chain, now
	return true
}

// sealedHeads is the newest state of the areas that a member sealed, and the number
// of its commit; 0 for none.
func (v *Salvage) sealedHeads() (best commit.Heads, at uint64) {
	for _, p := range v.sources[0].heads {
		raw, err := p.read()
		if err != nil || p.free {
			continue
		}
		plain, h, err := v.s.log.Open(headsPlace(v.s.bundle.Book), raw)
		var heads commit.Heads
		if err == nil && h.Commit > at && envelope.Unmarshal(plain, &heads) == nil {
			best, at = heads, h.Commit
		}
	}
	return best, at
}

// pick chooses the records of an area: of each the newest that is genuine. What
// lies on free pages alone was deleted, unless only with it the area is what was
// signed last.
//
// It reports whether the records are those that were signed last.
func (v *Salvage) pick(a Area, head *commit.Head, o *outcome) (exact bool) {
	src, r := v.sources[0], SalvagedArea{Area: a, Desk: a >= firstDesk}
	spots := src.records[a]
	slices.SortFunc(spots, func(x, y spot) int {
		return cmp.Or(slices.Compare(x.id[:], y.id[:]), cmp.Compare(y.commit, x.commit), cmp.Compare(y.epoch, x.epoch))
	})
	list := new(commit.List)
	var live, gone []found
	broken := 0
	for from := 0; from < len(spots); {
		to := from
		for to < len(spots) && spots[to].id == spots[from].id {
			to++
		}
		used, spare, bad := found{}, found{}, uint64(0)
		for _, p := range spots[from:to] {
			if used.size > 0 || p.free && spare.size > 0 {
				continue
			}
			hash, ok := v.genuine(a, p)
			switch {
			case ok && p.free:
				spare = found{p, hash}
			case ok:
				used = found{p, hash}
			case !p.free:
				bad = p.commit
			}
		}
		if used.size == 0 && bad > 0 && spare.commit == bad { // a copy of what was damaged
			used = spare
		}
		switch {
		case used.size > 0:
			live = append(live, used)
			list.Put(used.id, used.hash)
		case spare.size > 0:
			gone = append(gone, spare)
		case bad > 0:
			broken++
		}
		from = to
	}
	exact = head != nil && list.Count() == head.Count && list.Root(head.Area) == head.Root
	if !exact && head != nil && len(gone) > 0 {
		for _, g := range gone {
			list.Put(g.id, g.hash)
		}
		if exact = list.Count() == head.Count && list.Root(head.Area) == head.Root; exact {
			live, gone, broken = append(live, gone...), nil, 0
		}
	}
	for _, f := range live {
		o.newest = max(o.newest, f.commit)
	}
	o.areas[a] = live
	r.Back, r.Deleted = len(live), len(gone)
	switch {
	case exact:
	case head != nil:
		r.Damaged = max(broken, int(head.Count)-len(live))
		r.Doubt = src.free == nil || r.Damaged == 0
	default:
		r.Damaged, r.Doubt = broken, true
	}
	o.report.Areas = append(o.report.Areas, r)
	return exact
}

// genuine reports whether a record opens. Those of a desk that only another opens
// have to look like one.
func (v *Salvage) genuine(a Area, p spot) (commit.Hash, bool) {
	raw, err := p.read()
	if err != nil {
		return commit.Hash{}, false
	}
	ar := v.s.areas[a]
	if ar == nil {
		_, err = envelope.Parse(raw)
	} else {
		_, _, err = v.s.unseal(a, ar, p.id, raw, nil)
	}
	return commit.HashOf(raw), err == nil
}

// findRoot reads the owner's signing key, which a backup has as well.
func (v *Salvage) findRoot(o *outcome) error {
	ar := v.s.areas[Ownership]
	first := slices.Min(slices.Collect(maps.Keys(ar.keys)))
	id := nameID(ar.keys[first], rootName)
	have := slices.IndexFunc(o.areas[Ownership], func(f found) bool { return f.id == id })
	tries := slices.Clone(v.sources[0].records[Ownership])
	for _, src := range v.sources[1:] {
		tries = append(tries, src.records[Ownership]...)
	}
	if have >= 0 {
		tries = []spot{o.areas[Ownership][have].spot}
	}
	for _, p := range tries {
		raw, err := p.read()
		if err != nil || p.id != id {
			continue
		}
		seed, _, err := v.s.unseal(Ownership, ar, id, raw, nil)
		if err != nil || len(seed) != ed25519.SeedSize {
			continue
		}
		root := ed25519.NewKeyFromSeed(seed)
		if !root.Public().(ed25519.PublicKey).Equal(ed25519.PublicKey(v.s.bundle.Root)) {
			continue
		}
		o.root = root
		if have < 0 {
			o.areas[Ownership] = append(o.areas[Ownership], found{p, commit.HashOf(raw)})
			o.newest = max(o.newest, p.commit)
		}
		return nil
	}
	return ErrNoRoot
}

// pickProfiles chooses what is stored of each member: what was signed last, or
// else what is in use, or else the only one there is. An older one might open with
// a secret that was given up: it is not chosen among several.
func (v *Salvage) pickProfiles(heads commit.Heads, o *outcome) {
	for _, c := range v.s.private.Certs {
		o.report.Members++
		all := v.stored(c.ID)
		head, known := heads.Find(c.Seat)
		for _, p := range all {
			list := new(commit.List)
			list.Put(c.ID, commit.HashOf(p.raw))
			if known && head.Root == list.Root(c.Seat) {
				o.profile[c.ID] = p.raw
			}
		}
		if o.profile[c.ID] != nil {
			continue
		}
		var inUse [][]byte
		for _, p := range all {
			if p.inUse {
				inUse = append(inUse, p.raw)
			}
		}
		switch {
		case c.ID == v.s.bundle.Profile:
			o.profile[c.ID] = v.own
		case len(inUse) == 1:
			o.profile[c.ID] = inUse[0]
		case len(all) == 1:
			o.profile[c.ID] = all[0].raw
		default:
			if !c.Disabled {
				o.report.Lost = append(o.report.Lost, c.ID)
			}
		}
	}
}

// salvageBatch is how many bytes go into one transaction of the new file.
const salvageBatch = 4 << 20

// fill writes the new file.
func (v *Salvage) fill(ctx context.Context, temp string, o *outcome, event func(Salvaged) ([]byte, error), progress func(part float64)) (err error) {
	db, err := bolt.Open(temp, 0o600, &bolt.Options{Timeout: lockTimeout, PageSize: pageSize, NoSync: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Sync(), db.Close()) }()
	w := &salvageWriter{ctx: ctx, db: db, progress: progress}
	for _, p := range o.chain {
		w.total += int64(p.size)
	}
	for _, list := range o.areas {
		for _, f := range list {
			w.total += int64(f.size)
		}
	}
	defer func() {
		if w.tx != nil {
			w.tx.Rollback()
		}
	}()
	for i, p := range o.chain {
		if err := w.copy(logKey(v.s.table.First()+uint64(i)), p, nil); err != nil {
			return err
		}
	}
	number := o.newest + 1
	changed := commit.Heads(nil)
	was := func(a Area, l *commit.List) {
		h, ok := o.base.Find(uint16(a))
		if len(o.chain) == 0 || !ok || h.Count != l.Count() || h.Root != l.Root(uint16(a)) {
			changed = changed.With([]commit.Head{{Area: uint16(a), Count: l.Count(), Root: l.Root(uint16(a)), Commit: number}})
		}
	}
	for _, a := range slices.Sorted(maps.Keys(o.areas)) {
		list := new(commit.List)
		for _, f := range o.areas[a] {
			if err := w.copy(recordKey(a, f.id), f.spot, &f.hash); err != nil {
				return err
			}
			list.Put(f.id, f.hash)
		}
		was(a, list)
	}
	raw, err := v.newTable(number, o)
	if err != nil {
		return err
	}
	list := new(commit.List)
	list.Put(ID{}, commit.HashOf(raw))
	was(register, list)
	if err := w.put(keyTable, raw); err != nil {
		return err
	}
	for _, c := range v.s.private.Certs {
		list := new(commit.List)
		list.Put(c.ID, commit.HashOf(o.profile[c.ID]))
		was(Area(c.Seat), list)
		if err := w.put(profileKey(c.ID), o.profile[c.ID]); err != nil {
			return err
		}
	}
	return v.sign(w, number, o, changed, event)
}

// newTable is the table of the new file: it names the salvage, and disables who
// lost its profile. An empty profile stands for that one.
func (v *Salvage) newTable(number uint64, o *outcome) ([]byte, error) {
	var p keys.Private
	raw, err := envelope.Marshal(v.s.private)
	if err == nil {
		err = envelope.Unmarshal(raw, &p)
	}
	if err != nil {
		return nil, err
	}
	t := *v.s.table
	t.Members = slices.Clone(t.Members)
	t.Saved = append(slices.Clone(t.Saved), number)
	if t.Version++; len(o.chain) == 0 {
		t.Begin = number
	}
	for i := range p.Certs {
		c := &p.Certs[i]
		if o.profile[c.ID] != nil {
			continue
		}
		var none keys.Profile
		if err := none.MarkAs(t.Book, c.ID, v.s.members, keys.Own); err != nil {
			return nil, err
		}
		raw, err := envelope.Marshal(none)
		if err != nil {
			return nil, err
		}
		o.profile[c.ID] = raw
		if c.Disabled {
			continue
		}
		c.Disabled = true
		for j := range c.Writes {
			if c.Writes[j].Until == 0 {
				c.Writes[j].Until = number - 1
			}
		}
		p.Grants = slices.DeleteFunc(p.Grants, func(g keys.Grant) bool { return g.Profile == c.ID })
		if m, ok := t.Member(c.ID); ok && len(m.Keys) > 0 {
			m.Keys = slices.Clone(m.Keys)
			if last := &m.Keys[len(m.Keys)-1]; last.Until == 0 {
				last.Until = number - 1
			}
		}
	}
	if err := t.Sign(&p, v.s.members, o.root); err != nil {
		return nil, err
	}
	return envelope.Marshal(t)
}

// sign writes the log entry of the salvage and the heads.
func (v *Salvage) sign(w *salvageWriter, number uint64, o *outcome, changed commit.Heads, event func(Salvaged) ([]byte, error)) error {
	e := commit.Entry{Author: v.s.bundle.Profile, Changed: changed, Number: number}
	heads := changed
	if len(o.chain) > 0 {
		heads, e.Was, e.Prev = o.base.With(changed), o.base.Replaced(changed), o.prev
	}
	var err error
	if e.State, err = heads.State(); err != nil {
		return err
	}
	act, ok := v.s.private.Area(uint16(Activity))
	if event != nil && ok {
		plain, err := event(o.report)
		if err != nil {
			return err
		}
		sealer, err := keys.NewEventSealer(act.EventKey, v.s.bundle.Book)
		if err != nil {
			return damaged("table")
		}
		e.Event = sealer.Seal(number, plain)
	}
	if err := w.begin(); err != nil {
		return err
	}
	if err := writeEntry(w.tx, v.s.bundle, v.s.log, &e, heads); err != nil {
		return err
	}
	return w.commit()
}

// salvageWriter fills a file in transactions of some size.
type salvageWriter struct {
	ctx         context.Context
	db          *bolt.DB
	tx          *bolt.Tx
	batch       int
	done, total int64
	progress    func(part float64)
}

func (w *salvageWriter) begin() (err error) {
	if w.tx != nil {
		return nil
	}
	if w.tx, err = w.db.Begin(true); err != nil {
		return err
	}
	_, err = w.tx.CreateBucketIfNotExists(bucket)
	return err
}

func (w *salvageWriter) commit() error {
	tx := w.tx
	w.tx, w.batch = nil, 0
	return errors.Join(tx.Commit(), w.ctx.Err())
}

func (w *salvageWriter) put(key, value []byte) error {
	if err := w.begin(); err != nil {
		return err
	}
	b := w.tx.Bucket(bucket)
	b.FillPercent = 1
	if err := b.Put(key, value); err != nil {
		return err
	}
	if w.batch += len(key) + len(value); w.batch < salvageBatch {
		return nil
	}
	return w.commit()
}

// copy puts what lies somewhere. It must still be what it was when it was chosen.
func (w *salvageWriter) copy(key []byte, p spot, hash *commit.Hash) error {
	raw, err := p.read()
	if err != nil {
		return err
	}
	if hash != nil && commit.HashOf(raw) != *hash {
		return damaged("copy")
	}
	if w.done += int64(p.size); w.progress != nil && w.total > 0 {
		w.progress(float64(w.done) / float64(w.total))
	}
	return w.put(key, raw)
}
