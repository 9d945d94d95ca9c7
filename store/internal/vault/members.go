package vault

// Members: the owner's work on the table. Everything here needs the root key,
// which only owners hold.

import (
	"crypto/ed25519"
	"crypto/rand"
	"slices"

	"counterbook/store/internal/vault/commit"
	"counterbook/store/internal/vault/envelope"
	"counterbook/store/internal/vault/keys"
)

// rootName is the record in the ownership area that holds the root key.
const rootName = "root"

// Member is what an owner decides about a profile.
type Member struct {
	Nickname string
	Label    []byte // the caller's own; members can read it
	Reads    []Area // areas whose keys it is granted; writers read too
	Writes   []Area // areas its commits may change
}

// MemberState is a member with what the table says of it.
type MemberState struct {
	ID       ID
	Nickname string
	Label    []byte
	Disabled bool
	Since    uint64 // commit that made it
}

// States lists all members, disabled ones too.
func (s *Session) States() ([]MemberState, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refresh(); err != nil {
		return nil, err
	}
	var out []MemberState
	for _, m := range s.file.table.Load().Members {
		c, ok := s.private.Cert(m.ID)
		if !ok || len(m.Keys) == 0 {
			return nil, damaged("table")
		}
		out = append(out, MemberState{ID: m.ID, Nickname: m.Nickname, Label: slices.Clone(c.Label), Disabled: c.Disabled, Since: m.Keys[0].From})
	}
	return out, nil
}

// AddMember makes a profile that the secrets open. first says that its
// passphrase is not the profile's own yet.
func (t *Tx) AddMember(m Member, cost keys.Params, first bool, secrets ...keys.Secret) (ID, error) {
	var id ID
	rand.Read(id[:])
	return id, t.changeTable(func(tb *keys.Table, p *keys.Private) error {
		b, err := t.newBundle(id)
		if err != nil {
			return err
		}
		grant, sign, err := b.Public()
		if err != nil {
			return err
		}
		tb.Members = append(tb.Members, keys.Member{ID: id, Nickname: m.Nickname,
			Keys: []keys.VerifyKey{{Key: sign, From: t.number}}})
		p.Certs = append(p.Certs, keys.Cert{ID: id, Key: grant, Seat: p.NextSeat})
		p.NextSeat++
		c := &p.Certs[len(p.Certs)-1]
		if err := t.newDesk(p, c); err != nil {
			return err
		}
		if err := t.setRights(p, c, m); err != nil {
			return err
		}
		return t.putProfile(b, cost, secrets, c, first, true)
	})
}

// ChangeMember gives a profile other rights. What it loses it cannot write
// from here on, and it gets no key for what is written later; what it could
// read before stays readable to who kept a copy of the file.
func (t *Tx) ChangeMember(id ID, m Member) error {
	return t.changeTable(func(tb *keys.Table, p *keys.Private) error {
		c, ok := p.Cert(id)
		mem, ok2 := tb.Member(id)
		if !ok || !ok2 || c.Disabled { // who is gone gets no keys
			return ErrNoProfile
		}
		mem.Nickname = m.Nickname
		return t.setRights(p, c, m)
	})
}

// DisableMember ends a profile: its signature counts no longer, and it gets no
// new keys. The members' key turns, so that what it holds opens nothing that is
// written from here on, the log included. Its desk is emptied: nobody opens it any
// more, to take away what must not stay.
func (t *Tx) DisableMember(id ID) error {
	return t.changeTable(func(tb *keys.Table, p *keys.Private) error {
		c, ok := p.Cert(id)
		mem, ok2 := tb.Member(id)
		if !ok || !ok2 || c.Disabled {
			return ErrNoProfile
		}
		if err := t.setRights(p, c, Member{Label: c.Label}); err != nil {
			return err
		}
		c.Disabled = true
		t.turn()
		mem.Keys[len(mem.Keys)-1].Until = t.until(id)
		return t.emptyDesk(Area(c.Desk))
	})
}

