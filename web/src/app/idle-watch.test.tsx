// @vitest-environment jsdom
// A desk that nobody uses is warned before it is signed out, and stays when somebody says so.
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { enter, leave } from '@/contract/standing';
import type { Session } from '@/contract/types';
import { fillJsdomGaps } from '@/ui/jsdom-gaps';
import { IdleWatch } from './idle-watch';

await i18next.use(initReactI18next).init({ lng: 'en', resources: {}, showSupportNotice: false });

const session = (minutes: number) => ({ id: '1', state: 'signed_in', csrf_token: 'x', expires_at: new Date(Date.now() + minutes * 60_000).toISOString(), user: { id: '7' }, permissions: [] }) as unknown as Session;
const shown = (of: Session) =>
  render(
    <MantineProvider env="test">
      <IdleWatch session={of} />
    </MantineProvider>,
  );

beforeEach(() => {
  fillJsdomGaps();
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  leave();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('says nothing while there is time, and warns five minutes before', () => {
  shown(session(6));
  expect(screen.queryByRole('timer')).toBeNull();
  act(() => void vi.advanceTimersByTime(61_000));
  expect(screen.getByRole('timer').textContent).toContain('idle.text');
});

test('asks how long it still goes on when somebody stays', async () => {
  const fetched = vi.fn(() => Promise.resolve(Response.json(session(60))));
  vi.stubGlobal('fetch', fetched);
  const now = session(4);
  enter(now);
  shown(now);
  await act(async () => {
    fireEvent.click(screen.getByText('idle.stay'));
    await vi.advanceTimersByTimeAsync(10);
  });
  expect(fetched).toHaveBeenCalledWith('/api/v1/session', expect.anything());
});
