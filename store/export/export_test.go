package export

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/exchange"
)

var now = time.Date(2026, 11, 22, 10, 42, 0, 0, time.UTC)

// exempt are the fields that are not exported, and why. Whoever leaves out one
// more has to say so here as well.
var exempt = map[string]string{
	"Shop.Version":        "says when a record was saved, for saving it again",
	"Customer.Version":    "as above",
	"Change.Version":      "as above",
	"Change.First":        "the order of changes, in which they stand",
	"GuardPolicy.Version": "as above",
	"Note.Version":        "as above",
	"Item.Version":        "as above",
	"Fields.Version":      "as above",
	"Draft.Version":       "as above",
	"Note.First":          "the order of notes, in which they stand",
}

// marker is what a field holds that nothing else does.
type marker struct {
	path string
	text string // as it is written
	json bool   // in the JSON file alone
}

// marking fills records.
type marking struct {
	t    testing.TB
	n    int
	list []marker
}

func (m *marking) note(path, text string) { m.list = append(m.list, marker{path: path, text: text}) }

// fill puts something of its own into every field of v.
func (m *marking) fill(v reflect.Value, path string) {
	m.n++
	switch v.Interface().(type) {
	case store.ID:
		id := store.ID{0xee, byte(m.n >> 8), byte(m.n), 1}
		v.Set(reflect.ValueOf(id))
		m.note(path, hex.EncodeToString(id[:]))
		return
	case time.Time:
		at := now.Add(time.Duration(m.n) * time.Second)
		v.Set(reflect.ValueOf(at))
		m.note(path, at.Format("2006-01-02T15:04:05Z"))
		return
	case invoice.Date:
		d := invoice.DateOf(now).AddDays(m.n)
		v.Set(reflect.ValueOf(d))
		m.note(path, fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day))
		return
	case store.Birthday:
		b := store.Birthday{Month: 5, Day: 17, Year: 1900 + m.n%100}
		v.Set(reflect.ValueOf(b))
		m.note(path, fmt.Sprintf("%d-05-17", b.Year))
		return
	case decimal.Decimal:
		v.Set(reflect.ValueOf(decimal.New(int64(m.n*100+25), -2)))
		m.note(path, fmt.Sprintf("%d.25", m.n))
		return
	case [32]byte:
		sum := [32]byte{0xdd, byte(m.n >> 8), byte(m.n)}
		v.Set(reflect.ValueOf(sum))
		m.note(path, hex.EncodeToString(sum[:]))
		return
	case []byte:
		data := fmt.Appendf(nil, "bytes %d", m.n)
		v.SetBytes(data)
		m.list = append(m.list, marker{path, base64.StdEncoding.EncodeToString(data), true})
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("<%d> %s, \"é\"", m.n, path))
		m.note(path, v.String())
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(7000000 + m.n))
		m.note(path, fmt.Sprint(v.Int()))
	case reflect.Uint64:
		v.SetUint(uint64(7000000 + m.n))
		m.note(path, fmt.Sprint(v.Uint()))
	case reflect.Uint16: // faults
		v.SetUint(uint64(store.WrongPhone))
		m.note(path, v.Interface().(fmt.Stringer).String())
	case reflect.Uint8: // a role, a right, a kind: each has a few values only
		v.SetUint(uint64(1 + m.n%5))
		m.note(path, v.Interface().(fmt.Stringer).String())
	case reflect.Bool:
		v.SetBool(true)
		m.note(path, "true")
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			m.fill(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if _, left := exempt[v.Type().Name()+"."+f.Name]; left || !f.IsExported() {
				continue
			}
			m.fill(v.Field(i), path+"."+f.Name)
		}
	default:
		m.t.Fatalf("%s is a %s, which this test cannot fill", path, v.Type())
	}
}

// marked is a source in which every field of every record holds something.
type marked struct {
	shop      store.Shop
	guard     store.GuardPolicy
	fields    store.Collected
	staff     []store.Profile
	tags      []store.Tag
	customers []store.Customer
	history   []store.Change
	reports   []store.FaultReport
	notes     []store.Note
	items     []store.Item
	drafts    []store.Draft
	invoices  []store.Invoice
	events    []store.Event
	pdf       []byte
	pdfError  error
	ended     []bool
}

