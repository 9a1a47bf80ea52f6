import { attendance } from './attendance';
import { askConfirmation } from './confirmation';
import { ContractError, errorOf } from './problem';
import { csrfToken, enter, lose, standing } from './standing';
import type { Session } from './types';

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

const root = '/api/v1';

/** Path and query; what is absent or empty is left out. */
export function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? root + path : `${root}${path}?${text}`;
}

interface Asking {
  /** What is sent says who one is, so that 401 may mean "wrong" instead of "signed out". */
  proving?: boolean;
}

async function fetched(input: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(input, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ContractError('unreachable', 0, String(error));
  }
}

const askSession = () => fetched(address('/session'), { headers: { Accept: 'application/json', ...attendance() } });

/** Another tab may have signed the same person in anew: then this tab's CSRF token is an old one. Yields whether it was. */
async function renewCsrf(): Promise<boolean> {
  const before = standing();
  if (before.is !== 'in') return false;
  const response = await askSession();
  if (!response.ok) return false;
  const now = (await response.json()) as Session;
  if (now.user.id !== before.session.user.id || now.csrf_token === before.session.csrf_token) return false;
  enter(now);
  return true;
}

/** Whether a 401 means that the session is over, and not that a password or code was wrong. */
const isOver = async (proving: boolean): Promise<boolean> => !proving || (standing().is === 'in' && (await askSession()).status === 401);

async function send(input: string, init: RequestInit, { proving = false }: Asking): Promise<Response> {
  // A session that is over is not knocked with until it goes on.
  if (!proving && standing().is === 'over') throw new ContractError('signed_out', 401, '');
  const response = await fetched(input, init);
  if (response.ok) return response;
  if (response.status === 401 && (await isOver(proving))) {
    lose();
    throw new ContractError('signed_out', 401, '');
  }
  throw await errorOf(response);
}

export async function read<T>(path: string, query?: Query, signal?: AbortSignal, asking: Asking = {}): Promise<T> {
  const response = await send(address(path, query), { headers: { Accept: 'application/json', ...attendance() }, signal: signal ?? null }, asking);
  return (await response.json()) as T;
}

interface Writing extends Asking {
  query?: Query;
  body?: unknown;
  /** Of a body that is sent as it is. */
  type?: string;
  /** The version that was read; the server refuses when it is no longer the present one. */
  version?: number;
  /** For the trail: why it is done, where that was told. */
  why?: string | undefined;
}

type Method = 'POST' | 'PUT' | 'DELETE';

async function change(method: Method, path: string, writing: Writing): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Content-Type': writing.type ?? 'application/json' };
  if (writing.version !== undefined) headers['If-Match'] = `"${writing.version}"`;
  const why = writing.why?.trim() ?? '';
  if (why !== '') headers['X-Reason'] = encodeURIComponent(why);
  const body = writing.type === undefined ? JSON.stringify(writing.body) : (writing.body as string | Blob);
  const attempt = () => {
    const csrf = csrfToken();
    if (csrf !== undefined) headers['X-CSRF-Token'] = csrf;
    return send(address(path, writing.query), { method, headers: { ...headers }, ...(method === 'DELETE' ? {} : { body }) }, writing);
  };
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof ContractError) || error.status !== 403) throw error;
    const again = error.failure === 'unconfirmed' ? await askConfirmation() : await renewCsrf();
    if (again) return attempt();
    throw error;
  }
}

export async function write<T>(method: Method, path: string, writing: Writing = {}): Promise<T> {
  const response = await change(method, path, writing);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

/** For answers that are a text, to be kept as they are. */
export async function writeForText(path: string): Promise<string> {
  return (await change('POST', path, { body: {} })).text();
}
