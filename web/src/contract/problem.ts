import type { Problem, StaleProblem } from './types';

/**
 * What can go wrong between desk and server: the server's own faults, no answer at all, a version that is no longer the
 * present one, a session that ended, too many attempts, and something grave whose person did not show who they are.
 */
export type Failure = Problem['fault'] | 'unreachable' | 'stale' | 'signed_out' | 'delayed' | 'unconfirmed';

/** What became of a record since it was read, as far as the server tells it. */
export type Meanwhile = Pick<StaleProblem, 'changed_at' | 'changed_by' | 'changed_by_name' | 'changes'>;

/** One failed request. `fields` maps a field's path to the server's sentence about it; `wait` is in seconds. */
export class ContractError extends Error {
  readonly failure: Failure;
  readonly status: number;
  readonly fields: ReadonlyMap<string, string>;
  /** When the next attempt is taken, in milliseconds of this browser's clock; 0 where there is nothing to wait for. */
  readonly until: number;
  readonly meanwhile: Meanwhile | undefined;

  constructor(failure: Failure, status: number, detail: string, fields: ReadonlyMap<string, string> = new Map(), wait = 0, meanwhile?: Meanwhile) {
    super(detail);
    this.name = 'ContractError';
    this.failure = failure;
    this.status = status;
    this.fields = fields;
    this.meanwhile = meanwhile;
    this.until = wait === 0 ? 0 : Date.now() + wait * 1000;
  }
}

const failureOfStatus: Readonly<Record<number, Failure>> = { 412: 'stale', 429: 'delayed' };

/** Of an answer that is no problem document: most likely it came from something in between, not from Kula. */
const failureOfForeign = (status: number): Failure => {
  if (status === 404) return 'not_found';
  if (status === 401 || status === 403) return 'refused';
  if (status === 409) return 'conflict';
  if (status === 503) return 'unavailable';
  return status >= 500 ? 'unreachable' : 'invalid';
};

const longestWait = 86_400;

/** `Retry-After` in seconds; a minute where it says something else. */
function waitOf(response: Response): number {
  if (response.status !== 429) return 0;
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(Math.ceil(seconds), longestWait) : 60;
}

const meanwhileOf = (problem: Partial<StaleProblem> | null): Meanwhile | undefined => {
  const { changed_at = null, changed_by = null, changed_by_name = null, changes } = problem ?? {};
  return changes === undefined ? undefined : { changed_at, changed_by, changed_by_name, changes };
};

/** The error of an answer that was not a success, whatever its body looks like. */
export async function errorOf(response: Response): Promise<ContractError> {
  const problem = (await response.json().catch(() => null)) as Partial<Problem & StaleProblem> | null;
  const fields = new Map((problem?.errors ?? []).map((entry) => [entry.field, entry.message]));
  const unconfirmed = problem?.type === 'urn:kula:problem:confirmation-needed' ? 'unconfirmed' : undefined;
  const failure = unconfirmed ?? failureOfStatus[response.status] ?? problem?.fault ?? failureOfForeign(response.status);
  return new ContractError(failure, response.status, problem?.detail ?? response.statusText, fields, waitOf(response), meanwhileOf(problem));
}

/** Of anything that was thrown: what is no answer of the server is none at all. */
export const failureOf = (error: unknown): Failure => (error instanceof ContractError ? error.failure : 'unreachable');

/** What went wrong with one part of what was sent, with the fields called as that part calls them. */
export function within(part: string, error: Error | null): Error | null {
  if (!(error instanceof ContractError)) return error;
  const { failure, status, message, fields, meanwhile } = error;
  return new ContractError(failure, status, message, new Map([...fields].map(([field, text]) => [field.startsWith(`${part}.`) ? field.slice(part.length + 1) : field, text])), 0, meanwhile);
}

/** Asking again can only help when the server was away. */
export const mayHelpToRetry = (error: unknown): boolean =>
  !(error instanceof ContractError) || error.failure === 'unreachable' || error.failure === 'unavailable';
