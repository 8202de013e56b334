package table

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"atrium/shared/problem"
)

// indexes are those that Atrium reads by.
var indexes = []Index{G1, G2, G3}

// Check tells what is wrong with the table itself, for an operator: that it or
// one of its indexes is not there, or not yet. It reads no item.
func (t *Table) Check(ctx context.Context) error {
	answer, err := t.client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: t.name})
	if err != nil {
		return fmt.Errorf("table: check: %w", translate(ctx, err))
	}
	if status := answer.Table.TableStatus; status != types.TableStatusActive && status != types.TableStatusUpdating {
		return unready("the table %s is %s: wait until it is ACTIVE", *t.name, status)
	}
	for _, index := range indexes {
		n := slices.IndexFunc(answer.Table.GlobalSecondaryIndexes, func(d types.GlobalSecondaryIndexDescription) bool {
			return aws.ToString(d.IndexName) == string(index)
		})
		if n < 0 {
			return unready("the table %s has no index %s: it is to have all of those in infra/table.yaml", *t.name, index)
		}
		if status := answer.Table.GlobalSecondaryIndexes[n].IndexStatus; status != types.IndexStatusActive && status != types.IndexStatusUpdating {
			return unready("the index %s of the table %s is %s: wait until it is ACTIVE", index, *t.name, status)
		}
	}
	return nil
}

func unready(format string, args ...any) error {
	return errors.Join(problem.New(problem.Unavailable, setUp), fmt.Errorf(format, args...))
}
