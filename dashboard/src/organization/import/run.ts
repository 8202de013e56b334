// How rows are sent: some at a time, so that one sees how far it is, and can go on
// from there when the way is lost.
import { api, queries, type Schemas } from '../../api/client';
import type { Row } from './plan';

export interface Result {
  number: number;
  email: string;
  status: 'created' | 'updated' | 'failed';
  problem?: string;
}

const atOnce = 200;

export interface Options {
  dryRun: boolean;
  invite: boolean;
  // until it is given up, after which nothing more is sent.
  until?: AbortSignal;
}

// run sends rows and tells of results as they come. What it throws has lost
// nothing: the rows without a result are still to be sent.
export async function run(o: string, rows: Row[], { dryRun, invite, until }: Options, onResults: (results: Result[]) => void) {
  for (let at = 0; at < rows.length && !until?.aborted; at += atOnce) {
    const part = rows.slice(at, at + atOnce);
    const { data } = await api.POST('/v1/organizations/{o}/users/import', {
      params: { path: { o } },
      body: { users: part.map(({ user }) => user), dryRun, invite },
    });
    onResults((data?.rows ?? []).flatMap((row) => resultOf(row, part)));
  }
  if (!dryRun) await queries.invalidateQueries();
}

function resultOf({ row, email, status, problem }: Schemas['UserRow'], part: Row[]): Result[] {
  const sent = part[row - 1];
  return sent
    ? [
        {
          number: sent.number,
          email,
          status,
          problem: problem && (problem.errors?.map(({ message }) => message).join(' ') || problem.detail),
        },
      ]
    : [];
}