// ResetMember gives a profile, disabled or not, new keys and a first passphrase.
// Its desk starts empty: the key of the old one went with the old secret, and what
// lay there goes, too. So did its kit. The members' key and those of its areas turn, as the old bundle
// opens the ones before.
func (t *Tx) ResetMember(id ID, m Member, cost keys.Params, secrets ...keys.Secret) error {
	return t.changeTable(func(tb *keys.Table, p *keys.Private) error {
		c, ok := p.Cert(id)
		mem, ok2 := tb.Member(id)
		if !ok || !ok2 {
			return ErrNoProfile
		}
		b, err := t.newBundle(id)
		if err != nil {
			return err
		}
		grant, sign, err := b.Public()
		if err != nil {
			return err
		}
		if last := &mem.Keys[len(mem.Keys)-1]; last.Until == 0 {
			last.Until = t.until(id)
		}
		mem.Nickname = m.Nickname
		mem.Keys = append(mem.Keys, keys.VerifyKey{Key: sign, From: t.until(id) + 1})
		if err := t.setRights(p, c, Member{}); err != nil { // what its old bundle opens ends here
			return err
		}
		p.Grants = slices.DeleteFunc(p.Grants, func(g keys.Grant) bool { return g.Profile == id })
		c.Key, c.Disabled = grant, false
		t.turn()
		for i := range c.Writes {
			if Area(c.Writes[i].Area) == Area(c.Desk) && c.Writes[i].Until == 0 {
				c.Writes[i].Until = t.until(id)
			}
		}
		if err := t.emptyDesk(Area(c.Desk)); err != nil {
			return err
		}
		if err := t.newDesk(p, c); err != nil {
			return err
		}
		if err := t.setRights(p, c, m); err != nil {
			return err
		}
		return t.putProfile(b, cost, secrets, c, true, false)
	})
}

// SetShop changes the display name that stands in clear.
func (t *Tx) SetShop(name string) error {
	return t.changeTable(func(tb *keys.Table, _ *keys.Private) error {
		tb.Shop = name
		return nil
	})
}

// until is the last commit that counts of what a member loses in this
// transaction. Who loses something to itself still signs the transaction.
func (t *Tx) until(id ID) uint64 {
	if id == t.s.bundle.Profile {
		return t.number
	}
	return t.number - 1
}

// changeTable lets fn change the table and its private part, and signs it.
func (t *Tx) changeTable(fn func(*keys.Table, *keys.Private) error) error {
	if err := t.pseudo(register, false); err != nil {
		return err
	}
	root, err := t.root()
	if err != nil {
		return err
	}
	raw, err := get(t.tx, keyTable)
	if err != nil {
		return damaged("table")
	}
	tb, err := decodeTable(raw)
	if err != nil {
		return err
	}
	if err := tb.Verify(t.s.bundle.Root); err != nil {
		return fromKeys(err)
	}
	p, err := tb.Private(t.members)
	if err != nil {
		return fromKeys(err)
	}
	if err := fn(tb, p); err != nil {
		return err
	}
	tb.Version++
	if err := tb.Sign(p, t.members, root); err != nil {
		return err
	}
	if raw, err = envelope.Marshal(tb); err != nil {
		return err
	}
	t.table, t.private = tb, p
	if t.log, err = t.members.Log(); err != nil {
		return err
	}
	return t.put(register, ID{}, keyTable, raw)
}

// turn makes a new members' key. The transaction's own entry is sealed under it.
func (t *Tx) turn() { t.members = t.members.Turn() }

