//go:build tour && linux

package tour

import (
	"slices"
	"testing"
	"time"

	"counterbook/store/budget"
)

func TestBudgetTheSignInIsThereWithinASecond(t *testing.T) {
	n := budget.Size(t)
	path, d := budget.Book(t, n), NewDisplay(t)
	var took []time.Duration
	for range 5 {
		begun := time.Now()
		p := Start(t, d, options(t, path))
		p.Expect("Who is at the counter?")
		took = append(took, time.Since(begun))
		p.Close()
	}
	budget.Aim(t, "cold start to the sign-in window, driver included", n, slices.Min(took), time.Second)
}
