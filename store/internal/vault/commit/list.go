// Package commit holds what makes a change of a book provable: the hash list of
// an area's records, and the signed log with one entry a transaction.
//
// The package is pure: it works on bytes and reads no file.
package commit

// The hash list: which records an area holds, as one root.

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"slices"
)

// Hash is the fingerprint of a stored record: the first 16 bytes of SHA-256
// over the whole sealed value. The AEAD's own tag would not do, since whoever
// holds the key can make two ciphertexts of one tag.
type Hash [16]byte

// HashOf fingerprints a stored value.
func HashOf(value []byte) Hash {
	s := sha256.Sum256(value)
	return Hash(s[:16])
}

type item struct {
	id   [16]byte
	hash Hash
}

// List is the hash list of one area: 256 shards by the first byte of the id.
// The zero List is an empty area.
type List struct {
	shards [256]shard
	count  uint64
}

type shard struct {
	items []item // sorted by id
	sum   [32]byte
	known bool // sum is that of items
}

// Count is the number of records.
func (l *List) Count() uint64 { return l.count }

// Get returns the fingerprint of a record.
func (l *List) Get(id [16]byte) (Hash, bool) {
	s := &l.shards[id[0]]
	if i, ok := s.find(id); ok {
		return s.items[i].hash, true
	}
	return Hash{}, false
}

// Put adds or replaces a record.
func (l *List) Put(id [16]byte, h Hash) {
	s := &l.shards[id[0]]
	s.known = false
	i, ok := s.find(id)
	if ok {
		s.items[i].hash = h
		return
	}
	s.items = slices.Insert(s.items, i, item{id, h})
	l.count++
}

// Delete removes a record, if it is there.
func (l *List) Delete(id [16]byte) {
	s := &l.shards[id[0]]
	if i, ok := s.find(id); ok {
		s.known = false
		s.items = slices.Delete(s.items, i, i+1)
		l.count--
	}
}

// Root is the hash over area, count and all shards.
func (l *List) Root(area uint16) [32]byte {
	h := sha256.New()
	h.Write([]byte("counterbook/v1/list\x00"))
	var head [10]byte
	binary.BigEndian.PutUint16(head[:], area)
	binary.BigEndian.PutUint64(head[2:], l.count)
	h.Write(head[:])
	for i := range l.shards {
		sum := l.shards[i].hash()
		h.Write(sum[:])
	}
	return [32]byte(h.Sum(nil))
}

func (s *shard) find(id [16]byte) (int, bool) {
	return slices.BinarySearchFunc(s.items, id, func(it item, id [16]byte) int {
		return bytes.Compare(it.id[:], id[:])
	})
}

func (s *shard) hash() [32]byte {
	if s.known || len(s.items) == 0 && s.sum == [32]byte{} {
		return s.sum
	}
	if len(s.items) == 0 {
		s.sum, s.known = [32]byte{}, true
		return s.sum
	}
	h := sha256.New()
	var room [64 * 32]byte // a shard of a large area would be kilobytes for each commit
	b := room[:0]
	for _, it := range s.items {
		if len(b) == len(room) {
			h.Write(b)
			b = room[:0]
		}
		b = append(append(b, it.id[:]...), it.hash[:]...)
	}
	h.Write(b)
	s.sum, s.known = [32]byte(h.Sum(nil)), true
	return s.sum
}
