// Package torture proves what the book promises about damage, power cuts, kills
// and disks that fail. It holds nothing but tests.
//
// A short run of each is part of `make test`; `make torture` runs them whole,
// which takes the better part of an hour, and prints a table of what ran, how
// many cases there were, what was bad, and what this machine could not run.
//
// # How it works
//
// Damage of a file is done to copies of one small book, in memory where there is
// a file system for that. A worker process opens, signs in, reads everything and
// writes; the test gives it the cases and sees it die or hang, which must not
// happen, and starts another one then.
//
// Power cuts are played on a list of a writer's system calls: strace records
// them, and the files are made anew as a disk might hold them that lost power at
// each of them. What was not synced is there, is not, or is there in part.
//
// Disks that fail are the same writer under strace, which lets the k-th call fail.
//
// Every promise has one test with its number, TestInvariant01… to
// TestInvariant30…, in the package that keeps it.
package torture
