// @vitest-environment jsdom
// Where there is little room, the networks that others claim too are among those shown.
import { cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, expect, test } from 'vitest';
import type { Organisation } from '@/contract/types';
import { Networks } from './organisation-story';

await i18next.use(initReactI18next).init({ lng: 'en', resources: {}, showSupportNotice: false });

afterEach(cleanup);

test('contested networks come first', () => {
  const networks = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'].map((value) => ({ kind: 'prefix', value }) as const);
  const bank = { id: '2', name: 'Example Bank', sector: null };
  const organisation = { id: '1', networks, conflicts: [{ kind: 'prefix', value: '203.0.113.0/24', conflict: true, organisations: [{ ...bank, id: '1' }, bank] }] } as unknown as Organisation;
  render(<Networks organisation={organisation} most={2} />);
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([expect.stringMatching(/203\.0\.113\.0\/24.*Example Bank/), expect.stringContaining('192.0.2.0/24')]);
  expect(screen.getByText('organisation.networks_more')).toBeDefined();
});
