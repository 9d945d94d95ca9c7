//go:build unix

package process

import (
	"os"

	"golang.org/x/sys/unix"
)

// hide keeps what is typed at a terminal from being shown, until show.
func hide(in *os.File) (show func(), err error) {
	fd := int(in.Fd())
	was, err := unix.IoctlGetTermios(fd, getTermios)
	if err != nil {
		return nil, err
	}
	quiet := *was
	quiet.Lflag &^= unix.ECHO
	quiet.Lflag |= unix.ICANON | unix.ISIG
	if err := unix.IoctlSetTermios(fd, setTermios, &quiet); err != nil {
		return nil, err
	}
	return func() { _ = unix.IoctlSetTermios(fd, setTermios, was) }, nil
}

// Console does nothing: commands write where they were started.
func Console() {}
