package place

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Disks that a program mounts, as NTFS and exFAT are by many systems, hold books;
// what such a program brings from another computer does not.
func TestOnlyProgramsThatReachAnotherComputerAreNetworks(t *testing.T) {
	const mounts = `22 1 253:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:40 / /media/stick rw - fuseblk /dev/sdb1 rw,user_id=0
31 22 0:41 / /home/anna/shop rw - fuse.sshfs anna@server:/shop rw
32 22 0:42 / /home/anna/a\040b rw - fuse.rclone remote: rw
33 22 0:43 / /home/anna/shop/inside rw - fuse.exfat /dev/sdc1 rw
34 22 0:44 / /home/anna/enc rw - fuse.gocryptfs /home/anna/.enc rw
35 22 0:45 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
`
	for path, want := range map[string]bool{
		"/home/x": false, "/media/stick/shop.counterbook": false, "/home/anna/shop": true, "/home/anna/shop/x.counterbook": true,
		"/home/anna/shopping": false, "/home/anna/a b/x": true, "/home/anna/shop/inside/x": false, "/home/anna/enc/x": false,
		"/run/user/1000/gvfs/smb-share:server=x": true,
	} {
		require.Equal(t, want, networkMount(mounts, path), path)
	}
}