func newMarked(t testing.TB) (*marked, []marker) {
	s, m := &marked{pdf: []byte("%PDF made up")}, &marking{t: t}
	v := reflect.ValueOf(s).Elem()
	for i := range v.NumField() - 3 {
		// Unexported, so set through a copy.
		f := reflect.NewAt(v.Field(i).Type(), v.Field(i).Addr().UnsafePointer()).Elem()
		m.fill(f, v.Type().Field(i).Name)
	}
	return s, m.list
}

func (s *marked) Begin() error                          { return nil }
func (s *marked) End(whole bool) error                  { s.ended = append(s.ended, whole); return nil }
func (s *marked) Shop() (store.Shop, error)             { return s.shop, nil }
func (s *marked) Guard() (store.GuardPolicy, error)     { return s.guard, nil }
func (s *marked) Staff() ([]store.Profile, error)       { return s.staff, nil }
func (s *marked) Tags() ([]store.Tag, error)            { return s.tags, nil }
func (s *marked) Reports() ([]store.FaultReport, error) { return s.reports, nil }
func (s *marked) Fields() (store.Collected, error)      { return s.fields, nil }
func (s *marked) Customers(fn func(store.Customer, int) error) error {
	return counted(s.customers, fn)
}
func (s *marked) History(fn func(store.Change) error) error        { return each(s.history, fn) }
func (s *marked) Notes(fn func(store.Note) error) error            { return each(s.notes, fn) }
func (s *marked) Items(fn func(store.Item, int) error) error       { return counted(s.items, fn) }
func (s *marked) Drafts(fn func(store.Draft, int) error) error     { return counted(s.drafts, fn) }
func (s *marked) Invoices(fn func(store.Invoice, int) error) error { return counted(s.invoices, fn) }
func (s *marked) Activity(fn func(store.Event) error) error        { return each(s.events, fn) }
func (s *marked) PDF(store.InvoiceID) ([]byte, error)              { return s.pdf, s.pdfError }
func counted[T any](list []T, fn func(T, int) error) error {
	return each(list, func(v T) error { return fn(v, len(list)) })
}
func each[T any](list []T, fn func(T) error) error {
	for _, v := range list {
		if err := fn(v); err != nil {
			return err
		}
	}
	return nil
}

// missing lists the markers that are not in an exported folder: not as a value in
// the JSON file, or not as a cell of the tables.
func missing(t testing.TB, dir string, list []marker) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, dataFile))
	require.NoError(t, err)
	values := map[string]bool{}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, in := range v {
				walk(in)
			}
		case []any:
			for _, in := range v {
				walk(in)
			}
		default:
			values[fmt.Sprint(v)] = true
		}
	}
	var doc any
	require.NoError(t, dec.Decode(&doc))
	walk(doc)

	cells := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(dir, tables, "*.csv"))
	require.NoError(t, err)
	for _, f := range files {
		for _, row := range readCSV(t, f) {
			for _, c := range row {
				cells[c] = true
				for part := range strings.SplitSeq(c, "; ") { // several texts in one cell
					cells[part] = true
				}
			}
		}
	}
	var out []string
	for _, m := range list {
		if !values[m.text] {
			out = append(out, m.path+" in the JSON")
		}
		if !m.json && !cells[m.text] {
			out = append(out, m.path+" in the CSV")
		}
	}
	return out
}

func readCSV(t testing.TB, path string) [][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	text, marked := strings.CutPrefix(string(data), "\xef\xbb\xbf")
	require.True(t, marked, "%s says that it is UTF-8", path)
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll() // refuses rows of different lengths
	require.NoError(t, err, path)
	return rows
}

func TestEveryFieldOfEveryRecordIsInTheJSONAndInTheTables(t *testing.T) {
	s, list := newMarked(t)
	require.Greater(t, len(list), 300)
	dir := filepath.Join(t.TempDir(), "export")
	r, err := write(context.Background(), s, realDisk{}, dir, now, nil)
	require.NoError(t, err)
	require.Empty(t, missing(t, dir, list))
	require.NoError(t, validate(t, filepath.Join(dir, dataFile)))
	require.Equal(t, []bool{true}, s.ended)
	require.Equal(t, dir, r.Dir)
	require.Equal(t, map[Subject]int{Shop: 1, Fields: 1, Guard: 1, Staff: 2, Tags: 2, Customers: 2, History: 2, Reports: 2, Notes: 2, Items: 2, Drafts: 2, Invoices: 2, Activity: 2}, r.Count)
	var size int64
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		require.NoError(t, err)
		at, err := d.Info()
		require.NoError(t, err)
		if runtime.GOOS != "windows" { // which has no such thing
			want := os.FileMode(0o600)
			if d.IsDir() {
				want = 0o700
			}
			require.Equal(t, want, at.Mode().Perm(), path)
		}
		if d.IsDir() {
			return nil
		}
		size += at.Size()
		return nil
	}))
	require.Equal(t, size, r.Bytes)
}

