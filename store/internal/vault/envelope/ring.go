package envelope

// Rings: keys that turn, one of each epoch.

// Ring seals under the newest of several keys and opens under each. It is safe
// for concurrent use.
type Ring struct {
	epoch   uint32
	sealers map[uint32]*Sealer
}

// NewRing makes a Ring that seals under the key of an epoch. Keys are of
// KeySize bytes.
func NewRing(epoch uint32, keys map[uint32][]byte) (*Ring, error) {
	r := &Ring{epoch: epoch, sealers: map[uint32]*Sealer{}}
	for e, k := range keys {
		s, err := NewSealer(k)
		if err != nil {
			return nil, err
		}
		r.sealers[e] = s
	}
	return r, nil
}

// Epoch is the one under whose key the ring seals.
func (r *Ring) Epoch() uint32 { return r.epoch }

// Seal seals plain for its place under the newest key.
func (r *Ring) Seal(p Place, commit uint64, plain []byte) ([]byte, error) {
	s := r.sealers[r.epoch]
	if s == nil {
		return nil, ErrOpen
	}
	return s.Seal(p, Header{Epoch: r.epoch, Commit: commit}, plain)
}

// Open opens a value under the key of the epoch that it names.
func (r *Ring) Open(p Place, value []byte) ([]byte, Header, error) {
	h, err := Parse(value)
	if err != nil {
		return nil, h, err
	}
	s := r.sealers[h.Epoch]
	if s == nil {
		return nil, h, ErrOpen
	}
	return s.Open(p, value)
}
