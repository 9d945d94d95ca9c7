// Counterbook keeps a shop's customers, notes and invoices in one encrypted
// file on the counter machine.
//
//	counterbook [FILE]        opens a book, or the one of last time
//	counterbook -sample [N]   opens a made-up shop of N customers to look around in
//	counterbook check FILE    says whether a book is whole
//	counterbook salvage FILE -o NEW [-with BACKUP]...
//	                          puts what a damaged book still holds into a new one
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"

	"fyne.io/fyne/v2/app"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui"
	"counterbook/ui/process"
	"counterbook/ui/tour/screenmap"
	"counterbook/ui/words"
)

const appID = "app.counterbook.Counterbook"

// version is set by the build.
var version = "dev"

func main() {
	if len(os.Args) > 1 && (os.Args[1] == "check" || os.Args[1] == "salvage") {
		process.Console()
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("counterbook", flag.ContinueOnError)
	flags.SetOutput(errs)
	var made size
	flags.Var(&made, "sample", "open a made-up shop of `N` customers to look around in")
	about := flags.Bool("version", false, "print the version")
	flags.Usage = func() {
		fmt.Fprint(errs, "counterbook [FILE]          open a book\ncounterbook -sample [N]     open a made-up shop of N customers, 200 without N\ncounterbook check FILE      say whether a book is whole\n"+
			"counterbook salvage FILE -o NEW [-with BACKUP]...\n                            put what a damaged book still holds into a new one\n\n")
		flags.PrintDefaults()
	}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case *about:
		fmt.Fprintln(out, "counterbook", version)
		return 0
	case flags.Arg(0) == "check" && flags.NArg() == 2:
		return check(flags.Arg(1), out)
	case flags.Arg(0) == "salvage":
		return salvage(flags.Args()[1:], os.Stdin, out, errs)
	case flags.NArg() > 1 || flags.Arg(0) == "check":
		flags.Usage()
		return 2
	}
	path := flags.Arg(0)
	if made != 0 && path != "" { // -sample 1000: the flag can stand alone and takes no word by itself
		made, path = customers(path), ""
	}
	if made < 0 {
		fmt.Fprintf(errs, "counterbook: -sample makes a shop of 1 to %d customers\n", sample.Most)
		return 2
	}
	return window(ui.Options{Path: path, Sample: int(made), Restart: process.Restart, StateDir: stateDir()}, errs)
}

// size is the flag -sample: the customers of a made-up shop, 0 for no such shop,
// -1 for what is no number of customers.
type size int

// String implements flag.Value.
func (s *size) String() string { return strconv.Itoa(int(*s)) }

// IsBoolFlag lets the flag stand alone.
func (s *size) IsBoolFlag() bool { return true }

// Set implements flag.Value; "true" is what stands for the flag alone.
func (s *size) Set(text string) error {
	if *s = customers(text); text == "true" {
		*s = sample.Usual
	}
	return nil
}

// customers is the size that a text names.
func customers(text string) size {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > sample.Most {
		return -1
	}
	return size(n)
}

// check says without a window whether a book is whole. It exits with 1 when it
// is not.
func check(path string, out io.Writer) int {
	w := words.For("en")
	r, err := store.Check(path)
	if err != nil {
		fmt.Fprintln(out, w.Error(err))
		return 1
	}
	fmt.Fprintln(out, w.T("check.whole", words.Data{"Commits": r.Commits, "Profiles": r.Profiles, "Records": r.Records, "Size": r.Size}))
	return 0
}

func window(o ui.Options, errs io.Writer) int {
	if f, err := crashFile(); err == nil {
		defer f.Close()
		debug.SetCrashOutput(f, debug.CrashOptions{})
	}
	u, err := ui.New(app.NewWithID(appID), o)
	if err != nil {
		fmt.Fprintln(errs, words.For("en").Error(err))
		return 1
	}
	screenmap.Start(u.Window())
	u.Run()
	return 0
}

// stateDir is where this computer remembers what it saw of books, "" where it has
// no place for that.
func stateDir() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "counterbook")
}

// crashFile is where the runtime writes what ended the program. It names
// functions and addresses, never what was in them.
func crashFile() (*os.File, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	dir = filepath.Join(dir, "counterbook")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return os.OpenFile(filepath.Join(dir, "crash.txt"), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
}
