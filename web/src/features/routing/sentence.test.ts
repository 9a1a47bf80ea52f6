// A rule reads as what it does: when, whom, how, how often, and who is next.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { RoutingInput } from '@/contract/types';
import { draftOf, newRule } from './draft';
import { clausesOf, ladderOf, type Clause, type Words } from './sentence';

const shipped = JSON.parse(readFileSync(new URL('../../../../data/findings/routing.json', import.meta.url), 'utf8')) as RoutingInput;
const words: Words = {
  t: (key, variables) => [key.replace(/^routing\./, ''), ...Object.values(variables ?? {})].join(' '),
  value: (list, id) => `${list}:${id}`,
  role: (id) => id.toUpperCase(),
  day: (moment) => moment.slice(0, 10),
};
const text = ({ label, parts }: Clause) => `${label}: ${parts.map((part) => (part.is === 'organisation' ? `@${part.id}` : part.text)).join(' ')}`;

test('of severe findings all that are as severe, each role instead of the one before', () => {
  const [, high] = draftOf(shipped);
  if (high === undefined) throw new Error('no rule');
  expect(clausesOf(high, 1, words).map(text)).toEqual([
    'when: is_severity severity.high or severity.critical',
    'then: tell SECURITY else TECHNICAL else ABUSE else DUTY else MANAGEMENT',
    'how: together_type attachment_csv_and_xarf language_own',
    'again: remind_every 3 3',
  ]);
  expect(ladderOf(high, words).map(({ after, whom }) => `${after} ${whom}`)).toEqual(['after_days 7 7 rung_organisation MANAGEMENT', 'after_days 14 14 rung_parent SECURITY', 'after_days 18 18 rung_sector_authority SECURITY', 'after_days 21 21 rung_team']);
});

test('conditions are joined by and, the values of one by or', () => {
  const rule = newRule('tells', 'en', 'x');
  const clauses = clausesOf({ ...rule, when: { ...rule.when, types: ['spam', 'phishing'], tags: ['vip'], organisations: ['7'] }, language: 'sq', remind_after_days: null, until: '2026-12-31T22:59:59Z' }, 0, words);
  expect(clauses.map(text)).toEqual([
    'when: is_types types:spam or types:phishing',
    'and: is_tags tags:vip',
    'and: is_organisations @7',
    'then: tell SECURITY else TECHNICAL else ABUSE',
    'how: together_organisation attachment_csv_and_xarf language_in language.sq',
    'again: remind_never',
    'holds: until_day 2026-12-31',
  ]);
});

test('a rule that goes one way only says which', () => {
  const rule = newRule('tells', 'en', 'x');
  const how = (channels: typeof rule.channels) => clausesOf({ ...rule, channels }, 0, words).map(text)[2];
  expect(how(['mail', 'webhook'])).toBe('how: together_organisation attachment_csv_and_xarf language_own');
  expect(how(['webhook'])).toBe('how: together_organisation attachment_csv_and_xarf only_webhook language_own');
});

test('what keeps an interval says so', () => {
  const rule = { ...newRule('tells', 'en', 'x'), at_most_every_days: 7 };
  expect(clausesOf(rule, 0, words).map(text)[3]).toBe('leaves: interval 7 7 but_critical');
  expect(clausesOf({ ...rule, counts: 'working_days', leaves: 'in_working_hours', critical_at_once: false }, 0, words).map(text)[3]).toBe('leaves: leaves_in_working_hours interval_working 7 7');
});

test('what waits says for what, and pauses what they are counted in', () => {
  const rule = newRule('tells', 'en', 'x');
  const waiting = { ...rule, leaves: 'in_working_hours' as const, counts: 'working_days' as const, ladder: [{ key: 1, after_days: 3, side: 'team' as const, role: '' }] };
  const spoken = (of: typeof waiting) => clausesOf(of, 0, words).map(text).slice(3);
  expect(spoken(waiting)).toEqual(['leaves: leaves_in_working_hours but_critical', 'again: remind_working 14 14']);
  expect(spoken({ ...waiting, critical_at_once: false })).toEqual(['leaves: leaves_in_working_hours', 'again: remind_working 14 14']);
  expect(ladderOf(waiting, words).map(({ after }) => after)).toEqual(['after_working_days 3 3']);
});

test('without conditions it speaks of all, or of what the rules above leave', () => {
  const rule = newRule('suppresses', 'en', 'x');
  expect(clausesOf(rule, 0, words).map(text)).toEqual(['when: is_any', 'then: nobody_told for_ever']);
  expect(clausesOf({ ...rule, until: '2026-12-31T22:59:59Z' }, 2, words).map(text)).toEqual(['when: is_rest', 'then: nobody_told until_day 2026-12-31']);
  expect(ladderOf({ ...rule, ladder: [{ key: 1, after_days: 3, side: 'team', role: '' }] }, words)).toEqual([]);
});
