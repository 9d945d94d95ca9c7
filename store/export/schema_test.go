package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

// validate checks a JSON file against the schema.
func validate(t testing.TB, path string) error {
	t.Helper()
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("schema.json", schema))
	compiled, err := c.Compile("schema.json")
	require.NoError(t, err)
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	require.NoError(t, err)
	return compiled.Validate(doc)
}

type schema struct {
	Type                 any
	Ref                  string `json:"$ref"`
	Const                any
	Pattern              string
	Description          string
	AdditionalProperties *bool
	Required             []string
	Properties           map[string]*schema
	Items                *schema
	Defs                 map[string]*schema `json:"$defs"`
}

func readSchema(t testing.TB) *schema {
	var s schema
	require.NoError(t, json.Unmarshal(Schema, &s))
	return &s
}

func TestTheSchemaSaysWhatEveryFieldMeansAndAllowsNoOther(t *testing.T) {
	top := readSchema(t)
	objects := maps.Clone(top.Defs)
	objects["counterbook.json"] = top
	n := 0
	for name, o := range objects {
		if o.Properties == nil {
			require.NotEmpty(t, o.Pattern, name)
			continue
		}
		n++
		require.NotEmpty(t, o.Description, name)
		require.NotNil(t, o.AdditionalProperties, name)
		require.False(t, *o.AdditionalProperties, name)
		require.ElementsMatch(t, o.Required, slices.Collect(maps.Keys(o.Properties)), name)
		for field, p := range o.Properties {
			require.NotEmpty(t, p.Description, "%s.%s", name, field)
			require.Empty(t, p.Properties, "%s.%s: what has fields has a name", name, field)
		}
	}
	require.Greater(t, n, 15)
}

const (
	docs   = "../../docs/export.md"
	begins = "<!-- Written by UPDATE=1 go test ./store/export, from schema.json and the records. -->\n"
)

// TestTheDocumentNamesEveryFileAndField compares the tables of docs/export.md with
// what is exported; with UPDATE set it writes them.
func TestTheDocumentNamesEveryFileAndField(t *testing.T) {
	data, err := os.ReadFile(docs)
	require.NoError(t, err)
	before, _, ok := strings.Cut(string(data), begins)
	require.True(t, ok)
	want := before + begins + reference(t)
	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(docs, []byte(want), 0o644))
		data = []byte(want)
	}
	require.Equal(t, want, string(data), "UPDATE=1 go test ./store/export writes it anew")
}

func reference(t testing.TB) string {
	var b strings.Builder
	top := readSchema(t)
	object := func(name string, o *schema) {
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n| field | type | meaning |\n|---|---|---|\n", name, o.Description)
		for _, field := range o.Required { // in the order in which they are written
			p := o.Properties[field]
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", field, p.typ(top), p.Description)
		}
	}
	b.WriteString("\n## counterbook.json, field by field\n")
	object("The file", top)
	for _, name := range slices.Sorted(maps.Keys(top.Defs)) {
		if o := top.Defs[name]; o.Properties != nil {
			object(name, o)
		}
	}
	b.WriteString("\n## The tables, column by column\n\n| file | columns |\n|---|---|\n")
	for _, s := range Subjects() {
		k := kinds[s]
		for _, table := range newTable(string(s), k.one, k.typ).all() {
			header := table.header()
			require.Len(t, slices.Compact(slices.Sorted(slices.Values(header))), len(header), "%s: no two columns are called the same", table.name)
			fmt.Fprintf(&b, "| `csv/%s.csv` | `%s` |\n", table.name, strings.Join(header, "`, `"))
		}
	}
	return b.String()
}

// typ says in a word what a field is.
func (s *schema) typ(top *schema) string {
	switch {
	case s.Const != nil:
		return fmt.Sprintf("`%v`", s.Const)
	case s.Items != nil:
		return "list of " + s.Items.typ(top)
	case s.Ref != "":
		name := strings.TrimPrefix(s.Ref, "#/$defs/")
		if top.Defs[name].Properties != nil {
			return "[" + name + "](#" + name + ")"
		}
		return map[string]string{"id": "id", "idOrNull": "id or null", "decimal": "decimal", "day": "day or null",
			"moment": "moment", "momentOrNull": "moment or null"}[name]
	case reflect.ValueOf(s.Type).Kind() == reflect.String:
		return map[string]string{"string": "text", "integer": "number", "boolean": "true or false"}[s.Type.(string)]
	}
	return ""
}
