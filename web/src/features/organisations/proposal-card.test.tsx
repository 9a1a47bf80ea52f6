// @vitest-environment jsdom
// What waits can be decided by whom may, taken back by whom it belongs to, and not approved once it was overtaken.
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, expect, test, vi } from 'vitest';
import { enter } from '@/contract/standing';
import type { Proposal, Session } from '@/contract/types';
import { fillJsdomGaps } from '@/ui/jsdom-gaps';
import { ProposalCard } from './proposal-card';

fillJsdomGaps();
await i18next.use(initReactI18next).init({ lng: 'en', resources: {}, showSupportNotice: false });

afterEach(cleanup);

const proposal: Proposal = {
  id: 'p1', organisation: { id: 'o1', name: 'Example Bank', sector: null }, state: 'open', outdated: false, mine: false,
  changes: [{ field: 'website', of: null, before: null, after: 'https://bank.example/' }], overlaps: [], remark: null,
  proposed_at: '2026-11-21T10:00:00Z', proposed_by: 'Example Owner', reason: null, decided_at: null, decided_by: null,
};

function show(change: Partial<Proposal>, permissions: readonly string[]) {
  enter({ state: 'signed_in', user: { id: 'u' }, csrf_token: 'c', permissions } as unknown as Session);
  return render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ul>
          <ProposalCard proposal={{ ...proposal, ...change }} />
        </ul>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const button = (name: string) => screen.queryByRole<HTMLButtonElement>('button', { name });

test('offers each what is theirs to do', () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ items: [] })));
  show({}, ['organisations.read']);
  expect([button('proposals.approve'), button('proposals.refuse'), button('proposals.withdraw')]).toEqual([null, null, null]);
  cleanup();
  show({ mine: true }, ['organisations.propose']);
  expect(button('proposals.withdraw')).not.toBeNull();
  cleanup();
  show({ outdated: true }, ['proposals.decide']);
  expect(button('proposals.approve')?.disabled).toBe(true);
  expect(button('proposals.refuse')?.disabled).toBe(false);
  cleanup();
  show({ state: 'refused', reason: 'because' }, ['proposals.decide']);
  expect(button('proposals.approve')).toBeNull();
  expect(screen.getByText('because')).not.toBeNull();
});

test('a refusal wants its reason', async () => {
  const bodies: unknown[] = [];
  vi.stubGlobal('fetch', (_: string, { method, body }: { method?: string; body?: string }) => {
    if (method === 'POST') bodies.push(JSON.parse(body ?? ''));
    return Promise.resolve(Response.json(method === 'POST' ? proposal : { items: [] }));
  });
  show({}, ['proposals.decide']);
  fireEvent.click(screen.getByRole('button', { name: 'proposals.refuse' }));
  const reason = await screen.findByRole('textbox', { name: /proposals\.reason/ });
  const send = () => within(screen.getByRole('dialog')).getByRole<HTMLButtonElement>('button', { name: 'proposals.refuse' });
  expect(send().disabled).toBe(true);
  fireEvent.change(reason, { target: { value: 'not yours' } });
  fireEvent.click(send());
  await waitFor(() => expect(bodies).toEqual([{ reason: 'not yours' }]));
});
