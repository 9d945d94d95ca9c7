//go:build unix

package torture

// Hostile files: a book in which somebody wrote at many places, also where page
// numbers and lengths stand, with sums that are right again.

import (
	"encoding/binary"
	"hash/fnv"
	"math/rand/v2"
	"testing"
)

// scribble writes at some places of a book, by a seed.
func scribble(b []byte, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 2))
	pages := len(b) / pageSize
	for range 1 + r.IntN(12) {
		page := pageOf(b, r.IntN(pages))
		switch r.IntN(10) {
		case 0, 1, 2: // the page's header: number, kind, how many, how many more
			number(page[r.IntN(14):], r)
		case 3, 4, 5: // the table behind it
			number(page[16+r.IntN(240):], r)
		case 6, 7, 8:
			number(page[r.IntN(pageSize-8):], r)
		default: // a meta page, with a sum that is right
			meta := pageOf(b, r.IntN(2))[16:]
			number(meta[8+r.IntN(40):], r)
			if r.IntN(4) > 0 {
				sum := fnv.New64a()
				sum.Write(meta[:56])
				binary.LittleEndian.PutUint64(meta[56:], sum.Sum64())
			}
		}
	}
}

// number writes a number of 1, 2, 4 or 8 bytes that programs stumble over.
func number(at []byte, r *rand.Rand) {
	odd := []uint64{0, 1, 2, 3, 15, 16, 31, 32, 33, 255, 4095, 4096, 1 << 15, 1<<16 - 1, 1 << 31, 1<<32 - 1, 1 << 62, 1<<63 - 1, 1<<64 - 1}
	n := odd[r.IntN(len(odd))]
	if r.IntN(3) == 0 {
		n = r.Uint64()
	}
	le := binary.LittleEndian
	switch r.IntN(4) {
	case 0:
		at[0] = byte(n)
	case 1:
		le.PutUint16(at, uint16(n))
	case 2:
		le.PutUint32(at, uint32(n))
	default:
		le.PutUint64(at, n)
	}
}

func TestInvariant14NoFileHangsEatsMemoryOrEndsTheProgram(t *testing.T) {
	many := 250
	if whole() {
		many = 20_000
	}
	var cases []hurt
	for range many {
		cases = append(cases, hurt{Kind: "scribble", A: rand.Int()})
	}
	hurtAll(t, "books that somebody scribbled in", cases)
}
