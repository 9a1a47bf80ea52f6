import type { Problem } from './types';

/** What can go wrong between desk and server: the server's own faults, and no answer at all. */
export type Failure = Problem['fault'] | 'unreachable' | 'stale';

/** One failed request. `fields` maps a field's path to the server's sentence about it. */
export class ContractError extends Error {
  readonly failure: Failure;
  readonly status: number;
  readonly fields: ReadonlyMap<string, string>;

  constructor(failure: Failure, status: number, detail: string, fields: ReadonlyMap<string, string> = new Map()) {
    super(detail);
    this.name = 'ContractError';
    this.failure = failure;
    this.status = status;
    this.fields = fields;
  }
}

/** Of an answer that is no problem document: most likely it came from something in between, not from Kula. */
const failureOfStatus = (status: number): Failure => {
  if (status === 404) return 'not_found';
  if (status === 403) return 'refused';
  if (status === 409) return 'conflict';
  if (status === 503) return 'unavailable';
  return status >= 500 ? 'unreachable' : 'invalid';
};

/** The error of an answer that was not a success, whatever its body looks like. */
export async function errorOf(response: Response): Promise<ContractError> {
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null;
  const fields = new Map((problem?.errors ?? []).map((entry) => [entry.field, entry.message]));
  const failure = response.status === 412 ? 'stale' : (problem?.fault ?? failureOfStatus(response.status));
  return new ContractError(failure, response.status, problem?.detail ?? response.statusText, fields);
}

/** Asking again can only help when the server was away. */
export const mayHelpToRetry = (error: unknown): boolean =>
  !(error instanceof ContractError) || error.failure === 'unreachable' || error.failure === 'unavailable';
