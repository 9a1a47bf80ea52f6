// How an observable is asked for in each place.
import { expect, test } from 'vitest';
import { eventsWith, isListed, sightingsOf, soughtIn } from './places';

test('the address of the page says what is sought', () => {
  expect(soughtIn('kind=url&value=https%3A%2F%2Flogin.example.net%2Fcard%3Fa%3Db')).toEqual({ kind: 'url', value: 'https://login.example.net/card?a=b' });
  expect(soughtIn('kind=person&value=x')).toBeUndefined();
  expect(soughtIn('kind=domain&value=%20')).toBeUndefined();
  expect(soughtIn('')).toBeUndefined();
});

test('events are asked by the field that has an index, and by their text where none has', () => {
  expect(eventsWith({ kind: 'as', value: 'AS64500' })).toEqual({ window: 'all', asn: '64500' });
  expect(eventsWith({ kind: 'prefix', value: '192.0.2.0/24' })).toEqual({ window: 'all', address: '192.0.2.0/24' });
  expect(eventsWith({ kind: 'domain', value: 'login.example.net' })).toEqual({ window: 'all', domain: 'login.example.net' });
  expect(eventsWith({ kind: 'sha256', value: 'ab'.repeat(32) })).toEqual({ window: 'all', search: 'ab'.repeat(32) });
});

test('an address is an end of traffic, anything else an indicator', () => {
  expect(sightingsOf({ kind: 'address', value: '192.0.2.7' })).toEqual({ window: '30d', address: '192.0.2.7' });
  expect(sightingsOf({ kind: 'domain', value: 'login.example.net' })).toEqual({ window: '30d', indicator: 'login.example.net' });
  expect(isListed({ kind: 'domain', value: 'login.example.net' })).toBe(true);
  expect(isListed({ kind: 'email', value: 'a@mail.example' })).toBe(false);
});
