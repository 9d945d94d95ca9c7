package sample

// Lots: a fixed sequence of numbers to draw from. The same seed draws the same
// shop on every machine and with every version of Go; nothing secret is made of
// them.

import "math/bits"

// lot is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
// generators", 2014).
type lot struct{ state uint64 }

// seed is that of the one made-up shop there is.
const seed = 0x0a7e11e4

// lots of a place in the shop: what is drawn for one customer does not change
// what is drawn for the next.
func lots(place uint64) *lot {
	l := &lot{seed}
	l.state = l.next() + place*0xd1342543de82ef95
	return l
}

func (l *lot) next() uint64 {
	l.state += 0x9e3779b97f4a7c15
	z := l.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below draws one of 0 … n-1.
func (l *lot) below(n int) int {
	high, _ := bits.Mul64(l.next(), uint64(n))
	return int(high)
}

// between draws one of from … to.
func (l *lot) between(from, to int) int { return from + l.below(to-from+1) }

// in100 is true in so many of a hundred cases.
func (l *lot) in100(cases int) bool { return l.below(100) < cases }

// one draws from a list.
func one[T any](l *lot, list []T) T { return list[l.below(len(list))] }

// weighed draws a place in a list of weights.
func (l *lot) weighed(weights []int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	at := l.below(sum)
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}
