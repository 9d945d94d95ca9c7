package place

import "strings"

// share reports whether the name of a volume of Windows is that of a share, in
// either of its two forms: \\server\share and \\?\UNC\server\share.
func share(volume string) bool {
	v := strings.ToUpper(strings.ReplaceAll(volume, "/", `\`))
	if strings.HasPrefix(v, `\\?\`) || strings.HasPrefix(v, `\\.\`) {
		return strings.HasPrefix(v[4:], `UNC\`)
	}
	return strings.HasPrefix(v, `\\`)
}
