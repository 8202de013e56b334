package main

import (
	"context"
	"fmt"

	"atrium/shared/workspace"
)

// verifySender has an agency's mails come from its own address from now on. That
// SES knows the address, the operator has seen in SES: where it does not, mails
// wait, and say so.
func verifySender(ctx context.Context, o *operator) error {
	c, r, err := o.agency(ctx)
	if err != nil {
		return err
	}
	switch given := o.env("ADDRESS"); {
	case r.Sender.Address == "":
		return fmt.Errorf("%s has no address of its own to send from: it sets one as sender.address", r.Name)
	case given != "" && given != r.Sender.Address:
		return fmt.Errorf("%s sends from %s, and not from %s", r.Name, r.Sender.Address, given)
	case r.Sender.Status == workspace.Verified:
		return o.say("%s sends from %s already.", r.Name, r.Sender.Address)
	}
	if _, err := r.VerifySender(ctx, c); err != nil {
		return err
	}
	return o.say("%s sends from %s from now on.", r.Name, r.Sender.Address)
}
