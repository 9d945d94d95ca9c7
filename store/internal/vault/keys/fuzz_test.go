package keys

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store/internal/vault/envelope"
)

// stable decodes bytes, and wants what it decoded to be the same after writing
// and reading it again.
func stable[T any](t *testing.T, b []byte) {
	var v, again T
	if envelope.Unmarshal(b, &v) != nil {
		return
	}
	first, err := envelope.Marshal(v)
	require.NoError(t, err)
	require.NoError(t, envelope.Unmarshal(first, &again))
	second, err := envelope.Marshal(again)
	require.NoError(t, err)
	require.Equal(t, first, second)
}

// FuzzForms decodes what is sealed in a profile and in the table, as somebody may
// write it who has the key.
func FuzzForms(f *testing.F) {
	for _, seed := range []any{
		Bundle{Book: [16]byte{1}, Seen: 7},
		Private{Areas: []Area{{Area: 10, Epoch: 1}}, Certs: []Cert{{ID: [16]byte{1}, Writes: []Span{{Area: 10, From: 1}}}},
			Grants: []Grant{{Area: 10, Epoch: 1}}},
	} {
		b, err := envelope.Marshal(seed)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		stable[Bundle](t, b)
		stable[Private](t, b)
		stable[Grant](t, b)
		stable[Cert](t, b)
		stable[Profile](t, b)
	})
}
