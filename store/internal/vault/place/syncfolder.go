package place

// Folders that a program copies to other computers. A book in one is safe from
// nothing: a file that is written in place is copied by halves, and what comes
// back from elsewhere replaces it while it is open.

import (
	"os"
	"path/filepath"
	"strings"
)

// syncNames are how such folders are called, in small letters, and by whom they
// are made. What may follow, in brackets or after a dash, is whose it is.
var syncNames = []struct{ folder, by string }{
	{"onedrive", "OneDrive"},
	{"dropbox", "Dropbox"},
	{"google drive", "Google Drive"},
	{"googledrive", "Google Drive"},
	{"my drive", "Google Drive"},
	{"icloud drive", "iCloud Drive"},
	{"iclouddrive", "iCloud Drive"},
	{"com~apple~clouddocs", "iCloud Drive"},
	{"mobile documents", "iCloud Drive"},
	{"nextcloud", "Nextcloud"},
	{"owncloud", "ownCloud"},
	{"seafile", "Seafile"},
	{"pcloud drive", "pCloud"},
	{"pclouddrive", "pCloud"},
	{"proton drive", "Proton Drive"},
	{"box sync", "Box"},
	{"mega", "MEGA"},
	{"megasync", "MEGA"},
}

// syncMarks are files that such a program leaves in its folder.
var syncMarks = []struct{ file, by string }{
	{".stfolder", "Syncthing"},
	{".dropbox.cache", "Dropbox"},
	{".nextcloudsync.log", "Nextcloud"},
	{".owncloudsync.log", "ownCloud"},
}

// syncVariables name such folders on Windows.
var syncVariables = []struct{ name, by string }{
	{"OneDrive", "OneDrive"}, {"OneDriveConsumer", "OneDrive"}, {"OneDriveCommercial", "OneDrive"},
}

// syncAttributes begin the names of what such a program notes about a file or
// folder of its own.
var syncAttributes = []struct{ name, by string }{
	{"com.apple.icloud", "iCloud Drive"},
	{"user.com.dropbox.", "Dropbox"},
	{"com.dropbox.", "Dropbox"},
}

// SyncFolder names the program that copies what lies at a path to other
// computers, if one does that is known. The path need not be there yet.
func SyncFolder(path string) (by string, ok bool) {
	full, err := filepath.Abs(path)
	if err != nil {
		return "", false
	}
	dir := filepath.Dir(full)
	for _, at := range []string{dir, real(dir)} {
		for _, v := range syncVariables {
			if root := os.Getenv(v.name); root != "" && filepath.IsAbs(root) && within(at, root) {
				return v.by, true
			}
		}
		for ; ; at = filepath.Dir(at) {
			if by, ok := syncRoot(at); ok {
				return by, true
			}
			if at == filepath.Dir(at) {
				break
			}
		}
	}
	return "", false
}

// real is a folder, or as much of it as is there, without links.
func real(dir string) string {
	for at, rest := dir, ""; ; {
		if to, err := filepath.EvalSymlinks(at); err == nil {
			return filepath.Join(to, rest)
		}
		up := filepath.Dir(at)
		if up == at {
			return dir
		}
		at, rest = up, filepath.Join(filepath.Base(at), rest)
	}
}

func within(path, root string) bool {
	rel, err := filepath.Rel(root, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// syncRoot reports whether a folder is the root of what is copied, or on macOS
// the folder of one of its providers.
func syncRoot(dir string) (string, bool) {
	name := strings.ToLower(filepath.Base(dir))
	for _, s := range syncNames {
		if rest, ok := strings.CutPrefix(name, s.folder); ok && (rest == "" || strings.HasPrefix(rest, " - ") || strings.HasPrefix(rest, " (")) {
			return s.by, true
		}
	}
	if filepath.Base(filepath.Dir(dir)) == "CloudStorage" { // ~/Library/CloudStorage/Provider-account
		by, _, _ := strings.Cut(filepath.Base(dir), "-")
		return by, true
	}
	for _, m := range syncMarks {
		if _, err := os.Lstat(filepath.Join(dir, m.file)); err == nil {
			return m.by, true
		}
	}
	for _, have := range attributes(dir) {
		for _, a := range syncAttributes {
			if strings.HasPrefix(have, a.name) {
				return a.by, true
			}
		}
	}
	return "", false
}
