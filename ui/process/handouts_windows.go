// Whose folder it is, on Windows: the user's profile is closed to others by its
// access list, which new folders inherit.

package process

import "io/fs"

func ours(fs.FileInfo) bool { return true }
