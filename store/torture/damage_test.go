//go:build unix

package torture

// Damage of the file: flipped bits, cut and moved pages.

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// tally counts what became of cases.
type tally struct {
	without, with map[string]int
	bad, badWith  []string
	cases, peak   int
}

// hurtAll tries cases, prints how many ended how, and fails where one is bad.
func hurtAll(t *testing.T, name string, cases []hurt) {
	t.Helper()
	hurtAllBy(t, "worker", name, cases)
}

func hurtAllBy(t *testing.T, role, name string, cases []hurt) {
	t.Helper()
	y := tally{without: map[string]int{}, with: map[string]int{}}
	tryAll(t, role, cases, func(h hurt, f fate) {
		y.cases++
		y.without[f.Without]++
		y.with[f.With]++
		y.peak = max(y.peak, f.Peak)
		if f.Bad {
			y.bad = append(y.bad, h.String()+": "+f.Without)
		}
		if f.BadWith {
			t.Log(h.String() + ": " + f.With) // at once: a whole run takes long
			y.badWith = append(y.badWith, h.String()+": "+f.With)
		}
	})
	y.print(t, name)
	require.Less(t, y.peak, most, "memory in KiB")
	require.Equal(t, len(cases), y.cases)
	require.Empty(t, y.badWith)
}

func (y *tally) print(t *testing.T, name string) {
	report(t, name, y.cases, len(y.badWith))
	for _, how := range slices.Sorted(maps.Keys(y.without)) {
		y.row(t, how)
	}
	for _, how := range slices.Sorted(maps.Keys(y.with)) {
		if y.without[how] == 0 {
			y.row(t, how)
		}
	}
	slices.Sort(y.bad)
	for _, b := range y.bad[:min(len(y.bad), 40)] {
		t.Log("bad without the sidecar: ", b)
	}
}

// row adds to the table how many cases ended in one way, without the sidecar and
// with it.
func (y *tally) row(t *testing.T, how string) {
	t.Helper()
	said := fmt.Sprintf("%19d %9d  %s", y.without[how], y.with[how], how)
	t.Log(said)
	line(t, said)
}

// some returns n of the cases, or all where everything is run. Which ones is
// another choice each time, and said.
func some(t *testing.T, n int, cases []hurt) []hurt {
	if whole() || n >= len(cases) {
		return cases
	}
	seed := rand.Uint64()
	t.Logf("%d of %d, seed %d", n, len(cases), seed)
	r := rand.New(rand.NewPCG(seed, 0))
	r.Shuffle(len(cases), func(i, j int) { cases[i], cases[j] = cases[j], cases[i] })
	return cases[:n]
}

// strideOf is how many bytes further the next bit is flipped.
func strideOf(s string) int {
	n, _ := strconv.Atoi(s)
	return max(1, n)
}

func bookSize(t *testing.T) int {
	now, _ := small(t)
	st, err := os.Stat(now)
	require.NoError(t, err)
	return int(st.Size())
}

func TestInvariant09AFlippedBitIsNoticedOrChangesNothing(t *testing.T) {
	size := bookSize(t)
	var cases []hurt
	stride := strideOf(os.Getenv("TORTURE_STRIDE"))
	for at := 0; at < size; at += stride {
		cases = append(cases, hurt{Kind: "flip", A: at, B: (at*5 + at/8) % 8})
	}
	hurtAll(t, fmt.Sprintf("flipped bits, one at each %d bytes of a book of %d", stride, size), some(t, 600, cases))
}

func TestInvariant10CutLengthenedAndMovedPagesAreNoticedOrChangeNothing(t *testing.T) {
	size := bookSize(t)
	pages := size / pageSize
	var lengths, zeros, stale, sectors, swaps, doubles []hurt
	for n := 0; n <= size+8*pageSize; n += 512 {
		if n != size {
			lengths = append(lengths, hurt{Kind: "length", A: n})
		}
	}
	for n := range size / 512 {
		sectors = append(sectors, hurt{Kind: "sector", A: n})
	}
	for a := range pages {
		zeros = append(zeros, hurt{Kind: "zero", A: a})
		stale = append(stale, hurt{Kind: "stale", A: a})
		for b := range pages {
			if a < b {
				swaps = append(swaps, hurt{Kind: "swap", A: a, B: b})
			}
			if a != b {
				doubles = append(doubles, hurt{Kind: "double", A: a, B: b})
			}
		}
	}
	for _, c := range []struct {
		name  string
		n     int
		cases []hurt
	}{
		{"cut or lengthened at each 512 bytes", 100, lengths},
		{"a page of zeros", 40, zeros},
		{"a page as it was before", 40, stale},
		{"512 bytes as they were before", 60, sectors},
		{"two pages swapped", 80, swaps},
		{"a page doubled over another", 80, doubles},
	} {
		t.Run(c.name, func(t *testing.T) { hurtAll(t, c.name, some(t, c.n, c.cases)) })
	}
}
