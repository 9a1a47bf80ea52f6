// @vitest-environment jsdom
// Who types at once finds what was typed, and opens only what belongs to it.
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { enter } from '@/contract/standing';
import type { Session } from '@/contract/types';
import { fillJsdomGaps } from '@/ui/jsdom-gaps';
import { Palette } from './palette';
import { openPalette } from './palette-store';

fillJsdomGaps();

enter({ state: 'signed_in', permissions: ['indicators.read', 'organisations.read'] } as unknown as Session);

const found = { id: '7', value: 'nav.example', kind: 'domain' };
const answer = (address: string) => Response.json({ items: address.includes('/indicators') ? [found] : [], next: null });

afterEach(cleanup);

async function typed(first: string): Promise<HTMLInputElement> {
  vi.stubGlobal('fetch', (address: string) => Promise.resolve(answer(address)));
  openPalette();
  for (const key of first) fireEvent.keyDown(document.body, { key });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <Palette calls={1} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  const input = await screen.findByRole<HTMLInputElement>('textbox');
  await waitFor(() => expect(input.value).toBe(first));
  return input;
}

test('keeps the first letters, and Enter waits for their results', async () => {
  const input = await typed('nav.');
  const here = window.location.pathname;
  fireEvent.change(input, { target: { value: 'nav.e' } });
  fireEvent.keyDown(input, { key: 'Enter', code: 'Enter' });
  expect(window.location.pathname).toBe(here);
  await waitFor(() => expect(window.location.pathname).toBe('/indicators/7'));
});

test('whoever types on after Enter opens nothing yet', async () => {
  window.history.replaceState(null, '', '/today');
  const input = await typed('nav.');
  fireEvent.change(input, { target: { value: 'nav.e' } });
  fireEvent.keyDown(input, { key: 'Enter', code: 'Enter' });
  fireEvent.change(input, { target: { value: 'nav.ex' } });
  fireEvent.change(input, { target: { value: 'nav.e' } });
  const result = await screen.findByText('nav.example');
  await waitFor(() => expect(result.closest('[data-selected]')).not.toBeNull());
  await waitFor(() => expect(result.closest('[aria-busy=false]')).not.toBeNull());
  expect(window.location.pathname).toBe('/today');
  fireEvent.keyDown(input, { key: 'Enter', code: 'Enter' });
  expect(window.location.pathname).toBe('/indicators/7');
});
