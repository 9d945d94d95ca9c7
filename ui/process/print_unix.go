//go:build unix

// Printing through CUPS on Linux and macOS: the commands lp and lpstat.

package process

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// cups runs a command of the printing system in English, so that its refusals
// can be told apart.
func cups(ctx context.Context, in io.Reader, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "LANGUAGE=")
	cmd.WaitDelay = time.Second
	cmd.Stdin = in
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	switch {
	case err == nil:
		return out.String(), nil
	case ctx.Err() != nil:
		return "", ctx.Err()
	case errors.Is(err, exec.ErrNotFound):
		return "", ErrNoPrinting
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return "", err
	}
	return "", refusal(said.String())
}

// refusal turns the words of lp into an error value.
func refusal(said string) error {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	last := strings.TrimSpace(lines[len(lines)-1])
	low := strings.ToLower(said)
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(low, p) {
				return true
			}
		}
		return false
	}
	switch {
	case has("no default destination", "no destinations added"):
		return ErrNoPrinter
	case has("does not exist", "unknown destination"):
		return ErrUnknownPrinter
	case has("scheduler", "bad file descriptor", "unable to connect", "connection refused"):
		return ErrNoPrinting
	default:
		return &PrintError{Said: last}
	}
}

func printPDF(ctx context.Context, job Job, pdf io.Reader) error {
	var args []string
	if job.Printer != "" {
		args = append(args, "-d", job.Printer)
	}
	if job.Title != "" {
		args = append(args, "-t", job.Title)
	}
	if job.Copies > 1 {
		args = append(args, "-n", strconv.Itoa(job.Copies))
	}
	if job.Media != "" {
		args = append(args, "-o", "media="+job.Media)
	}
	_, err := cups(ctx, pdf, "lp", append(args, "-")...)
	return err
}

func printers(ctx context.Context) (Queues, error) {
	names, err := cups(ctx, nil, "lpstat", "-e")
	if errors.Is(err, ErrNoPrinter) {
		return Queues{}, nil
	}
	if err != nil {
		return Queues{}, err
	}
	q := Queues{Names: strings.Fields(names)}
	if usual, err := cups(ctx, nil, "lpstat", "-d"); err == nil {
		// "system default destination: Counter" or "no system default destination"
		if _, name, ok := strings.Cut(usual, "destination: "); ok {
			q.Usual = strings.TrimSpace(name)
		}
	}
	return q, nil
}
