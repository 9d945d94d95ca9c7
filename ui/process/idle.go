// How long nobody has touched the computer.

package process

import "time"

// Idle is how long keyboard and mouse of the whole computer were still. It is
// false where the system does not say: the window then counts what it sees
// itself.
func Idle() (time.Duration, bool) { return idle() }
