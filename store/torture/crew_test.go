//go:build unix

package torture

// The crew: processes that share cases, and are replaced when they die or hang.

import (
	"bufio"
	"encoding/json"
	"io"
	"os/exec"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// hang is how long a case may take.
const hang = 10 * time.Second

// crew hands cases of type Q to processes of a role, which answer with an A.
type crew[Q, A any] struct {
	role string
	env  []string
	gone func(how string) A // stands in for the answer of a process that died or hung

	mu   sync.Mutex
	next int
}

// run calls each with what became of every case, in no order and one at a time.
func (c *crew[Q, A]) run(t *testing.T, cases []Q, each func(Q, A)) {
	t.Helper()
	var all sync.WaitGroup
	failures := make(chan error, runtime.NumCPU())
	for range min(runtime.NumCPU(), max(1, len(cases)/50)) {
		all.Go(func() {
			if err := c.serve(cases, each); err != nil {
				failures <- err
			}
		})
	}
	all.Wait()
	close(failures)
	for err := range failures {
		require.NoError(t, err)
	}
}

func (c *crew[Q, A]) take(n int) (int, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next++
	return c.next - 1, c.next <= n
}

func (c *crew[Q, A]) serve(cases []Q, each func(Q, A)) error {
	var w *process
	defer func() { w.end() }()
	for {
		i, ok := c.take(len(cases))
		if !ok {
			return nil
		}
		if w == nil {
			var err error
			if w, err = start(c.role, c.env...); err != nil {
				return err
			}
		}
		var a A
		how := w.ask(cases[i], &a)
		if how != "" {
			a = c.gone(how)
			w.end()
			w = nil
		}
		c.mu.Lock()
		each(cases[i], a)
		c.mu.Unlock()
	}
}

// process is one worker: a line of JSON in, a line of JSON out.
type process struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	said chan []byte // lines; closed when the process ends
}

func start(role string, env ...string) (*process, error) {
	p := &process{cmd: child(role, env...), said: make(chan []byte)}
	var err error
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		defer close(p.said)
		lines := bufio.NewScanner(out)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			p.said <- append([]byte{}, lines.Bytes()...)
		}
	}()
	return p, nil
}

// ask has a case tried, and says how the process is gone, or nothing.
func (p *process) ask(q, a any) (gone string) {
	if json.NewEncoder(p.in).Encode(q) != nil {
		return "DIED"
	}
	select {
	case line, ok := <-p.said:
		if !ok {
			return "DIED"
		}
		if json.Unmarshal(line, a) != nil {
			return "DIED: " + string(line)
		}
		return ""
	case <-time.After(hang):
		return "HUNG"
	}
}

func (p *process) end() {
	if p == nil {
		return
	}
	p.in.Close()
	p.cmd.Process.Kill()
	for range p.said {
	}
	p.cmd.Wait()
}

// answer is the other end: it reads cases and writes what try says of each.
func answer[Q, A any](in io.Reader, out io.Writer, try func(Q) (A, error)) error {
	from, to := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var q Q
		if from.Decode(&q) != nil {
			return nil // no more
		}
		a, err := try(q)
		if err != nil {
			return err
		}
		if err := to.Encode(a); err != nil {
			return err
		}
	}
}
