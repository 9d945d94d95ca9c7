package place

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAFolderThatIsCopiedElsewhereIsNamed(t *testing.T) {
	home := t.TempDir()
	for _, v := range syncVariables {
		t.Setenv(v.name, "")
	}
	for folder, want := range map[string]string{
		"OneDrive/Documents":             "OneDrive",
		"OneDrive - Atelier Rossi/Books": "OneDrive",
		"Dropbox":                        "Dropbox",
		"Dropbox (Personal)":             "Dropbox",
		"Google Drive/My Drive":          "Google Drive",
		"iCloudDrive":                    "iCloud Drive",
		"Library/Mobile Documents/com~apple~CloudDocs/Shop": "iCloud Drive",
		"Library/CloudStorage/Box-Box/Shop":                 "Box",
		"Library/CloudStorage/OneDrive-Personal":            "OneDrive",
		"Nextcloud/Shop":                                    "Nextcloud",
		"Documents":                                         "",
		"Megan's shop":                                      "",
		"Dropboxes":                                         "",
		"not there/yet":                                     "",
	} {
		dir := filepath.Join(home, filepath.FromSlash(folder))
		if folder != "not there/yet" {
			require.NoError(t, os.MkdirAll(dir, 0o700))
		}
		by, ok := SyncFolder(filepath.Join(dir, "shop.counterbook"))
		require.Equal(t, want, by, folder)
		require.Equal(t, want != "", ok, folder)
	}
	marked := filepath.Join(home, "Shared with my brother")
	require.NoError(t, os.MkdirAll(filepath.Join(marked, ".stfolder"), 0o700))
	require.NoError(t, os.MkdirAll(filepath.Join(marked, "shop"), 0o700))
	by, _ := SyncFolder(filepath.Join(marked, "shop", "shop.counterbook"))
	require.Equal(t, "Syncthing", by)

	moved := filepath.Join(home, "Documents of the firm")
	t.Setenv("OneDriveCommercial", moved)
	by, _ = SyncFolder(filepath.Join(moved, "a", "shop.counterbook"))
	require.Equal(t, "OneDrive", by)
	_, ok := SyncFolder(filepath.Join(home, "Documents of the firm, 2026", "shop.counterbook"))
	require.False(t, ok)

	link := filepath.Join(home, "books")
	if os.Symlink(filepath.Join(home, "Dropbox"), link) == nil && leads(link) {
		by, _ = SyncFolder(filepath.Join(link, "shop.counterbook"))
		require.Equal(t, "Dropbox", by, "through a link")
	}
}

// leads reports whether a link leads somewhere.
func leads(link string) bool {
	_, err := os.Stat(link)
	return err == nil
}

func TestADiskOfThisComputerIsNoNetwork(t *testing.T) {
	require.False(t, Network(t.TempDir()))
	require.False(t, Network(filepath.Join(t.TempDir(), "missing")))
}

func TestTheTwoFormsOfAShareAreKnown(t *testing.T) {
	for volume, want := range map[string]bool{
		`C:`: false, `\\?\C:`: false, `\\.\C:`: false, ``: false,
		`\\server\share`: true, `//server/share`: true, `\\?\UNC\server\share`: true, `\\wsl.localhost\Debian`: true,
	} {
		require.Equal(t, want, share(volume), volume)
	}
}
