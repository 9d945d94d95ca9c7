package store

// The kit: the owner's recovery key on paper.

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"strings"

	"counterbook/store/internal/vault/keys"
)

const (
	kitGroups   = 8
	groupData   = 4 // characters of five bits
	crockford   = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	kitBytes    = kitGroups * groupData * 5 / 8
	groupLength = groupData + 1
)

// Kit is a recovery key of 160 random bits, written as eight groups of five
// characters in Crockford's base 32. The last character of a group checks the
// group, its place included, so that a mistyped character is found where it is.
type Kit struct {
	key       [kitBytes]byte
	ask       [2]int
	confirmed bool
}

// KitError says which group of a kit was mistyped, counted from 1; 0 means
// that the number of groups is wrong.
type KitError struct{ Group int }

func (e *KitError) Error() string { return fmt.Sprintf("store: kit is mistyped in group %d", e.Group) }

// NewKit makes a kit and chooses the two groups to type back.
func NewKit() *Kit {
	k := new(Kit)
	rand.Read(k.key[:])
	var r [2]byte
	rand.Read(r[:])
	k.ask[0] = int(r[0]) % kitGroups
	k.ask[1] = (k.ask[0] + 1 + int(r[1])%(kitGroups-1)) % kitGroups
	if k.ask[0] > k.ask[1] {
		k.ask[0], k.ask[1] = k.ask[1], k.ask[0]
	}
	return k
}

// Groups is the kit as it is printed.
func (k *Kit) Groups() []string {
	out := make([]string, kitGroups)
	for g := range out {
		data := k.symbols()[g*groupData : (g+1)*groupData]
		var b strings.Builder
		for _, s := range data {
			b.WriteByte(crockford[s])
		}
		b.WriteByte(crockford[groupCheck(g, data)])
		out[g] = b.String()
	}
	return out
}

// Ask names the two groups that Confirm wants, counted from 0.
func (k *Kit) Ask() [2]int { return k.ask }

// Confirm compares the two groups that were typed back. A book is created only
// with a kit that was confirmed.
func (k *Kit) Confirm(first, second string) error {
	groups := k.Groups()
	for i, typed := range []string{first, second} {
		if subtle.ConstantTimeCompare([]byte(tidyKit(typed)), []byte(groups[k.ask[i]])) != 1 {
			return &KitError{Group: k.ask[i] + 1}
		}
	}
	k.confirmed = true
	return nil
}

// ParseKit reads a kit as it was typed: case, spaces and dashes do not matter,
// and letters that look like digits are read as such.
func ParseKit(typed string) (*Kit, error) {
	t := tidyKit(typed)
	if len(t) != kitGroups*groupLength {
		return nil, &KitError{}
	}
	var syms []byte
	for g := range kitGroups {
		part := t[g*groupLength : (g+1)*groupLength]
		var data []byte
		for i := range part {
			s := strings.IndexByte(crockford, part[i])
			if s < 0 {
				return nil, &KitError{Group: g + 1}
			}
			data = append(data, byte(s))
		}
		if groupCheck(g, data[:groupData]) != data[groupData] {
			return nil, &KitError{Group: g + 1}
		}
		syms = append(syms, data[:groupData]...)
	}
	k := new(Kit)
	var acc uint32
	bits, at := 0, 0
	for _, s := range syms {
		acc, bits = acc<<5|uint32(s), bits+5
		for bits >= 8 {
			bits -= 8
			k.key[at] = byte(acc >> bits)
			at++
		}
	}
	return k, nil
}

func (k *Kit) secret() keys.Secret {
	return keys.Secret{Kind: keys.KitSlot, Material: bytes.Clone(k.key[:])}
}

// symbols is the key in steps of five bits.
func (k *Kit) symbols() []byte {
	out := make([]byte, 0, kitGroups*groupData)
	var acc uint32
	bits := 0
	for _, b := range k.key {
		acc, bits = acc<<8|uint32(b), bits+8
		for bits >= 5 {
			bits -= 5
			out = append(out, byte(acc>>bits)&31)
		}
	}
	return out
}

// groupCheck is a polynomial check over GF(32): it finds every single wrong
// character, every swap of neighbours, and groups that changed places.
func groupCheck(group int, data []byte) byte {
	sum := mul32(byte(group+1), 4)
	for _, s := range data {
		sum = mul32(sum, 2) ^ s
	}
	return mul32(sum, 2)
}

// mul32 multiplies in GF(2^5) with x^5 + x^2 + 1.
func mul32(a, b byte) byte {
	var p byte
	for ; b > 0; b >>= 1 {
		if b&1 == 1 {
			p ^= a
		}
		if a <<= 1; a&32 != 0 {
			a ^= 0b100101
		}
	}
	return p
}

func tidyKit(s string) string {
	s = strings.ToUpper(s)
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '\t', '\n', '\r', '.', ',', '\u00a0', '·':
			return -1
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		return r
	}, s)
}
