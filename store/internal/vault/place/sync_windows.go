package place

import "os"

// syncDir does nothing: Windows has no call to flush a folder; NTFS keeps
// renames in its journal.
func syncDir(string) error { return nil }

// nameless is never true: a file that a rename replaces cannot be open.
func nameless(*os.File) bool { return false }
