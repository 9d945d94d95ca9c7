package store

import "time"

var began = time.Now()

// Awake is how long the computer has been running since the program began, sleep
// left out, where the system tells it apart.
func Awake() time.Duration { return awake() }
