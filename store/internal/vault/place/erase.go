package place

// Overwriting what is not needed any more, as well as that goes.

import (
	"io"
	"os"
)

// Discard overwrites a file with zeros and removes it. done is told how many bytes
// were written each time, and may be nil.
func Discard(path string, done func(int64)) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err == nil {
		zero(f, done)
		f.Close()
	}
	os.Remove(path)
}

// Overwrite writes zeros over a file that was opened before it lost its name, unless
// it has another one.
func Overwrite(f *os.File, done func(int64)) {
	if nameless(f) {
		zero(f, done)
	}
}

func zero(f *os.File, done func(int64)) {
	st, err := f.Stat()
	if err != nil || !st.Mode().IsRegular() {
		return
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return
	}
	zeros := make([]byte, 1<<20)
	for left := st.Size(); left > 0; {
		n, err := f.Write(zeros[:min(left, int64(len(zeros)))])
		if err != nil {
			return
		}
		left -= int64(n)
		if done != nil {
			done(int64(n))
		}
	}
	_ = f.Sync()
}
