// @vitest-environment jsdom
// Who may not read the status sees that it is a demo too; elsewhere nobody is told so.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { enter, leave } from './standing';
import type { Session } from './types';
import { useIsDemo } from './use-demo';

const asked: string[] = [];
let answers: Record<string, () => Response> = {};
vi.stubGlobal('fetch', (address: string) => {
  asked.push(address);
  return Promise.resolve(answers[address]?.() ?? Response.json({}, { status: 404 }));
});

afterEach(() => {
  cleanup();
  leave();
  asked.length = 0;
  answers = {};
});

function asWhoMay(...permissions: string[]) {
  enter({ id: '1', state: 'signed_in', csrf_token: 'x', permissions, second_factors: [], user: { id: '7', name: 'ana', roles: [] } } as unknown as Session);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return renderHook(useIsDemo, { wrapper: ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider> }).result;
}

test('by the status, where it may be read', async () => {
  answers['/api/v1/status'] = () => Response.json({ demo: true });
  const found = asWhoMay('status.read');
  await waitFor(() => expect(found.current).toBe(true));
  expect(asked).toEqual(['/api/v1/status']);
});

test("by the demo's people, for a constituent", async () => {
  answers['/desk/demo.json'] = () => Response.json({ people: [{ name: 'guest', password: 'guest', roles: [] }] });
  const found = asWhoMay('sightings.read');
  await waitFor(() => expect(found.current).toBe(true));
  expect(asked).toEqual(['/desk/demo.json']);
});

test('a server that works in earnest has no such file', async () => {
  const found = asWhoMay('sightings.read');
  await waitFor(() => expect(asked).toEqual(['/desk/demo.json']));
  expect(found.current).toBe(false);
});
