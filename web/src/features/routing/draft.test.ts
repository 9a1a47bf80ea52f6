// The draft of the rules: what is stored goes through it unchanged, and each deed changes but what it says.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { RoutingInput } from '@/contract/types';
import { authoritiesOf, changed, copied, draftOf, faultKey, faultsByRule, hiddenBehind, hoursOf, inputOf, isOver, moved, nameIn, newRule, newRung, restored, without, type Rule } from './draft';

const shipped = JSON.parse(readFileSync(new URL('../../../../data/findings/routing.json', import.meta.url), 'utf8')) as RoutingInput;
const begin = () => draftOf(shipped);
const keysOf = (rules: readonly Rule[]) => rules.map(({ key }) => key);
const at = (rules: readonly Rule[], place: number): Rule => {
  const rule = rules[place];
  if (rule === undefined) throw new Error(`no rule ${place}`);
  return rule;
};

test('the shipped rules go through the form and are complete then', () => {
  const input = inputOf(begin());
  expect(input.rules).toHaveLength(shipped.rules.length);
  expect(input.rules[0]).toMatchObject({ ...shipped.rules[0], until: null, language: null, ladder: [{ after_days: 1, side: 'organisation', role: 'management' }, { after_days: 3 }, { after_days: 4, side: 'sector_authority', role: 'security' }, { after_days: 5, side: 'team', role: null }] });
  expect(inputOf(draftOf(input))).toEqual(input);
});

test('the hours of the team go with the rules, none where there are none', () => {
  const hours = { calendar: 'mk', working: { from: '08:00', until: '16:00' }, quiet: null } as const;
  expect(inputOf(begin(), true, hours)).toMatchObject({ sends: true, hours });
  expect(inputOf(begin()).hours).toBeNull();
  expect(hoursOf({ rules: [], sends: false })).toBeNull();
  expect(inputOf(begin()).rules[0]).toMatchObject({ channels: ['mail', 'webhook'], leaves: 'at_once', counts: 'days', critical_at_once: true });
});

test('authorities go with the rules; one that is not chosen yet is sent as none, which is refused', () => {
  const energy = { sector: 'energy', organisation: '0192e0c8-0000-7000-8000-000000000001' };
  const input = inputOf(begin(), false, null, [energy, { sector: 'banking', organisation: null }]);
  expect(input.authorities).toEqual([energy, { sector: 'banking', organisation: '' }]);
  expect(authoritiesOf({ rules: [], sends: false, authorities: [energy] })).toEqual([energy]);
  expect(authoritiesOf({ rules: [], sends: false })).toEqual([]);
});

test('names are sent without space around them, an empty number of days as one that is refused', () => {
  const rules = begin();
  const key = at(rules, 0).key;
  const [rung] = at(rules, 0).ladder;
  if (rung === undefined) throw new Error('no rung');
  const input = inputOf(changed(rules, key, { name: { mk: ' Итно ', sq: '', en: '' }, ladder: [{ ...rung, after_days: null }] }));
  expect(input.rules[0]?.name.mk).toBe('Итно');
  expect(input.rules[0]?.ladder[0]?.after_days).toBe(0);
  expect(input.rules[1]?.name).toEqual(shipped.rules[1]?.name);
});

test('a rule moves by one place, and not beyond the ends', () => {
  const rules = begin();
  const [first = 0, second = 0, third = 0] = keysOf(rules);
  expect(keysOf(moved(rules, first, 1))).toEqual([second, first, third]);
  expect(keysOf(moved(rules, third, -1))).toEqual([first, third, second]);
  expect(moved(rules, first, -1)).toBe(rules);
  expect(moved(rules, third, 1)).toBe(rules);
  expect(moved(rules, -1, 1)).toBe(rules);
});

test('a copy stands behind its rule, says that it is one, and has keys of its own', () => {
  const rules = begin();
  const next = copied(rules, at(rules, 0).key);
  const copy = at(next, 1);
  expect(copy.name.en).toBe(`${at(rules, 0).name.en} (2)`);
  expect(inputOf([{ ...copy, name: at(rules, 0).name }])).toEqual(inputOf([at(rules, 0)]));
  expect(new Set([...keysOf(next), ...next.flatMap(({ ladder }) => ladder.map(({ key }) => key))]).size).toBe(next.length + next.flatMap(({ ladder }) => ladder).length);
});

test('what was removed comes back to its place once, or to the end of what has become shorter', () => {
  const rules = begin();
  const rule = at(rules, 1);
  const less = without(rules, rule.key);
  expect(keysOf(restored(less, rule, 1))).toEqual(keysOf(rules));
  expect(restored(rules, rule, 1)).toBe(rules);
  expect(keysOf(restored([], rule, 1))).toEqual([rule.key]);
});

test('a new rule fits everything until conditions are told, and is named in the language of its maker', () => {
  const rule = newRule('suppresses', 'sq', 'Pa njoftim');
  expect(rule).toMatchObject({ tells: false, name: { mk: '', sq: 'Pa njoftim', en: '' }, until: null });
  expect(hiddenBehind([rule, ...begin()], 1)).toBe(0);
});

test('behind a rule that fits everything for ever no rule is reached, behind one with an end they are', () => {
  const rules = begin();
  expect(rules.map((_, place) => hiddenBehind(rules, place))).toEqual([undefined, undefined, undefined]);
  const all = at(rules, 2);
  expect(hiddenBehind([all, ...rules], 1)).toBe(0);
  expect(hiddenBehind([{ ...all, until: '2027-01-01T00:00:00Z' }, ...rules], 1)).toBeUndefined();
  expect(hiddenBehind([{ ...all, when: { ...all.when, types: ['spam'] } }, ...rules], 1)).toBeUndefined();
});

test('a rung comes a week behind the last, within the year', () => {
  expect(newRung([])).toMatchObject({ after_days: 7, side: 'organisation', role: 'management' });
  expect(newRung([{ key: 1, after_days: 364, side: 'parent', role: 'security' }])).toMatchObject({ after_days: 366, side: 'parent', role: 'security' });
});

test('a rule is over once its moment has come', () => {
  const rule = { ...newRule('tells', 'en', 'x'), until: '2026-11-26T22:59:59Z' };
  expect(isOver(rule, new Date('2026-11-26T22:00:00Z'))).toBe(false);
  expect(isOver(rule, new Date('2026-11-26T23:00:00Z'))).toBe(true);
});

test('a name is shown in the language of the reader, else in another', () => {
  expect(nameIn({ mk: 'Итно', sq: '', en: 'Urgent' }, 'en')).toBe('Urgent');
  expect(nameIn({ mk: 'Итно', sq: '', en: 'Urgent' }, 'sq')).toBe('Итно');
  expect(nameIn({}, 'mk')).toBe('');
});

test('what the server refused is told at the rule that it was sent of', () => {
  const rules = begin();
  const faults = faultsByRule(rules, new Map([['rules[1].when.types[0]', 'is no RSIT type'], ['rules[1].name', 'is empty in every language'], ['rules[9].name', 'is empty'], ['rules', 'are more than 200']]));
  expect([...faults.keys()]).toEqual([at(rules, 1).key]);
  const own = faults.get(at(rules, 1).key) ?? new Map<string, string>();
  expect(own.get('name')).toBe('is empty in every language');
  expect(faultKey(own, 'when.types')).toBe('when.types[0]');
  expect(faultKey(own, 'roles')).toBe('roles');
});
