// @vitest-environment jsdom
// Who is signed in chooses for what is written to them, too; at the door only the page changes.
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { enter, leave } from '@/contract/standing';
import type { Session } from '@/contract/types';
import { fillJsdomGaps } from '@/ui/jsdom-gaps';
import { speak, startLanguage } from './i18n';
import { LanguageChoice } from './language-choice';

await startLanguage();

const session = { id: '1', state: 'signed_in', csrf_token: 'x', expires_at: new Date(Date.now() + 60_000).toISOString(), user: { id: '7' }, permissions: [] } as unknown as Session;
const fetched = vi.fn<typeof fetch>(() => Promise.resolve(new Response(null, { status: 204 })));

async function chooseAlbanian() {
  render(
    <MantineProvider env="test">
      <LanguageChoice />
    </MantineProvider>,
  );
  fireEvent.click(screen.getByRole('button'));
  fireEvent.click(await screen.findByText('Shqip'));
  await vi.waitFor(() => expect(document.documentElement.lang).toBe('sq'));
}

beforeEach(async () => {
  fillJsdomGaps();
  fetched.mockClear();
  vi.stubGlobal('fetch', fetched);
  await speak('en');
});
afterEach(() => {
  cleanup();
  leave();
  vi.unstubAllGlobals();
});

test('is kept with the account of who is signed in', async () => {
  enter(session);
  await chooseAlbanian();
  expect(fetched).toHaveBeenCalledOnce();
  const [path, request] = fetched.mock.calls[0] ?? [];
  expect(path).toBe('/api/v1/account/language');
  expect(request).toMatchObject({ method: 'PUT', body: JSON.stringify({ language: 'sq' }) });
});

test('needs no account', async () => {
  await chooseAlbanian();
  expect(fetched).not.toHaveBeenCalled();
});
