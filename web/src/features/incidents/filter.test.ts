// What the address says is what the server is asked.
import { expect, test } from 'vitest';
import { countedApart, toContract } from './filter';

test('what is still open is asked for as such, and a state as itself', () => {
  expect(toContract({ state: 'still_open' }, '7')).toMatchObject({ open: true, state: undefined });
  expect(toContract({ state: 'waiting' }, '7')).toMatchObject({ open: undefined, state: 'waiting' });
});

test('my own are those of whoever reads, and nobody stays nobody', () => {
  expect([toContract({ lead: 'me' }, '7').lead, toContract({ lead: 'none' }, '7').lead, toContract({ lead: '8' }, '7').lead]).toEqual(['7', 'none', '8']);
});

test('the sentence counts among what the filter holds, and not what it has settled', () => {
  expect(countedApart({ state: 'closed', sector: 'health' }, '7')).toMatchObject({ critical: { open: true, sector: 'health', severity: 'critical' }, unled: { open: true, sector: 'health', lead: 'none' } });
  expect(countedApart({ severity: 'low', lead: 'me' }, '7')).toEqual({ critical: undefined, unled: undefined });
});
