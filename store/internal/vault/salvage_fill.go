package vault

// Filling: the new file of a salvage, its table and its log entry.

import (
	"context"
	"errors"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
)

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
