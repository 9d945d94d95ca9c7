// Package process is where the window program touches the rest of the computer:
// it starts itself afresh, hands a file to the system's viewer or printer, and
// asks how long nobody has touched the machine. It knows no shop and no window.
//
//   - [Restart] replaces this program by a fresh copy of itself, so that nothing
//     of a locked book stays in memory.
//   - [Open] shows a file in the program the user has chosen for its kind.
//   - [Print] and [Printers] speak to the printing system of Linux and macOS.
//   - [Idle] says how long keyboard and mouse of the whole computer were still.
//   - [Handouts] holds the private files that a viewer needs for a while.
//
// Nothing here puts words on a screen: every outcome a person must be told about
// is an error value of this package.
package process