func TestAFieldThatIsNotExportedIsMissed(t *testing.T) {
	was := leftOut[reflect.TypeFor[store.Note]()]
	leftOut[reflect.TypeFor[store.Note]()] = append(slices.Clone(was), "Text")
	defer func() { leftOut[reflect.TypeFor[store.Note]()] = was }()
	s, list := newMarked(t)
	dir := filepath.Join(t.TempDir(), "export")
	_, err := write(context.Background(), s, realDisk{}, dir, now, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"notes[0].Text in the JSON", "notes[0].Text in the CSV", "notes[1].Text in the JSON", "notes[1].Text in the CSV"},
		missing(t, dir, list))
	require.Error(t, validate(t, filepath.Join(dir, dataFile)), "the schema wants it as well")
}

func TestRowsOfListsSayWhoseTheyAreAndTheirPlace(t *testing.T) {
	s, _ := newMarked(t)
	dir := filepath.Join(t.TempDir(), "export")
	_, err := write(context.Background(), s, realDisk{}, dir, now, nil)
	require.NoError(t, err)
	lines := readCSV(t, filepath.Join(dir, tables, "invoices-lines.csv"))
	require.Equal(t, []string{"invoice", "line", "code", "name"}, lines[0][:4])
	require.Len(t, lines, 5)
	second := s.invoices[1]
	require.Equal(t, []string{second.ID.String(), "2", second.Doc.Lines[1].Code}, lines[4][:3])
	shares := readCSV(t, filepath.Join(dir, tables, "invoices-adjustments-shares.csv"))
	require.Equal(t, []string{"invoice", "adjustment", "share", "tax.category", "tax.rate", "tax.reason", "amount"}, shares[0])
	require.Len(t, shares, 9)
	require.Equal(t, second.Doc.Adjustments[1].Shares[0].Amount.String(), shares[7][6])
	require.Equal(t, []string{second.ID.String(), "2", "1"}, shares[7][:3])
	rates := readCSV(t, filepath.Join(dir, tables, "shop-rates.csv"))
	require.Equal(t, []string{"place", "category", "rate", "reason"}, rates[0])
}

func TestNoTextIsAFormulaForASpreadsheetAndEveryTextComesBack(t *testing.T) {
	for _, text := range []string{"=1+1", "+43 660", "-x", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "'quoted", "''", "plain", "", "a\r\nb\nc\"d,e", " =1"} {
		g := exchange.Guarded(text)
		if g != text {
			require.Equal(t, "'"+text, g)
		}
		require.False(t, g != "" && strings.ContainsAny(g[:1], "=+-@\t\r\n"), "%q", text)
		row := exchange.AppendRow(nil, []string{g, "end"})
		require.True(t, bytes.HasSuffix(row, []byte(",end\r\n")))
		back := strings.TrimSuffix(string(row), ",end\r\n")
		if strings.HasPrefix(back, `"`) {
			back = strings.ReplaceAll(back[1:len(back)-1], `""`, `"`)
		}
		require.Equal(t, text, strings.TrimPrefix(back, "'"), "one apostrophe taken away")
	}
	s, _ := newMarked(t)
	s.customers[0].Phone, s.items[0].Price = "+43 660 000 4471", decimal.RequireFromString("-5")
	dir := filepath.Join(t.TempDir(), "export")
	_, err := write(context.Background(), s, realDisk{}, dir, now, nil)
	require.NoError(t, err)
	rows := readCSV(t, filepath.Join(dir, tables, "customers.csv"))
	require.Equal(t, "'+43 660 000 4471", rows[1][slices.Index(rows[0], "phone")])
	rows = readCSV(t, filepath.Join(dir, tables, "items.csv"))
	require.Equal(t, "-5", rows[1][slices.Index(rows[0], "price")], "a number stays a number")
}

