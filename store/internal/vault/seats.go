package vault

// Seats: a profile's slots and bundle, and what other members may know of them.

import (
	"slices"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
)

// Door is how a profile gets in.
type Door struct {
	First bool // its passphrase was given to it and is not its own yet
	Kit   bool // a kit opens it …
	Used  bool // … which was used, and must be replaced
	Badge bool // a badge opens it
}

// Door says how a member gets in.
func (s *Session) Door(id ID) (Door, error) {
	var d Door
	err := s.reading(func(tx *bolt.Tx) error {
		p, err := readProfile(tx, id)
		if err != nil {
			return err
		}
		d.Kit = slices.Contains(p.Kinds(), keys.KitSlot)
		d.Badge = slices.Contains(p.Kinds(), keys.BadgeSlot)
		m, err := p.Marked(s.bundle.Book, id, s.members)
		d.First, d.Used = m == keys.First, m == keys.Used
		return fromKeys(err)
	})
	return d, err
}

// Seat is the pseudo area that changes with the session's own slots.
func (s *Session) Seat() Area {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refresh() != nil {
		return register
	}
	c, _ := s.private.Cert(s.bundle.Profile)
	return Area(c.Seat)
}

// Demand marks a member's passphrase as one that must be changed.
func (t *Tx) Demand(id ID) error {
	return t.reseat(id, func(p *keys.Profile) error {
		return p.MarkAs(t.s.bundle.Book, id, t.members, keys.First)
	})
}

// DropKit lets a member's kit open nothing any more.
func (t *Tx) DropKit(id ID) error {
	return t.reseat(id, func(p *keys.Profile) error {
		*p = p.Without(keys.KitSlot)
		return nil
	})
}

// reseat changes what is stored of a member, another or itself.
func (t *Tx) reseat(id ID, fn func(*keys.Profile) error) error {
	if id != t.s.bundle.Profile && !t.s.Writes(Ownership) {
		return ErrNoWrite
	}
	stored, err := readProfile(t.tx, id)
	if err != nil {
		return err
	}
	if err := fn(&stored); err != nil {
		return err
	}
	t.s.mu.Lock()
	c, ok := t.s.private.Cert(id)
	t.s.mu.Unlock()
	if !ok {
		return ErrNoProfile
	}
	return t.storeProfile(id, stored, Area(c.Seat), false)
}

// ChangeSecret replaces the session's own slot of the fresh secret's kind. A fresh
// passphrase is the profile's own. One that is given with the kit uses the kit up: it
// is to be replaced, and opens the profile until it is.
func (t *Tx) ChangeSecret(cost keys.Params, known, fresh keys.Secret) error {
	b := t.s.bundle
	return t.reseat(b.Profile, func(p *keys.Profile) error {
		was, err := p.Marked(b.Book, b.Profile, t.members)
		if err == nil {
			*p, err = p.Change(b, cost, known, fresh)
		}
		if err != nil {
			return fromKeys(err)
		}
		now := was
		switch {
		case fresh.Kind == keys.PassphraseSlot && known.Kind == keys.KitSlot:
			now = keys.Used
		case fresh.Kind == keys.PassphraseSlot && was == keys.First, fresh.Kind == keys.KitSlot && was == keys.Used:
			now = keys.Own
		}
		return fromKeys(p.MarkAs(b.Book, b.Profile, t.members, now))
	})
}

// putProfile stores a new bundle at a certificate's seat, which fresh says is
// made in this transaction.
func (t *Tx) putProfile(b *keys.Bundle, cost keys.Params, secrets []keys.Secret, c *keys.Cert, first, fresh bool) error {
	p, err := keys.SealBundle(b, cost, secrets...)
	if err != nil {
		return err
	}
	m := keys.Own
	if first {
		m = keys.First
	}
	if err := p.MarkAs(b.Book, b.Profile, t.members, m); err != nil {
		return err
	}
	return t.storeProfile(b.Profile, p, Area(c.Seat), fresh)
}

func (t *Tx) storeProfile(id ID, p keys.Profile, seat Area, fresh bool) error {
	if err := t.pseudo(seat, fresh); err != nil {
		return err
	}
	raw, err := envelope.Marshal(p)
	if err != nil {
		return err
	}
	return t.put(seat, id, profileKey(id), raw)
}
