import type { components } from './schema';

type Problem = Partial<components['schemas']['Problem']>;

// Refusal is any answer but a success: a problem document (RFC 9457), as far as
// there is one. Its status is 0 where no answer came.
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly instance: string;
  // about is the id of what stands in the way, where the API names it.
  readonly about: string;
  // errors are what is wrong with fields, by where they are: "body.name".
  readonly errors: { location: string; message: string }[];
  // retryAfter is in seconds; 0 where nothing was said.
  readonly retryAfter: number;

  constructor(status: number, problem: Problem = {}, retryAfter = 0) {
    super(problem.detail ?? problem.code ?? String(status));
    this.name = 'Refusal';
    this.status = status;
    this.code = problem.code ?? '';
    this.detail = problem.detail ?? '';
    this.instance = problem.instance ?? '';
    this.about = problem.id ?? '';
    this.errors = problem.errors ?? [];
    this.retryAfter = retryAfter;
  }

  // passing is whether the same request may succeed a little later.
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export const isRefusal = (error: unknown, ...statuses: number[]): error is Refusal =>
  error instanceof Refusal && (statuses.length === 0 || statuses.includes(error.status));