func (t *Tx) root() (ed25519.PrivateKey, error) {
	if !t.s.Writes(Ownership) {
		return nil, ErrNoWrite
	}
	id, err := t.s.Name(Ownership, rootName)
	if err != nil {
		return nil, err
	}
	seed, _, err := t.Get(Ownership, id)
	if err != nil {
		return nil, err
	}
	if len(seed) != ed25519.SeedSize {
		return nil, damaged("root key")
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

func (t *Tx) newBundle(id ID) (*keys.Bundle, error) {
	own := t.s.bundle
	b, err := keys.NewBundle(own.Book, id, own.Root)
	if err == nil {
		b.Seen = t.number
	}
	return b, err
}

// newDesk gives a certificate an empty desk whose key nobody else gets.
func (t *Tx) newDesk(p *keys.Private, c *keys.Cert) error {
	key := make([]byte, envelope.KeySize)
	rand.Read(key)
	c.Desk = p.NextDesk
	p.NextDesk++
	p.Areas = append(p.Areas, keys.Area{Area: c.Desk, Epoch: 1})
	c.Writes = append(c.Writes, keys.Span{Area: c.Desk, From: t.number})
	g, err := keys.NewGrant(t.s.bundle.Book, c.Desk, 1, c.ID, c.Key, key)
	if err != nil {
		return err
	}
	p.Grants = append(p.Grants, g)
	empty := new(commit.List)
	t.fresh = append(t.fresh, commit.Head{Area: c.Desk, Root: empty.Root(c.Desk), Commit: t.number})
	return nil
}

// emptyDesk deletes all that lies on a desk, whatever it is: the owner cannot open it.
func (t *Tx) emptyDesk(desk Area) error {
	var all [][]byte
	if err := each(t.tx, areaKey(desk), func(k, _ []byte) error {
		all = append(all, slices.Clone(k))
		return nil
	}); err != nil || len(all) == 0 {
		return err
	}
	for _, k := range all {
		if err := guard(func() error { return t.tx.Bucket(bucket).Delete(k) }); err != nil {
			return err
		}
	}
	t.lists[desk] = new(commit.List)
	return nil
}

// setRights makes grants and write spans those of m. Losing a key moves the
// area to a new epoch, whose key the others get.
func (t *Tx) setRights(p *keys.Private, c *keys.Cert, m Member) error {
	reads := append(slices.Clone(m.Reads), m.Writes...)
	for _, a := range p.Areas {
		num := Area(a.Area)
		if num >= firstDesk {
			continue
		}
		has := slices.ContainsFunc(p.Grants, func(g keys.Grant) bool { return g.Area == a.Area && g.Profile == c.ID })
		switch want := slices.Contains(reads, num); {
		case want && !has:
			if err := t.grantAll(p, c, num); err != nil {
				return err
			}
		case !want && has:
			if err := t.withdraw(p, c, num); err != nil {
				return err
			}
		}
		open := slices.IndexFunc(c.Writes, func(s keys.Span) bool { return s.Area == a.Area && s.Until == 0 })
		switch want := slices.Contains(m.Writes, num); {
		case want && open < 0:
			c.Writes = append(c.Writes, keys.Span{Area: a.Area, From: t.number})
		case !want && open >= 0:
			c.Writes[open].Until = t.until(c.ID)
		}
	}
	c.Label = m.Label
	return nil
}

// grantAll seals every epoch's key that the owner holds to a profile.
func (t *Tx) grantAll(p *keys.Private, c *keys.Cert, a Area) error {
	ar := t.area(a)
	if ar == nil {
		return ErrNoKey
	}
	for epoch, key := range ar.keys {
		g, err := keys.NewGrant(t.s.bundle.Book, uint16(a), epoch, c.ID, c.Key, key)
		if err != nil {
			return err
		}
		p.Grants = append(p.Grants, g)
	}
	return nil
}

// Reseal seals every record of an area under the area's current key, and drops the
// grants of the keys between the first, of which names are made, and the current
// one: what somebody lost opens nothing of the area in this file any more. A
// record keeps the number of the commit that wrote it. The activity area holds no
// records, and its keys open the log's old events for ever: it stays as it is.
// Within a Rewrite no older sealing is left in the file.
func (t *Tx) Reseal(a Area) error {
	if a == Activity {
		return nil
	}
	ar, err := t.writable(a)
	if err != nil {
		return err
	}
	var old []ID
	if err := each(t.tx, areaKey(a), func(k, v []byte) error {
		h, err := envelope.Parse(v)
		if err != nil || len(k) != 3+16 {
			return damaged("record")
		}
		if h.Epoch != ar.epoch {
			old = append(old, ID(k[3:]))
		}
		return t.work(0)
	}); err != nil {
		return err
	}
	for _, id := range old {
		plain, version, err := t.s.read(t.tx, a, ar, id)
		if err == nil {
			err = t.putAs(a, ar, id, plain, version)
		}
		if err == nil {
			err = t.work(len(plain))
		}
		if err != nil {
			return err
		}
	}
	return t.changeTable(func(_ *keys.Table, p *keys.Private) error {
		first := ar.epoch
		for _, g := range p.Grants {
			if g.Area == uint16(a) {
				first = min(first, g.Epoch)
			}
		}
		p.Grants = slices.DeleteFunc(p.Grants, func(g keys.Grant) bool {
			return g.Area == uint16(a) && g.Epoch != first && g.Epoch != ar.epoch
		})
		return nil
	})
}

// withdraw drops a profile's grants of an area and starts a new epoch for the
// profiles that stay.
func (t *Tx) withdraw(p *keys.Private, c *keys.Cert, a Area) error {
	state, ok := p.Area(uint16(a))
	if !ok {
		return damaged("table")
	}
	p.Grants = slices.DeleteFunc(p.Grants, func(g keys.Grant) bool { return g.Area == uint16(a) && g.Profile == c.ID })
	key := make([]byte, envelope.KeySize)
	rand.Read(key)
	var fresh []keys.Grant
	for _, g := range p.Grants {
		if g.Area != uint16(a) || g.Epoch != state.Epoch {
			continue
		}
		other, ok := p.Cert(g.Profile)
		if !ok {
			return damaged("table")
		}
		n, err := keys.NewGrant(t.s.bundle.Book, uint16(a), state.Epoch+1, other.ID, other.Key, key)
		if err != nil {
			return err
		}
		fresh = append(fresh, n)
	}
	p.Grants = append(p.Grants, fresh...)
	state.Epoch++
	if err := t.turnArea(a, state.Epoch, key); err != nil {
		return err
	}
	if a == Activity {
		public, err := keys.EventKey(key)
		if err != nil {
			return err
		}
		state.EventKey = public
	}
	return nil
}
