import { ContractError, errorOf } from './problem';

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

async function send(input: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(input, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ContractError('unreachable', 0, String(error));
  }
  if (!response.ok) throw await errorOf(response);
  return response;
}

export async function read<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const response = await send(address(path, query), { headers: { Accept: 'application/json' }, signal: signal ?? null });
  return (await response.json()) as T;
}

interface Writing {
  query?: Query;
  body?: unknown;
  /** Of a body that is sent as it is. */
  type?: string;
  /** The version that was read; the server refuses when it is no longer the present one. */
  version?: number;
}

export async function write<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, writing: Writing = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Content-Type': writing.type ?? 'application/json' };
  if (writing.version !== undefined) headers['If-Match'] = `"${writing.version}"`;
  const body = writing.type === undefined ? JSON.stringify(writing.body) : (writing.body as string);
  const response = await send(address(path, writing.query), { method, headers, ...(method === 'DELETE' ? {} : { body }) });
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}
