package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

// Budgets run with BENCH=1 alone: a busy machine must not fail a test. Each is
// a ratio of two things measured in turns in one run.
func budget(t *testing.T) {
	t.Helper()
	if os.Getenv("BENCH") == "" {
		t.Skip("budgets are measured by make bench")
	}
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

func took(f func()) time.Duration {
	begun := time.Now()
	f()
	return time.Since(begun)
}

func TestBudgetSavingARecordIsAtMostTwoAndAHalfTimesTwoFsyncs(t *testing.T) {
	budget(t)
	_, s := newBook(t, newClock())
	list := make([]store.Customer, 10000)
	for i := range list {
		list[i] = giulia()
		list[i].Name = fmt.Sprintf("Customer %d", i)
	}
	require.NoError(t, customers(t, s).Import(context.Background(), list, nil))
	all, err := customers(t, s).List("")
	require.NoError(t, err)
	raw, err := os.Create(filepath.Join(t.TempDir(), "raw"))
	require.NoError(t, err)
	defer raw.Close()
	require.NoError(t, raw.Truncate(1<<20))
	var save, floor []time.Duration
	for i := range 200 {
		floor = append(floor, took(func() {
			_, err := raw.WriteAt(make([]byte, 24<<10), 8192)
			require.NoError(t, err)
			require.NoError(t, raw.Sync())
			_, err = raw.WriteAt(make([]byte, 4096), 0)
			require.NoError(t, err)
			require.NoError(t, raw.Sync())
		}))
		c, err := customers(t, s).Get(all[i*17%len(all)].ID)
		require.NoError(t, err)
		c.Phone = fmt.Sprintf("+43 660 %07d", i)
		save = append(save, took(func() {
			_, err := customers(t, s).Save(c)
			require.NoError(t, err)
		}))
	}
	ratio := float64(median(save)) / float64(median(floor))
	t.Logf("saving %v, two fsyncs %v: %.2f of 2.5", median(save), median(floor), ratio)
	require.LessOrEqual(t, ratio, 2.5)
}

func BenchmarkIssue(b *testing.B) {
	_, s := newBook(b, newClock())
	ds, err := s.Drafts()
	require.NoError(b, err)
	is, err := s.Invoices()
	require.NoError(b, err)
	for b.Loop() {
		d, err := ds.Save(store.Draft{Doc: invoice.Document{Buyer: giulia().Party(), Lines: []invoice.Line{frame()}}})
		require.NoError(b, err)
		_, err = is.Issue(context.Background(), d.ID)
		require.NoError(b, err)
	}
}

func BenchmarkSearch(b *testing.B) {
	_, s := newBook(b, newClock())
	list := make([]store.Customer, 20000)
	for i := range list {
		list[i].Name = fmt.Sprintf("Customer %d of Vienna", i)
	}
	require.NoError(b, customers(b, s).Import(context.Background(), list, nil))
	for b.Loop() {
		_, err := customers(b, s).List("19999 vienna")
		require.NoError(b, err)
	}
}
