// This file holds Problem, what Check and Compute say about a document.

package invoice

import "strings"

// Problem is one thing that is missing or wrong. Field is the path of the
// value, such as "Buyer.Name" or "Lines[2].Quantity". Rule names the rule that
// was not kept: a business rule of EN 16931 ("BR-27"), a point of Article 226
// of Directive 2006/112/EC ("R-226-5"), or a rule of this package, such as
// "R-COR". Args are what a sentence about it needs, never customer data.
type Problem struct {
	Field string
	Rule  string
	Args  []string
}

// Problems is a list of problems as an error.
type Problems []Problem

// Error names fields and rules, and nothing a customer wrote.
func (p Problems) Error() string {
	parts := make([]string, len(p))
	for i, one := range p {
		parts[i] = one.Field + ": " + one.Rule
	}
	return "invoice: " + strings.Join(parts, "; ")
}