func TestEveryNumberHasAFileNameOfItsOwnThatEverySystemTakes(t *testing.T) {
	names := fileNames{}
	for _, c := range [][2]string{
		{"2026-0001", "2026-0001.pdf"}, {"AR2611/001", "AR2611_001.pdf"}, {"AR2611\\001", "AR2611_001~2.pdf"}, {"ar2611_001", "ar2611_001~3.pdf"},
		{"../../etc", "_.._etc.pdf"}, {"COM1", "_COM1.pdf"}, {"nul", "_nul.pdf"}, {"con.1", "_con.1.pdf"}, {"", "_.pdf"}, {"...", "_~2.pdf"}, {"Nº 7: \"x\"", "N__7___x_.pdf"},
		{"a\x00b", "a_b.pdf"},
	} {
		require.Equal(t, c[1], names.of(c[0]), "%q", c[0])
	}
}

// fullDisk takes no more than so many bytes.
type fullDisk struct{ left int }

type fullFile struct {
	file
	d *fullDisk
}

func (d *fullDisk) Create(path string) (file, error) {
	f, err := realDisk{}.Create(path)
	return fullFile{f, d}, err
}

func (f fullFile) Write(b []byte) (int, error) {
	if f.d.left -= len(b); f.d.left < 0 {
		return 0, &os.PathError{Op: "write", Err: syscall.ENOSPC}
	}
	return f.file.Write(b)
}

// nothing asserts that a folder is as empty as it was.
func nothing(t *testing.T, dir string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, list)
}

func TestAnExportThatDoesNotEndWellLeavesNothing(t *testing.T) {
	s, _ := newMarked(t)
	whole, err := write(context.Background(), s, realDisk{}, filepath.Join(t.TempDir(), "export"), now, nil)
	require.NoError(t, err)
	parent := t.TempDir()
	dir := filepath.Join(parent, "export")
	for left := 0; int64(left) < whole.Bytes; left += int(whole.Bytes/20) + 1 {
		_, err := write(context.Background(), s, &fullDisk{left}, dir, now, nil)
		require.ErrorIs(t, err, syscall.ENOSPC, "%d bytes", left)
		nothing(t, parent)
	}
	for _, stop := range Subjects() {
		ctx, cancel := context.WithCancel(context.Background())
		_, err := write(ctx, s, realDisk{}, dir, now, func(p Progress) {
			if p.Subject == stop && p.Done > 0 {
				cancel()
			}
		})
		require.ErrorIs(t, err, context.Canceled, stop)
		nothing(t, parent)
	}
	s.pdfError = store.ErrDamaged
	_, err = write(context.Background(), s, realDisk{}, dir, now, nil)
	require.ErrorIs(t, err, store.ErrDamaged)
	nothing(t, parent)
	require.Equal(t, 1, len(slices.DeleteFunc(s.ended, func(w bool) bool { return !w })), "only the first one was whole")
}

func TestAnExportMixesWithNothing(t *testing.T) {
	s, _ := newMarked(t)
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken")
	require.NoError(t, os.MkdirAll(taken, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(taken, "mine.txt"), []byte("mine"), 0o600))
	_, err := write(context.Background(), s, realDisk{}, taken, now, nil)
	require.ErrorIs(t, err, ErrNotEmpty)
	_, err = write(context.Background(), s, realDisk{}, filepath.Join(taken, "mine.txt"), now, nil)
	require.ErrorIs(t, err, ErrNotEmpty)
	mine, err := os.ReadFile(filepath.Join(taken, "mine.txt"))
	require.NoError(t, err)
	require.Equal(t, "mine", string(mine))
	_, err = write(context.Background(), s, realDisk{}, filepath.Join(taken, "mine.txt", "export"), now, nil)
	require.Error(t, err, "a file is no folder to make one in")
	_, err = write(context.Background(), s, realDisk{}, filepath.Join(dir, "none", "export"), now, nil)
	require.True(t, errors.Is(err, os.ErrNotExist), err)
	require.Empty(t, s.ended)

	empty := filepath.Join(dir, "empty")
	require.NoError(t, os.Mkdir(empty, 0o755))
	left := filepath.Join(dir, ".empty.being-written-1")
	require.NoError(t, os.Mkdir(left, 0o700))
	_, err = write(context.Background(), s, realDisk{}, empty, now, nil)
	require.NoError(t, err)
	require.NoDirExists(t, left, "what an export that was killed left is removed")
	require.FileExists(t, filepath.Join(empty, dataFile))
}
