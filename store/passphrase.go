package store

// Passphrases: offered and measured.

import (
	"strings"
	"unicode/utf8"

	"github.com/ccojocar/zxcvbn-go"
	"github.com/sethvargo/go-diceware/diceware"
)

const (
	// OwnerWords and StaffWords are how many words a generated passphrase has:
	// 64 and 51 bits.
	OwnerWords = 5
	StaffWords = 4

	minPassphrase = 12 // characters
	minScore      = 3  // of 4, as zxcvbn counts
	maxMeasured   = 100
)

// GeneratePassphrase makes a passphrase of words from the EFF's long list.
func GeneratePassphrase(words int) (string, error) {
	list, err := diceware.Generate(words)
	return strings.Join(list, " "), err
}

// Strength is how hard a passphrase is to guess: Score is 0 to 4, Bits the
// estimated entropy.
type Strength struct {
	Score  int
	Bits   float64
	Enough bool
}

// MeasurePassphrase estimates how hard a passphrase is to guess. Words of the
// context, such as the shop's name, count for nothing.
func MeasurePassphrase(p string, context ...string) Strength {
	short := p
	if len(short) > maxMeasured { // the estimate is quadratic in the length
		short = short[:maxMeasured]
	}
	m := zxcvbn.PasswordStrength(short, context)
	return Strength{Score: m.Score, Bits: m.Entropy,
		Enough: m.Score >= minScore && utf8.RuneCountInString(p) >= minPassphrase}
}
