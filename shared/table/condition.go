package table

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Condition is what must hold for a Write, or what an item of a Query must
// meet. Paths are attribute names, nested ones with dots: "counts.users".
type Condition = expression.ConditionBuilder

// Exists holds where an item stands.
func Exists() Condition { return expression.AttributeExists(expression.Name("pk")) }

// Absent holds where none does.
func Absent() Condition { return expression.AttributeNotExists(expression.Name("pk")) }

// Has holds where the attribute is there.
func Has(path string) Condition { return expression.AttributeExists(expression.Name(path)) }

// HasNot holds where the attribute is missing.
func HasNot(path string) Condition { return expression.AttributeNotExists(expression.Name(path)) }

// Equals compares an attribute with a value.
func Equals(path string, value any) Condition {
	return expression.Name(path).Equal(expression.Value(value))
}

// Holds is for a set of strings: that it has these, and no others. No set is an empty one.
func Holds(path string, values ...string) Condition {
	if len(values) == 0 {
		return HasNot(path)
	}
	return expression.Name(path).Equal(Strings(values...))
}

// Less holds where the attribute is below the value.
func Less(path string, value any) Condition {
	return expression.Name(path).LessThan(expression.Value(value))
}

// More holds where the attribute is above the value.
func More(path string, value any) Condition {
	return expression.Name(path).GreaterThan(expression.Value(value))
}

// OneOf holds where the attribute is one of the values, of which there is at least one.
func OneOf[T any](path string, values ...T) Condition {
	first, rest := expression.Value(values[0]), make([]expression.OperandBuilder, 0, len(values))
	for _, v := range values[1:] {
		rest = append(rest, expression.Value(v))
	}
	return expression.Name(path).In(first, rest...)
}

// Contains holds where a set has the value, or a string the part.
func Contains(path, value string) Condition { return expression.Name(path).Contains(value) }

// Begins holds where a string begins so.
func Begins(path, prefix string) Condition { return expression.Name(path).BeginsWith(prefix) }

// SizeLess holds where a map, set, list or string has fewer parts than n.
func SizeLess(path string, n int) Condition {
	return expression.Name(path).Size().LessThan(expression.Value(n))
}

// SizeMore holds where it has more than n.
func SizeMore(path string, n int) Condition {
	return expression.Name(path).Size().GreaterThan(expression.Value(n))
}

// Either holds where one of the two does.
func Either(a, b Condition) Condition { return expression.Or(a, b) }

// Not turns a condition round.
func Not(c Condition) Condition { return expression.Not(c) }

// Edit is what an update changes of an item.
type Edit = expression.UpdateBuilder

// Set starts an update that gives an attribute a value.
func Set(path string, value any) expression.UpdateBuilder {
	return expression.Set(expression.Name(path), Value(value))
}

// Increase starts an update that adds to a number, from zero where there is none.
func Increase(path string, by int) expression.UpdateBuilder {
	name := expression.Name(path)
	if !strings.Contains(path, ".") {
		return expression.Add(name, expression.Value(by))
	}
	// DynamoDB promises ADD for attributes at the top only.
	return expression.Set(name, expression.Plus(expression.IfNotExists(name, expression.Value(0)), expression.Value(by)))
}

// Path and Value are for updates of more than one part, on the builder that
// Set and Increase return.
func Path(path string) expression.NameBuilder { return expression.Name(path) }

// Value is a value in an update, written by its json tags as items are.
func Value(v any) expression.ValueBuilder {
	encoded, err := attributevalue.MarshalWithOptions(v, encodeByJSON)
	if err != nil {
		// It fails again, where errors are collected.
		return expression.Value(v)
	}
	return expression.Value(encoded)
}

// Strings is a set of strings, to be added to one in an update, or taken from it.
func Strings(values ...string) expression.ValueBuilder {
	return expression.Value(&types.AttributeValueMemberSS{Value: values})
}
