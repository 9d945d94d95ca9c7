package store

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// namesLike draws names that are often like each other.
var namesLike = rapid.Custom(func(t *rapid.T) string {
	words := []string{"anna", "annna", "ana", "maria", "mariah", "Müller", "Mueller", "muller", "Bergmann", "bregmann", "bergman", "Bergmannn", "Schneiderova", "schniederova", "x", "li", "Li-Wei", "o'neil", "4711", "a1", "Konstantinopoulos", "konstantinopulos", "konstatinopulos"}
	out := rapid.SampledFrom(words).Draw(t, "w")
	for range rapid.IntRange(0, 3).Draw(t, "more") {
		out += rapid.SampledFrom([]string{" ", "-", ""}).Draw(t, "sep") + rapid.SampledFrom(words).Draw(t, "w")
	}
	return out
})

func TestARowOfAFileIsComparedAsSomebodyNewIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(i int) Customer {
			phone := rapid.SampledFrom([]string{"", "0660 123456", "+43 660 123456", "0043660123456", "660123456", "123456", "1234567", "12345", "000123456", "0699 888777"})
			c := Customer{Name: namesLike.Draw(t, "name"), Number: customerNumber(i), Phone: phone.Draw(t, "phone"), Phone2: phone.Draw(t, "second phone"),
				Email: rapid.SampledFrom([]string{"", "a@b.cc", "A@B.cc", "aa@b.cc", "K@b.cc", "k@b.cc"}).Draw(t, "email"),
				VATID: rapid.SampledFrom([]string{"", "ATU12345675", "ESB58378431"}).Draw(t, "vat")}
			c.ID = newID()
			return c.tidy("AT")
		}
		n := rapid.IntRange(0, 12).Draw(t, "book")
		var book []indexRow
		for i := range n {
			c := draw(i)
			if rapid.Bool().Draw(t, "merged") {
				c.Merged = []MergedAs{{ID: newID(), Number: "C-99999", Phone: "0699 888777"}}
			}
			book = append(book, customerRow(c))
		}
		file := make([]ImportedRow, rapid.IntRange(1, 4).Draw(t, "file"))
		for i := range file {
			file[i].Customer = draw(100 + i)
		}
		ix := indexOf(slices.Clone(book))
		crowd, err := newCrowd(context.Background(), ix, file)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range file {
			near, twins := crowd.like(i)
			if want := nearIn(ix, r.Customer); !slices.EqualFunc(near, want, func(a, b Near) bool { return a.Row.ID == b.Row.ID && a.Like == b.Like }) && len(near)+len(want) > 0 {
				t.Fatalf("%+v\n%+v\n%+v", r.Customer, near, want)
			}
			var rows []indexRow
			for _, before := range file[:i] {
				rows = append(rows, customerRow(before.Customer))
			}
			if want := nearIn(indexOf(rows), r.Customer); len(want) != len(twins) {
				t.Fatalf("%d twins, not %d", len(twins), len(want))
			}
		}
	})
}

func TestWhoHasANumberTwiceCountsOnce(t *testing.T) {
	var book []indexRow
	for i := range 15 {
		c := Customer{ID: newID(), Number: customerNumber(i), Name: fmt.Sprint("Nobody ", i), Phone2: "+43 660 123456"}
		c.Merged = []MergedAs{{ID: newID(), Number: customerNumber(100 + i), Phone: "+43 660 123456"}}
		book = append(book, customerRow(c))
	}
	crowd, err := newCrowd(context.Background(), indexOf(book), []ImportedRow{{Customer: Customer{Name: "Eva", Phone: "0660 123456"}}})
	require.NoError(t, err)
	near, _ := crowd.like(0)
	require.Len(t, near, 15)
}

func TestManyRowsAreComparedInSeconds(t *testing.T) {
	syllables := []string{"ba", "ro", "mi", "ste", "kan", "lor", "vin", "ges", "tu", "pel", "dra", "no", "schu", "wei", "fer", "gold", "hof", "mann", "ski", "escu"}
	person := func(n int) Customer {
		part := func(n int) string {
			return syllables[n%20] + syllables[n/20%20] + syllables[n/400%20]
		}
		return Customer{Name: part(n*7919) + " " + part(n*104729+n/3), Phone: fmt.Sprintf("+43 660 %07d", n*17), Email: fmt.Sprintf("p%d@example.com", n), Number: customerNumber(n)}
	}
	const many = 10_000
	book, file := make([]indexRow, many), make([]ImportedRow, many)
	for i := range many {
		c := person(i)
		c.ID = newID()
		book[i], file[i].Customer = customerRow(c), person(i+many/2)
	}
	ix := indexOf(book)
	began := time.Now()
	crowd, err := newCrowd(context.Background(), ix, file)
	require.NoError(t, err)
	t.Log("tables", time.Since(began))
	like := 0
	for i := range file {
		if near, twins := crowd.like(i); len(near)+len(twins) > 0 {
			like++
		}
	}
	t.Log("compared", time.Since(began), like)
	require.GreaterOrEqual(t, like, many/2)
	require.Less(t, time.Since(began), time.Minute)
}
