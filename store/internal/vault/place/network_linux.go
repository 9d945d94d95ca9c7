package place

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// networkTypes are the numbers of file systems that lie on another computer, from
// linux/magic.h and statfs(2). A lock on them, or a page of a mapped file, is not
// always what the other computers see.
var networkTypes = map[uint32]bool{
	0x00006969: true, // NFS
	0x0000517B: true, // SMB, early
	0xFF534D42: true, // CIFS
	0xFE534D42: true, // SMB 2 and later
	0x01021997: true, // 9P: folders of a host in its guest
	0x5346414F: true, // AFS, OpenAFS
	0x6B414653: true, // AFS of the kernel
	0x73757245: true, // Coda
	0x0000564C: true, // NCP
	0x00C36400: true, // Ceph
	0x0BD00BD0: true, // Lustre
	0x47504653: true, // GPFS
	0x19830326: true, // BeeGFS
	0x786F4256: true, // VirtualBox's shared folders
}

// fuseType is that of everything that runs as a program: most are disks of this
// computer, such as NTFS and exFAT, and only their names tell.
const fuseType = 0x65735546

// networkPrograms are FUSE file systems that lie elsewhere, as mountinfo calls
// them behind "fuse.".
var networkPrograms = map[string]bool{
	"sshfs": true, "curlftpfs": true, "rclone": true, "s3fs": true, "goofys": true, "davfs": true, "davfs2": true,
	"glusterfs": true, "smbnetfs": true, "gvfsd-fuse": true, "kio-fuse": true, "google-drive-ocamlfuse": true,
	"onedriver": true, "mfs": true, "juicefs": true, "ceph": true, "ceph-fuse": true, "afpfs": true, "nfs": true,
	"seadrive": true, "seafdrive": true, "gcsfuse": true, "blobfuse": true, "blobfuse2": true, "prl_fsd": true, "vmhgfs-fuse": true,
}

// Network reports whether a file or folder lies on another computer.
func Network(path string) bool {
	var st unix.Statfs_t
	if err := unix.Statfs(path, &st); err != nil {
		return false
	}
	switch kind := uint32(st.Type); {
	case networkTypes[kind]:
		return true
	case kind != fuseType:
		return false
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return false
	}
	if real, err = filepath.Abs(real); err != nil {
		return false
	}
	b, err := os.ReadFile("/proc/self/mountinfo")
	return err == nil && networkMount(string(b), real)
}

// networkMount reports whether the innermost mount that holds a path is one of
// networkPrograms. The list is that of proc_pid_mountinfo(5).
func networkMount(mountinfo, path string) bool {
	longest, kind := 0, ""
	for lines := bufio.NewScanner(strings.NewReader(mountinfo)); lines.Scan(); {
		before, after, ok := strings.Cut(lines.Text(), " - ")
		fields, about := strings.Fields(before), strings.Fields(after)
		if !ok || len(fields) < 5 || len(about) < 1 {
			continue
		}
		at := unescape.Replace(fields[4])
		if (path == at || strings.HasPrefix(path, strings.TrimSuffix(at, "/")+"/")) && len(at) >= longest {
			longest, kind = len(at), about[0]
		}
	}
	return networkPrograms[strings.TrimPrefix(kind, "fuse.")]
}

// unescape undoes how mountinfo writes what would end a field.
var unescape = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)
