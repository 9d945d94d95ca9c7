package store_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

func TestEveryKindOfEventHasANameForExports(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "activity.go", nil, 0)
	require.NoError(t, err)
	declared := 0
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && v.Type != nil {
			if id, ok := v.Type.(*ast.Ident); ok && id.Name == "EventKind" {
				declared++
			}
		}
		return true
	})
	require.Len(t, store.EventKinds(), declared)
	names := map[string]bool{}
	for _, k := range store.EventKinds() {
		require.False(t, strings.HasPrefix(k.String(), "event "), "%d", k)
		require.False(t, names[k.String()], k)
		names[k.String()] = true
	}
	require.Equal(t, "event 250", store.EventKind(250).String())
}
