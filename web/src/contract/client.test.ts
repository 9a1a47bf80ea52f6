// Requests say what they mean, and every failure becomes something a person can act on.
import { afterEach, expect, test, vi } from 'vitest';
import { address, read, write } from './client';
import { ContractError, mayHelpToRetry } from './problem';
import { enter, leave, standing } from './standing';
import type { Session } from './types';

const answer = (status: number, body: unknown) => vi.fn(() => Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status })));
const failureOf = (promise: Promise<unknown>): Promise<ContractError> =>
  promise.then(
    () => Promise.reject(new Error('it succeeded')),
    (error: unknown) => error as ContractError,
  );

const session = (change: Partial<Session> = {}) => ({ state: 'signed_in', csrf_token: 'token', permissions: [], user: { id: '7' }, ...change }) as unknown as Session;
const headersOf = (fetched: ReturnType<typeof answer>, call: number) => (fetched.mock.calls[call] as unknown as [string, { headers: Record<string, string> }])[1].headers;

afterEach(() => {
  vi.unstubAllGlobals();
  leave();
});

test('leaves out what is absent and escapes the rest', () => {
  expect(address('/sightings', { indicator: 'http://x/?a=b&c', port: 0, sector: undefined, search: '' })).toBe('/api/v1/sightings?indicator=http%3A%2F%2Fx%2F%3Fa%3Db%26c&port=0');
});

test('sends the version it read', async () => {
  const fetched = answer(200, {});
  vi.stubGlobal('fetch', fetched);
  await write('PUT', '/organisations/1', { body: { name: 'x' }, version: 3 });
  expect(fetched).toHaveBeenCalledWith('/api/v1/organisations/1', expect.objectContaining({ headers: expect.objectContaining({ 'If-Match': '"3"' }) as unknown }));
});

test('a stale version is told apart from a taken name', async () => {
  vi.stubGlobal('fetch', answer(412, { fault: 'conflict', detail: 'version is 4 now' }));
  expect((await failureOf(write('PUT', '/x', {}))).failure).toBe('stale');
  vi.stubGlobal('fetch', answer(409, { fault: 'conflict', detail: 'name' }));
  expect((await failureOf(write('POST', '/x', {}))).failure).toBe('conflict');
});

test('faults of fields are kept by field', async () => {
  vi.stubGlobal('fetch', answer(422, { fault: 'invalid', detail: 'x', errors: [{ field: 'name', message: 'empty' }] }));
  expect((await failureOf(read('/x'))).fields.get('name')).toBe('empty');
});

test('an answer that is no problem document still has a meaning', async () => {
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response('<html>', { status: 502 }))));
  expect((await failureOf(read('/x'))).failure).toBe('unreachable');
});

test('no answer at all may be retried, a refusal may not', async () => {
  vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('failed'))));
  const error = await failureOf(read('/x'));
  expect(error.failure).toBe('unreachable');
  expect(mayHelpToRetry(error)).toBe(true);
  expect(mayHelpToRetry(new ContractError('invalid', 422, ''))).toBe(false);
});

test('a change carries the CSRF token of the session, and why it is made; a read carries neither', async () => {
  enter(session());
  const fetched = answer(200, {});
  vi.stubGlobal('fetch', fetched);
  await write('DELETE', '/users/1', { version: 2, why: ' Тргна на друга работа ' });
  expect(headersOf(fetched, 0)).toMatchObject({ 'X-CSRF-Token': 'token', 'If-Match': '"2"', 'X-Reason': encodeURIComponent('Тргна на друга работа') });
  await read('/users/1');
  expect(headersOf(fetched, 1)).not.toHaveProperty('X-CSRF-Token');
});

test('a session that ends in the middle of work is noticed once, and not knocked with again', async () => {
  enter(session());
  const fetched = answer(401, { fault: 'refused', detail: 'sign in first' });
  vi.stubGlobal('fetch', fetched);
  expect((await failureOf(write('POST', '/organisations', { body: {} }))).failure).toBe('signed_out');
  expect(standing().is).toBe('over');
  expect((await failureOf(read('/status'))).failure).toBe('signed_out');
  expect(fetched).toHaveBeenCalledTimes(1);
});

test('a wrong password is no ended session', async () => {
  enter(session());
  vi.stubGlobal('fetch', (address: string) => Promise.resolve(address.endsWith('/session') ? Response.json(session()) : Response.json({ fault: 'refused' }, { status: 401 })));
  const error = await failureOf(write('PUT', '/account/password', { body: {}, proving: true }));
  expect([error.failure, error.status, standing().is]).toEqual(['refused', 401, 'in']);
});

test('a CSRF token that another tab renewed is fetched, and the change made with it', async () => {
  enter(session());
  const tokens: (string | undefined)[] = [];
  vi.stubGlobal('fetch', (address: string, { headers }: { headers: Record<string, string> }) => {
    if (address.endsWith('/session')) return Promise.resolve(Response.json(session({ csrf_token: 'newer' })));
    tokens.push(headers['X-CSRF-Token']);
    return Promise.resolve(headers['X-CSRF-Token'] === 'newer' ? Response.json({}) : Response.json({ fault: 'refused' }, { status: 403 }));
  });
  await write('POST', '/organisations', { body: {} });
  expect(tokens).toEqual(['token', 'newer']);
});

test('what is refused for good is asked once more at most', async () => {
  enter(session());
  const fetched = vi.fn((address: string) => Promise.resolve(address.endsWith('/session') ? Response.json(session()) : Response.json({ fault: 'refused' }, { status: 403 })));
  vi.stubGlobal('fetch', fetched);
  expect((await failureOf(write('POST', '/organisations', { body: {} }))).failure).toBe('refused');
  expect(fetched).toHaveBeenCalledTimes(2);
});

test('too many attempts say how long to wait', async () => {
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(Response.json({ fault: 'unavailable' }, { status: 429, headers: { 'Retry-After': '8' } }))));
  const before = Date.now();
  const error = await failureOf(write('POST', '/session', { proving: true }));
  expect(error.failure).toBe('delayed');
  expect(error.until).toBeGreaterThanOrEqual(before + 8000);
});
