package store

// Bulk: many records in few transactions.

import (
	"context"
	"errors"
	"strconv"

	"counterbook/invoice"
)

// importBatch is how many records go into one transaction: enough to spend the
// time on sealing and not on waiting for the disk, few enough to stop soon.
const importBatch = 5000

// inBatches calls do with one range after the other until all n are done or ctx
// ends, and reports how many are.
func (s *Session) inBatches(ctx context.Context, n, size int, progress func(done int), do func(from, to int) error) error {
	for from := 0; from < n; from += size {
		if err := ctx.Err(); err != nil {
			return err
		}
		to := min(from+size, n)
		if err := do(from, to); err != nil {
			return err
		}
		if progress != nil {
			progress(to)
		}
	}
	return nil
}

// inRecord says of problems in which of many records they are: "[12].Email".
func inRecord(i int, err error) invoice.Problems {
	var in, out invoice.Problems
	if !errors.As(err, &in) {
		return out
	}
	for _, p := range in {
		p.Field = "[" + strconv.Itoa(i) + "]." + p.Field
		out = append(out, p)
	}
	return out
}
