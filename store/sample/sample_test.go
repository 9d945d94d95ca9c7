package sample_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/store/sample"
)

func TestEveryProfileOfTheMadeUpShopOpensWithThePublishedPassphrase(t *testing.T) {
	b, err := sample.Create(filepath.Join(t.TempDir(), "sample.counterbook"), &store.Options{
		KDF: &store.CheapKDF,
		Typeset: func(d invoice.Document, _ store.Shop) ([]paper.Page, error) {
			s := paper.NewSheet()
			s.Text(20, 20, 12, paper.Regular, paper.Left, d.Number)
			p, err := s.Page()
			return []paper.Page{p}, err
		},
	})
	require.NoError(t, err)
	defer b.Close()
	require.Len(t, b.Info().Profiles, 5)
	for _, p := range b.Info().Profiles {
		s, err := b.SignIn(p.ID, store.Passphrase(sample.Passphrase))
		require.NoError(t, err)
		s.Close()
	}
}
