// Backups in words.

package words

import (
	"github.com/shopspring/decimal"

	"counterbook/store"
)

// Size says how large a file is, in megabytes.
func (w *Words) Size(bytes int64) string {
	size := decimal.Max(decimal.NewFromInt(bytes).DivRound(decimal.NewFromInt(1_000_000), 1), decimal.New(1, -1))
	return w.T("size", Data{"Size": w.Decimal(size)})
}

// Backup names a backup: when it was made, how large it is, and that it was checked.
func (w *Words) Backup(b store.Backup) string {
	return w.T("backup.line", Data{"When": w.Moment(b.At), "Size": w.Size(b.Size)})
}

// LastBackup says when the last backup was made that was proved good.
func (w *Words) LastBackup(h store.BackupHabits) string {
	if h.Last.IsZero() {
		return w.T("backup.never")
	}
	return w.T("backup.last", Data{"When": w.Moment(h.Last)})
}
