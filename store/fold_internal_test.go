package store

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Letters of one byte are folded as they are beside one that is not.
func TestTextOfPlainLettersIsFoldedAsAnyOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.StringOf(rapid.RuneFrom([]rune(" \t\n\x00\x1f\x7fAaZz09.,-'\"~{}@"))).Draw(t, "text")
		require.Equal(t, strings.TrimSuffix(fold(plain+" é"), "e"), strings.TrimPrefix(fold(plain)+" ", " "))
		require.Equal(t, fold(plain), fold(fold(plain)))
	})
}
