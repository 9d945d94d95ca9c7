package vault

// Fingerprinting what is stored of an area. Hashing takes longer than reading, so
// that it goes on beside it.

import (
	"runtime"

	bolt "go.etcd.io/bbolt"

	"counterbook/store/internal/vault/commit"
)

// ahead is how many batches may be read before the oldest was hashed.
const ahead = 8

// fingerprint makes the hash list of an area's records.
func fingerprint(tx *bolt.Tx, a Area) (*commit.List, error) {
	h := hasher{list: new(commit.List), b: newBatch()}
	odd := false
	err := eachCopied(tx, areaKey(a), func(k, v []byte) {
		if odd = len(k) != 3+16; !odd {
			h.b.add(ID(k[3:]), v)
		}
	}, func() error {
		if odd {
			return damaged("record")
		}
		if len(h.b.bytes) >= batchSize {
			h.next()
		}
		return nil
	})
	h.finish()
	return h.list, err
}

// hasher takes batches in order and puts their hashes into the list in the same
// order.
type hasher struct {
	list    *commit.List
	b       *batch   // is being filled
	waiting []*batch // are being hashed, oldest first
	free    []*batch
	work    chan *batch // nil until there is more than one batch
}

// next gives the batch away to be hashed and takes an empty one.
func (h *hasher) next() {
	if h.work == nil {
		h.work = make(chan *batch, ahead)
		for range min(runtime.GOMAXPROCS(0), 4) {
			go func() {
				for b := range h.work {
					b.hash()
					b.hashed <- struct{}{}
				}
			}()
		}
	}
	h.work <- h.b
	h.waiting = append(h.waiting, h.b)
	if len(h.waiting) == ahead {
		h.take()
	}
	if n := len(h.free); n > 0 {
		h.b, h.free = h.free[n-1], h.free[:n-1]
		return
	}
	h.b = newBatch()
}

// take waits for the oldest batch.
func (h *hasher) take() {
	b := h.waiting[0]
	h.waiting = h.waiting[1:]
	<-b.hashed
	h.put(b)
	b.empty()
	h.free = append(h.free, b)
}

func (h *hasher) put(b *batch) {
	for i, id := range b.ids {
		h.list.Put(id, b.hashes[i])
	}
}

func (h *hasher) finish() {
	for len(h.waiting) > 0 {
		h.take()
	}
	if h.work != nil {
		close(h.work)
	}
	h.b.hash()
	h.put(h.b)
}
