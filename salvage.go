package main

// The command that salvages a damaged book without a window.

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"counterbook/store"
	"counterbook/ui/process"
	"counterbook/ui/words"
)

// list is a flag that may be given several times.
type list []string

// String implements flag.Value.
func (l *list) String() string { return fmt.Sprint([]string(*l)) }

// Set implements flag.Value.
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

// salvage puts what a damaged book still holds into a new one. It asks for an
// owner's passphrase or recovery sheet, and exits with 0 when everything came back,
// 3 when something is missing or in doubt, 1 when nothing could be made, and 2
// when it was called wrongly. On Windows the console does not wait for a program
// with a window: start /wait counterbook salvage …
func salvage(args []string, in *os.File, out, errs io.Writer) int {
	var o store.Options
	return salvageWith(args, &o, in, out, errs)
}

func salvageWith(args []string, o *store.Options, in *os.File, out, errs io.Writer) int {
	flags := flag.NewFlagSet("counterbook salvage", flag.ContinueOnError)
	flags.SetOutput(errs)
	to := flags.String("o", "", "the `NEW` book, where no file may be")
	var with list
	flags.Var(&with, "with", "a `BACKUP` of the same book that may lend what is missing")
	var files []string
	for rest := args; ; rest = flags.Args()[1:] { // flags may stand behind the file
		if err := flags.Parse(rest); errors.Is(err, flag.ErrHelp) {
			return 0
		} else if err != nil {
			return 2
		}
		if flags.NArg() == 0 {
			break
		}
		files = append(files, flags.Arg(0))
	}
	if len(files) != 1 || *to == "" {
		flags.Usage()
		return 2
	}
	w := words.For("en")
	fail := func(err error) int {
		fmt.Fprintln(errs, w.Error(err))
		return 1
	}
	if _, err := os.Lstat(*to); err == nil {
		return fail(store.ErrExists)
	}
	ctx := context.Background()
	wreck, err := store.OpenWreck(ctx, files[0], with, o, nil)
	if err != nil {
		return fail(err)
	}
	defer wreck.Close()
	typed, err := process.ReadSecret(in, errs, w.T("salvage.ask", words.Data{"Shop": wreck.Info().Shop}))
	if err != nil {
		return fail(store.ErrWrongPassphrase)
	}
	var secret store.Secret = store.Passphrase(typed)
	if kit, err := store.ParseKit(typed); err == nil {
		secret = kit
	}
	r, err := wreck.Salvage(ctx, store.ProfileID{}, secret, *to, nil)
	if err != nil {
		return fail(err)
	}
	for _, line := range w.Salvaged(r) {
		fmt.Fprintln(out, line)
	}
	if !r.Whole {
		return 3
	}
	return 0
}
