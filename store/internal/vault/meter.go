package vault

// The meter: how far a rewrite is.

// Progress is told how much of a rewrite is done, in bytes of work; nil is
// nobody. It is called on the goroutine that rewrites.
type Progress func(done, total int64)

// meter turns the phases of a rewrite into one figure that only grows. Each phase
// counts as much as the book is long.
type meter struct {
	fn          Progress
	size, total int64
	start, at   int64
	told        int64
}

// tellings is about how often a meter tells.
const tellings = 400

func newMeter(fn Progress, size int64, changes bool) *meter {
	phases := int64(3) // compacting, checking, overwriting
	if changes {
		phases += 2 // copying, changing
	}
	return &meter{fn: fn, size: size, total: phases * size}
}

// phase starts the next phase.
func (m *meter) phase() {
	m.start = min(m.start+m.size, m.total)
	m.at = m.start
	m.tell()
}

// add counts n bytes more of this phase.
func (m *meter) add(n int64) {
	m.at = min(m.at+n, m.start+m.size)
	if m.at-m.told > m.total/tellings && m.at < m.total {
		m.tell()
	}
}

func (m *meter) end() {
	m.at = m.total
	m.tell()
}

func (m *meter) tell() {
	m.told = m.at
	if m.fn != nil {
		m.fn(m.at, m.total)
	}
}
