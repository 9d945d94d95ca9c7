// Package tour drives the real window as a person would: with a mouse and a
// keyboard, in a display of its own that nobody sees.
//
// A [Display] is a virtual screen with a window manager. [Start] starts a program
// on it with a home folder of its own, and the [Program] that it returns clicks,
// types, looks and waits:
//
//	p := tour.Start(t, tour.NewDisplay(t), tour.Options{Path: "out/tour/counterbook"})
//	p.Click("New customer")
//	p.Fill("Name", "Ζωή Παπαδάκη")
//	p.Keys("ctrl+s")
//	p.Expect("C-00001")
//	p.Picture("customers")
//	p.Close()
//
// The program is built with the tag "tour", so that it tells where its controls
// are (see package screenmap); everything else about it is as people get it.
// Nothing waits for a fixed time: every step looks until what it needs is there,
// and gives up after [Patience] with a picture and a list of what is on the
// window instead.
//
// The system's viewer and its print command are played by two scripts, which
// keep what they are given: see [Program.Viewed] and [Program.Printed].
package tour
