package vault

// Choosing: which of what was found is genuine, and the newest.

import (
	"cmp"
	"crypto/ed25519"
	"maps"
	"slices"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/envelope"
)

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
// A desk that only another opens is as it was signed last, or it starts empty.
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
	if v.s.areas[a] == nil && !exact { // nothing but what was signed tells whether it is genuine
		live, broken = nil, broken+len(live)
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
// have to look like one; pick compares them with what was signed.
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

// pickProfiles chooses what is stored of each member: what was signed last. Only
// where nobody knows what that was it is what is in use, or else the only one there
// is. An older one might open with a secret that was given up: it is not chosen
// among several, nor where something else was signed.
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
		case c.ID == v.s.bundle.Profile && known:
			o.profile[c.ID] = v.provedOnly()
		case c.ID == v.s.bundle.Profile:
			o.profile[c.ID] = v.own
		case !known && len(inUse) == 1:
			o.profile[c.ID] = inUse[0]
		case !known && len(all) == 1:
			o.profile[c.ID] = all[0].raw
		default:
			if !c.Disabled {
				o.report.Lost = append(o.report.Lost, c.ID)
			}
		}
	}
}

// provedOnly is the profile of the owner who salvages, an older one, with no other
// slot than the one whose secret was just given: the others may have been given up.
func (v *Salvage) provedOnly() []byte {
	p, err := decodeProfile(v.own)
	if err != nil {
		return v.own // it was read before
	}
	for _, kind := range p.Kinds() {
		if kind != v.proved {
			p = p.Without(kind)
		}
	}
	raw, err := envelope.Marshal(p)
	if err != nil {
		return v.own
	}
	return raw
}
