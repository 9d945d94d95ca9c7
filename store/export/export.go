// Package export takes everything out of a book, so that a shop can leave the
// program, or use its data elsewhere, without asking anybody: all records as one
// JSON file, the same records as tables for a spreadsheet, and the PDF of every
// issued invoice.
//
//	err := session.StepUp(passphrase) // who it is, asked again
//	x, err := session.Export()
//	r, err := export.Write(ctx, x, "/media/stick/export 2026-11-22", now, nil)
//
// What is in the folder is NOT ENCRYPTED. Keys and secrets are never in it.
//
// docs/export.md names every file and field; [Schema] says the same of the JSON
// file as JSON Schema, draft 2020-12.
package export

import (
	"context"
	_ "embed"
	"path/filepath"
	"reflect"
	"time"

	"counterbook/store"
)

// Schema describes the JSON file.
//
//go:embed schema.json
var Schema []byte

// readme goes into the folder, for who finds it years later.
//
//go:embed README.txt
var readme []byte

// What is in the folder.
const (
	dataFile   = "counterbook.json"
	schemaFile = "schema.json"
	readmeFile = "README.txt"
	tables     = "csv"
	papers     = "invoices"
)

// Format and Version say in the JSON file what it is. Version rises when
// something that was there before is no longer, or means something else.
const (
	Format  = "counterbook-export"
	Version = 1
)

// Subject is a part of an export.
type Subject string

// The subjects, in the order in which they are written.
const (
	Shop      Subject = "shop"
	Guard     Subject = "guard"
	Fields    Subject = "fields" // what is collected of customers
	Staff     Subject = "staff"
	Tags      Subject = "tags"
	Customers Subject = "customers"
	History   Subject = "history"
	Reports   Subject = "reports"
	Notes     Subject = "notes"
	Items     Subject = "items"
	Drafts    Subject = "drafts"
	Invoices  Subject = "invoices"
	Activity  Subject = "activity"
)

// Subjects lists all subjects.
func Subjects() []Subject {
	return []Subject{Shop, Fields, Guard, Staff, Tags, Customers, History, Reports, Notes, Items, Drafts, Invoices, Activity}
}

// issued is an invoice with where its PDF is.
type issued struct {
	store.Invoice
	File string // in the folder: "invoices/2026-0001.pdf"
}

// kinds says what a record of each subject is and what one is called.
var kinds = map[Subject]struct {
	one string
	typ reflect.Type
}{
	Shop:      {"", reflect.TypeFor[store.Shop]()},
	Guard:     {"", reflect.TypeFor[store.GuardPolicy]()},
	Fields:    {"", reflect.TypeFor[store.Collected]()},
	Staff:     {"profile", reflect.TypeFor[store.Profile]()},
	Tags:      {"tag", reflect.TypeFor[store.Tag]()},
	Customers: {"customer", reflect.TypeFor[store.Customer]()},
	History:   {"change", reflect.TypeFor[store.Change]()},
	Reports:   {"", reflect.TypeFor[store.FaultReport]()},
	Notes:     {"note", reflect.TypeFor[store.Note]()},
	Items:     {"item", reflect.TypeFor[store.Item]()},
	Drafts:    {"draft", reflect.TypeFor[store.Draft]()},
	Invoices:  {"invoice", reflect.TypeFor[issued]()},
	Activity:  {"", reflect.TypeFor[store.Event]()},
}

// Progress says how far an export is.
type Progress struct {
	Subject Subject
	Done    int
	Of      int // 0 where nobody knows before it is read
}

// Result says what was written.
type Result struct {
	Dir   string // the folder
	Count map[Subject]int
	Bytes int64
}

// source is where the records come from: a store.Export.
type source interface {
	Begin() error
	End(whole bool) error
	Shop() (store.Shop, error)
	Guard() (store.GuardPolicy, error)
	Fields() (store.Collected, error)
	Staff() ([]store.Profile, error)
	Tags() ([]store.Tag, error)
	Customers(func(store.Customer, int) error) error
	History(func(store.Change) error) error
	Reports() ([]store.FaultReport, error)
	Notes(func(store.Note) error) error
	Items(func(store.Item, int) error) error
	Drafts(func(store.Draft, int) error) error
	Invoices(func(store.Invoice, int) error) error
	PDF(store.InvoiceID) ([]byte, error)
	Activity(func(store.Event) error) error
}

// Write exports everything into the folder dir, which is made; where it is there
// already it must be empty (ErrNotEmpty). Until everything is written and safe on
// the disk the folder has another name; when ctx ends or anything fails, it is
// removed, and nothing is left. progress may be nil.
func Write(ctx context.Context, x *store.Export, dir string, now time.Time, progress func(Progress)) (Result, error) {
	return write(ctx, x, realDisk{}, dir, now, progress)
}

func write(ctx context.Context, x source, d disk, dir string, now time.Time, progress func(Progress)) (Result, error) {
	f, err := newFolder(d, dir)
	if err != nil {
		return Result{}, err
	}
	w := &writer{ctx: ctx, x: x, f: f, count: map[Subject]int{}, progress: progress}
	err = x.Begin()
	if err == nil {
		err = w.everything(now)
		if err == nil {
			err = ctx.Err()
		}
		// Logged before the folder gets its name: what is complete is in the log.
		if bad := x.End(err == nil); err == nil {
			err = bad
		}
	}
	if err == nil {
		err = f.finish()
	}
	if err != nil {
		if bad := f.drop(); bad != nil {
			return Result{Dir: f.temp}, &LeftError{Dir: f.temp, Err: err}
		}
		return Result{}, err
	}
	return Result{Dir: f.path, Count: w.count, Bytes: f.bytes}, nil
}

// LeftError says that an export failed and that what it had written could not be
// removed: there is unencrypted data in Dir.
type LeftError struct {
	Dir string
	Err error
}

func (e *LeftError) Error() string {
	return "export: " + filepath.Base(e.Dir) + " could not be removed: " + e.Err.Error()
}

// Unwrap is why the export failed.
func (e *LeftError) Unwrap() error { return e.Err }
