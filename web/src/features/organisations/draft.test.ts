// What the form holds becomes what the contract wants, and what the server refuses finds its line again.
import { expect, test } from 'vitest';
import { draftOf, emptyContact, emptyNetwork, faultsAsShown, faultsByLine, inputOf, kindOf } from './draft';

test('recognises what was typed or pasted', () => {
  expect(['192.0.2.0/24', '2001:db8::/32', 'AS64500', '64500', 'example.org', '192.0.2.1', 'country:QN', 'qn'].map(kindOf)).toEqual(['prefix', 'prefix', 'as', 'as', 'domain', 'prefix', 'country', 'domain']);
});

test('empty lines are no lines, and empty texts are absent', () => {
  const input = inputOf({ ...draftOf(undefined), name: ' Example ' });
  expect(input).toMatchObject({ name: 'Example', short_name: null, sector: null, networks: [], contacts: [] });
});

test('a contact without a name goes by its address', () => {
  const input = inputOf({ ...draftOf(undefined), name: 'x', contacts: [{ ...emptyContact(), email: 'soc@example.org' }] });
  expect(input.contacts[0]).toMatchObject({ name: 'soc@example.org', email: 'soc@example.org', phone: null, languages: [], round_the_clock: false, pgp_key: null });
});

test('a fault is shown at the line it belongs to, empty lines before it apart', () => {
  const wrong = { ...emptyNetwork(), value: 'nonsense' };
  const draft = { ...draftOf(undefined), name: 'x', networks: [emptyNetwork(), wrong] };
  const faults = faultsByLine(draft, new Map([['networks[0].value', 'not a prefix'], ['name', 'taken']]));
  expect(faults.get(`${wrong.key}.value`)).toBe('not a prefix');
  expect(faults.get('name')).toBe('taken');
});

test('above the form a line is counted as it stands there', () => {
  const draft = { ...draftOf(undefined), networks: [emptyNetwork(), { ...emptyNetwork(), value: 'nonsense' }], contacts: [emptyContact(), { ...emptyContact(), email: 'x' }] };
  const told = new Map([['networks[0].value', 'a'], ['contacts[0].email', 'b'], ['website', 'c'], ['networks[7].value', 'd']]);
  expect([...faultsAsShown(draft, told).keys()]).toEqual(['networks[1].value', 'contacts[1].email', 'website', 'networks[7].value']);
});
