package commit

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store/internal/vault/envelope"
)

// FuzzHeads decodes heads as a member may have sealed them: stepping back from
// them ends, and what they sign does not depend on how they were written.
func FuzzHeads(f *testing.F) {
	hs := Heads{{Area: 10, Count: 2, Commit: 7}, {Area: 11, Commit: 1}}
	b, err := envelope.Marshal(hs)
	require.NoError(f, err)
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		var hs Heads
		if envelope.Unmarshal(b, &hs) != nil {
			return
		}
		state, err := hs.State()
		require.NoError(t, err)
		raw, err := envelope.Marshal(hs)
		require.NoError(t, err)
		var again Heads
		require.NoError(t, envelope.Unmarshal(raw, &again))
		same, err := again.State()
		require.NoError(t, err)
		require.Equal(t, state, same)
		hs.Before(&Entry{Changed: hs, Was: hs.Replaced(hs)})
	})
}
