package sensitive

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestALineStandsForItsFamily(t *testing.T) {
	for line, want := range map[string]string{
		"krebs":                        "krebs",
		"{im|aus dem} knast":           "im knast,aus dem knast",
		"vorbestraft(e|er)":            "vorbestrafte,vorbestrafter,vorbestraft",
		"sohn (ist) {9..11}":           "sohn ist 9,sohn ist 10,sohn ist 11,sohn  9,sohn  10,sohn  11",
		"{a|b{c|d}}x*":                 "ax*,bcx*,bdx*",
		"(sehr|so(gar)) dumm":          "sehr dumm,sogar dumm,so dumm, dumm",
		"{|sehr }dumm":                 "dumm,sehr dumm",
		"*{krank|leid}* und {un}":      "*krank* und un,*leid* und un",
		"{7..3}":                       "7..3",
		"tochter {1..2} {jahre|j} alt": "tochter 1 jahre alt,tochter 1 j alt,tochter 2 jahre alt,tochter 2 j alt",
	} {
		entries, why := expand(line)
		require.Empty(t, why, line)
		require.Equal(t, want, strings.Join(entries, ","), line)
	}
	for _, line := range []string{"{a|b", "a)", "a}", "(a", "a|b", "{a|(b}", "{a)"} {
		_, why := expand(line)
		require.Equal(t, unclosed, why, line)
	}
	_, why := expand(strings.Repeat("{1..200}", 3))
	require.Equal(t, tooMany, why)
}

// A family says what its entries say one by one, whatever is chosen of it.
func TestAFamilyFindsWhatItsEntriesFind(t *testing.T) {
	word := rapid.StringMatching(`[a-z]{3,6}`)
	rapid.Check(t, func(t *rapid.T) {
		all := []string{""}
		var line strings.Builder
		for range rapid.IntRange(1, 3).Draw(t, "slots") {
			some := rapid.SliceOfN(word, 1, 3).Draw(t, "some")
			maybe := rapid.Bool().Draw(t, "maybe")
			if line.Len() > 0 {
				line.WriteByte(' ')
			}
			if maybe {
				line.WriteString("(" + strings.Join(some, "|") + ")")
				some = append(some, "")
			} else {
				line.WriteString("{" + strings.Join(some, "|") + "}")
			}
			var next []string
			for _, a := range all {
				for _, b := range some {
					next = append(next, strings.TrimSpace(a+" "+b))
				}
			}
			all = next
		}
		if slices.Contains(all, "") {
			all = slices.DeleteFunc(all, func(s string) bool { return s == "" })
			line.WriteString(" end")
			for i := range all {
				all[i] += " end"
			}
			all = append(all, "end")
		}
		family, err := NewWords(List{"de", "[health]\n" + line.String()})
		require.NoError(t, err)
		single, err := NewWords(List{"de", "[health]\n" + strings.Join(all, "\n")})
		require.NoError(t, err)
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(append(all, "other", ",")), 1, 6).Draw(t, "text"), " ")
		require.Equal(t, Find(text, Options{Words: single}), Find(text, Options{Words: family}), "%s in %s", line.String(), text)
	})
}

func FuzzLists(f *testing.F) {
	for _, s := range []string{"[health]\nkrebs", "[insult]\n{a|b}(c) d*", "[minor]\nsohn {3..17}", "[union]\n! *abc* x", "[health]\n((((a", "{1..200}{1..200}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		w, err := NewWords(List{"en", text})
		if err != nil {
			var wrong *ListError
			require.ErrorAs(t, err, &wrong)
			return
		}
		Find(text, Options{Words: w})
	})
}

func TestFurtherListsFindAndExceptBesideTheOthers(t *testing.T) {
	base, err := NewWords(List{"en", "[health]\ngout\nbad back\n"})
	require.NoError(t, err)
	w, err := base.With(List{"en", "[health]\nhouse dust\n! gout weed\n"}, List{"en", "[insult]\nslow coach\n"})
	require.NoError(t, err)
	o := Options{Country: "GB", Words: w}
	require.Len(t, Find("has gout, house dust and a bad back", o), 3)
	require.Empty(t, Find("pull out the gout weed", o), "an exception of one holds for the other")
	require.Equal(t, Insult, Find("a slow coach", o)[0].Kind)
	require.Len(t, Find("has gout, house dust and a bad back", Options{Country: "GB", Words: base}), 2, "which is as it was")
	_, err = base.With(List{"en", "no section"})
	var wrong *ListError
	require.ErrorAs(t, err, &wrong)
}
