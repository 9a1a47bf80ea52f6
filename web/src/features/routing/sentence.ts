// A rule as it reads: when it fits, what happens then, and what when nobody answers. Pure: the words are handed in.
import { conditionLists, onlyChannel, severities, type ConditionList, type Rule } from './draft';

export interface Words {
  t: (key: string, variables?: Record<string, string | number>) => string;
  /** Of a value of a condition's list; organisations are shown by their id. */
  value: (list: Exclude<ConditionList, 'organisations'>, id: string) => string;
  role: (id: string) => string;
  day: (moment: string) => string;
}

export type Part = { is: 'word' | 'value'; text: string } | { is: 'organisation'; id: string };

export interface Clause {
  key: string;
  /** What it is about: when, then, how, again. */
  label: string;
  parts: readonly Part[];
}

const word = (text: string): Part => ({ is: 'word', text });
const value = (text: string): Part => ({ is: 'value', text });

/** Alternatives with a word between them. */
const between = (parts: readonly Part[], text: string): Part[] => parts.flatMap((part, index) => (index === 0 ? [part] : [word(text), part]));

function fitting({ when }: Rule, place: number, { t, value: named }: Words): Clause[] {
  const clauses: Clause[] = [];
  const add = (key: string, parts: readonly Part[]) => clauses.push({ key, label: t(clauses.length === 0 ? 'routing.when' : 'routing.and'), parts });
  const { severity_at_least: least } = when;
  if (least !== null) {
    const at = severities.slice(severities.indexOf(least)).map((each) => value(t(`severity.${each}`)));
    add('severity', [word(t('routing.is_severity')), ...between(at, t('routing.or'))]);
  }
  for (const list of conditionLists) {
    if (when[list].length === 0) continue;
    const values = when[list].map((id): Part => (list === 'organisations' ? { is: 'organisation', id } : value(named(list, id))));
    add(list, [word(t(`routing.is_${list}`)), ...between(values, t('routing.or'))]);
  }
  if (clauses.length === 0) add('all', [word(t(place === 0 ? 'routing.is_any' : 'routing.is_rest'))]);
  return clauses;
}

/** When its messages leave, where that is not at once. */
function leaving({ leaves, at_most_every_days: days, counts, critical_at_once: breaksThrough }: Rule, t: Words['t']): Clause[] {
  const waits = [
    ...(leaves === 'at_once' ? [] : [value(t(`routing.leaves_${leaves}`))]),
    ...(days === null ? [] : [value(t(counts === 'days' ? 'routing.interval' : 'routing.interval_working', { count: days, n: days }))]),
  ];
  return waits.length === 0 ? [] : [{ key: 'leaves', label: t('routing.leaves'), parts: [...waits, ...(breaksThrough ? [word(t('routing.but_critical'))] : [])] }];
}

function telling(rule: Rule, { t, role }: Words): Clause[] {
  const only = onlyChannel(rule);
  const clauses: Clause[] = [
    { key: 'whom', label: t('routing.then'), parts: [word(t('routing.tell')), ...between(rule.roles.map((id) => value(role(id))), t('routing.else'))] },
    {
      key: 'how',
      label: t('routing.how'),
      parts: [
        value(t(`routing.together_${rule.together}`)),
        value(t(`routing.attachment_${rule.attachment}`)),
        ...(only === undefined ? [] : [value(t(`routing.only_${only}`))]),
        value(rule.language === null ? t('routing.language_own') : t('routing.language_in', { language: t(`language.${rule.language}`) })),
      ],
    },
    ...leaving(rule, t),
    { key: 'again', label: t('routing.again'), parts: [rule.remind_after_days === null ? word(t('routing.remind_never')) : value(t(rule.counts === 'days' ? 'routing.remind_every' : 'routing.remind_working', { count: rule.remind_after_days, n: rule.remind_after_days }))] },
  ];
  return clauses;
}

const suppressing = ({ until }: Rule, { t, day }: Words): Clause => ({
  key: 'nobody',
  label: t('routing.then'),
  parts: [value(t('routing.nobody_told')), word(until === null ? t('routing.for_ever') : t('routing.until_day', { day: day(until) }))],
});

/** All of a rule but its ladder; `place` from 0 on. */
export function clausesOf(rule: Rule, place: number, words: Words): readonly Clause[] {
  const limited: Clause[] = rule.until === null ? [] : [{ key: 'until', label: words.t('routing.holds'), parts: [word(words.t('routing.until_day', { day: words.day(rule.until) }))] }];
  return [...fitting(rule, place, words), ...(rule.tells ? [...telling(rule, words), ...limited] : [suppressing(rule, words)])];
}

export interface Step {
  key: number;
  after: string;
  whom: string;
}

/** Who is told when nobody takes it on, in order of time; nobody where the rule tells nobody. */
export const ladderOf = ({ tells, ladder, counts }: Rule, { t, role }: Words): readonly Step[] =>
  (tells ? ladder : []).map(({ key, after_days: days, side, role: asked }) => ({
    key,
    after: t(counts === 'days' ? 'routing.after_days' : 'routing.after_working_days', { count: days ?? 0, n: days ?? 0 }),
    whom: side === 'team' ? t('routing.rung_team') : t(`routing.rung_${side}`, { role: role(asked) }),
  }));
