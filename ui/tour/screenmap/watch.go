//go:build tour

// Watching a window and writing its map.

package screenmap

import (
	"crypto/rand"
	"encoding/json"
	"log"
	"os"
	"reflect"
	"time"

	"fyne.io/fyne/v2"
)

// every is how often the window is looked at. A change is written once it has
// been looked at, so a burst of changes is one or two files.
const every = 80 * time.Millisecond

// Start writes the window's map to the file that COUNTERBOOK_MAP names, now and
// at every change, until the program ends.
func Start(w fyne.Window) {
	path := os.Getenv(Env)
	if path == "" {
		return
	}
	go watch(w, path)
}

func watch(w fyne.Window, path string) {
	run := rand.Text()
	var last Map
	for range time.Tick(every) {
		var m Map
		fyne.DoAndWait(func() { m = Of(w) })
		m.Run, m.PID, m.Seq = run, os.Getpid(), last.Seq
		if last.Seq > 0 && reflect.DeepEqual(m, last) {
			continue
		}
		m.Seq++
		if err := write(path, m); err != nil {
			log.Println("screen map:", err)
		}
		last = m
	}
}

func write(path string, m Map) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", data, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
