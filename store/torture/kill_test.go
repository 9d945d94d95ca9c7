//go:build unix

package torture

// Kills: a writer is ended in the middle of what it does, wherever that is.

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store/internal/proctest"
)

// killed runs a role and kills it some time after it said so many lines. It
// returns what was said.
func killed(t *testing.T, role, dir string, lines int, after time.Duration) string {
	t.Helper()
	said, _ := proctest.Killed(t, child(role, bookIn+"="+dir, rounds+"=0"), lines, after)
	return said
}

// bookToKill is a copy of the small book in a folder of its own.
func bookToKill(t *testing.T) (dir string, before state) {
	now, _ := small(t)
	b, err := os.ReadFile(now)
	require.NoError(t, err)
	dir = scratch(t)
	path := filepath.Join(dir, bookName)
	require.NoError(t, os.WriteFile(path, b, 0o600))
	before, err = stateOf(path)
	require.NoError(t, err)
	return dir, before
}

func TestInvariant16WhatWasAcknowledgedSurvivesAKill(t *testing.T) {
	want, most := 300, 40
	if whole() {
		want, most = 12_000, 300
	}
	dir, before := bookToKill(t)
	var all strings.Builder
	kills := 0
	for acknowledged := 0; acknowledged < want; kills++ {
		text := killed(t, "counter", dir, 1+rand.IntN(most), time.Duration(rand.IntN(1500))*time.Microsecond)
		require.NotContains(t, text, "error")
		acknowledged += strings.Count(text, "\n")
		all.WriteString(text)
		// The next one that is killed finds what this one left.
	}
	s, err := hear(all.String())
	require.NoError(t, err)
	before.Spare = kills
	err = s.holds(filepath.Join(dir, bookName), before)
	require.Equal(t, []string{bookName, "state"}, folder(t, dir))
	n := strings.Count(all.String(), "\n")
	bad := 0
	if err != nil {
		bad = 1
	}
	report(t, fmt.Sprintf("acknowledged changes after %d kills", kills), n, bad)
	require.NoError(t, err)
}

func TestInvariant16WhoIsKilledMakingOrMovingABookLeavesTheOldOneOrTheNew(t *testing.T) {
	for _, c := range []struct {
		name, role string
		born       bool
	}{
		{"making a book", "birth", false},
		{"compacting", "compact", true},
		{"making backups", "backup", true},
		{"rewriting", "rewrite", true},
		{"restoring", "restore", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			times := 10
			if whole() {
				times = 200
			}
			for range times {
				dir, before := scratch(t), state{Spare: 1}
				if c.born {
					dir, before = bookToKill(t)
				}
				text := killed(t, c.role, dir, 0, time.Duration(rand.IntN(250_000))*time.Microsecond)
				i := image{Dir: dir, Said: text, Born: c.born, Before: before}
				require.NoError(t, i.check())
				require.NoError(t, os.RemoveAll(dir)) // there are hundreds
			}
			report(t, "kills while "+c.name, times, 0)
		})
	}
}

// folder lists what is in a folder.
func folder(t *testing.T, dir string) (names []string) {
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
