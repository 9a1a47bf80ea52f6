// An exporter that is silent or loses records says so.
import { expect, test } from 'vitest';
import type { Exporter } from './types';
import { healthOf, shareLost } from './exporter-health';

const now = '2026-11-21T18:00:00Z';
const exporter = (change: Partial<Exporter>): Exporter => ({
  address: '192.0.2.1', port: 2055, protocol: 'ipfix', source_id: 1, local: '[::]:2055', datagrams: 1000, bytes: 1, records: 24_000, undecodable: 0,
  lost: 0, sampling: null, templates: 1, waiting_bytes: 0, first_seen: now, last_seen: now, ...change,
});

test('sends while records come and next to nothing is lost', () => {
  expect(healthOf(exporter({ lost: 10 }), now)).toBe('sending');
});

test('is quiet after ten minutes, whatever it lost before', () => {
  expect(healthOf(exporter({ last_seen: '2026-11-21T17:49:00Z', lost: 9999 }), now)).toBe('quiet');
});

test('loses when more than one in a thousand is missing or unreadable', () => {
  expect(healthOf(exporter({ lost: 100 }), now)).toBe('losing');
  expect(healthOf(exporter({ undecodable: 5 }), now)).toBe('losing');
});

test('counts NetFlow v9 losses in datagrams', () => {
  expect(shareLost(exporter({ protocol: 'netflow9', lost: 1000 }))).toBe(0.5);
});
