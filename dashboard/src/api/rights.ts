// Who may do what, as far as views show or hide it. The API decides by itself.
import type { Schemas } from './client';

type Principal = Pick<NonNullable<Schemas['Me']['principal']>, 'type' | 'role' | 'actor'>;

// create: clients and agents; assign: agents to clients; settle: the agency's own
// settings and API keys.
type Right = 'create' | 'assign' | 'settle';

const roles: Record<Right, string[]> = {
  create: ['owner', 'admin'],
  assign: ['owner', 'admin', 'member'],
  settle: ['owner', 'admin'],
};

export const may = ({ role }: Principal, right: Right) => roles[right].includes(role);
