// The rules while they are being changed: every field there, rules and rungs with keys that outlive a move. Pure.
import { tongues, type Language, type Routing, type RoutingInput, type RoutingRule, type RoutingRung, type TeamHours } from '@/contract/types';

export type Severity = NonNullable<RoutingRule['when']['severity_at_least']>;
export type Side = RoutingRung['side'];

export const severities: readonly Severity[] = ['low', 'medium', 'high', 'critical'];
export const sides: readonly Side[] = ['organisation', 'parent', 'sector_authority', 'team'];
export const attachments: readonly RoutingRule['attachment'][] = ['csv_and_xarf', 'csv', 'none'];
export const togethers: readonly RoutingRule['together'][] = ['organisation', 'type', 'finding'];
export type Counts = NonNullable<RoutingRule['counts']>;
export type Leaves = NonNullable<RoutingRule['leaves']>;
export type Channel = NonNullable<RoutingRule['channels']>[number];
export const channels: readonly Channel[] = ['mail', 'webhook'];
export const countings: readonly Counts[] = ['days', 'working_days'];
export const leavings: readonly Leaves[] = ['at_once', 'outside_quiet_hours', 'in_working_hours'];
/** The countries whose calendars there are. */
export const calendars: readonly TeamHours['calendar'][] = ['mk', 'al', 'xk', 'rs', 'me', 'ba'];
/** The conditions that are lists, in the order to show them. */
export const conditionLists = ['classes', 'types', 'problems', 'tags', 'sources', 'sectors', 'organisations'] as const;
export type ConditionList = (typeof conditionLists)[number];

export interface Rung {
  key: number;
  /** Null while nothing is typed. */
  after_days: number | null;
  side: Side;
  role: string;
}

export type Conditions = Readonly<Record<ConditionList, readonly string[]>> & { severity_at_least: Severity | null };

export interface Rule {
  key: number;
  name: Readonly<Record<Language, string>>;
  when: Conditions;
  until: string | null;
  tells: boolean;
  roles: readonly string[];
  language: Language | null;
  channels: readonly Channel[];
  attachment: RoutingRule['attachment'];
  together: RoutingRule['together'];
  remind_after_days: number | null;
  at_most_every_days: number | null;
  ladder: readonly Rung[];
  counts: Counts;
  leaves: Leaves;
  critical_at_once: boolean;
}

/** The team's hours; null where nothing waits. */
export type Hours = TeamHours | null;

/** Who answers for a sector; no organisation until it is chosen. */
export interface Authority {
  sector: string;
  organisation: string | null;
}

export const mostRules = 200;
export const mostRungs = 10;
export const mostValues = 200;
export const longestPause = 366;

let lastKey = 0;
const freshKey = () => ++lastKey;

const ruleOf = ({ name, when, until, language, remind_after_days, at_most_every_days, ladder, channels: ways, counts, leaves, critical_at_once, ...rest }: RoutingRule): Rule => ({
  ...rest,
  key: freshKey(),
  name: { mk: name.mk ?? '', sq: name.sq ?? '', en: name.en ?? '' },
  when: {
    classes: when.classes ?? [],
    types: when.types ?? [],
    problems: when.problems ?? [],
    tags: when.tags ?? [],
    sources: when.sources ?? [],
    sectors: when.sectors ?? [],
    organisations: when.organisations ?? [],
    severity_at_least: when.severity_at_least ?? null,
  },
  until: until ?? null,
  language: language ?? null,
  remind_after_days: remind_after_days ?? null,
  at_most_every_days: at_most_every_days ?? null,
  ladder: ladder.map((rung) => ({ key: freshKey(), after_days: rung.after_days, side: rung.side, role: rung.role ?? '' })),
  channels: ways ?? channels,
  counts: counts ?? 'days',
  leaves: leaves ?? 'at_once',
  critical_at_once: critical_at_once ?? true,
});

export const draftOf = ({ rules }: RoutingInput): readonly Rule[] => rules.map(ruleOf);

export const hoursOf = ({ hours }: RoutingInput): Hours => hours ?? null;

export const authoritiesOf = ({ authorities = [] }: RoutingInput): readonly Authority[] => authorities;

/** What is sent: without keys, names without space around them; whether messages leave by themselves, by which hours, and who answers for sectors. */
export const inputOf = (rules: readonly Rule[], sends = false, hours: Hours = null, authorities: readonly Authority[] = []): RoutingInput => ({
  sends,
  hours,
  authorities: authorities.map(({ sector, organisation }) => ({ sector, organisation: organisation ?? '' })),
  rules: rules.map(({ key, name, when, roles, channels: ways, ladder, ...rest }) => ({
    ...rest,
    name: { mk: name.mk.trim(), sq: name.sq.trim(), en: name.en.trim() },
    when: { ...Object.fromEntries(conditionLists.map((list) => [list, [...when[list]]])), severity_at_least: when.severity_at_least },
    roles: [...roles],
    channels: [...ways],
    ladder: ladder.map(({ after_days, side, role }) => ({ after_days: after_days ?? 0, side, role: side === 'team' ? null : role })),
  })),
});

/** The stored rules as they would be sent. */
export const inputOfStored = (stored: Routing): RoutingInput => inputOf(draftOf(stored), stored.sends, hoursOf(stored), authoritiesOf(stored));

const everything: Conditions = { classes: [], types: [], problems: [], tags: [], sources: [], sectors: [], organisations: [], severity_at_least: null };

/** A rule to begin with, named in one language. */
export const newRule = (kind: 'tells' | 'suppresses', language: Language, name: string): Rule => ({
  key: freshKey(),
  name: { mk: '', sq: '', en: '', [language]: name },
  when: everything,
  until: null,
  tells: kind === 'tells',
  roles: ['security', 'technical', 'abuse'],
  language: null,
  channels,
  attachment: 'csv_and_xarf',
  together: 'organisation',
  remind_after_days: 14,
  at_most_every_days: null,
  ladder: [],
  counts: 'days',
  leaves: 'at_once',
  critical_at_once: true,
});

/** The next rung: of the same side, a week later than the last. */
export const newRung = (ladder: readonly Rung[]): Rung => {
  const { after_days: last = 0, side = 'organisation', role = 'management' } = ladder.at(-1) ?? {};
  return { key: freshKey(), after_days: Math.min((last ?? 0) + 7, longestPause), side, role };
};

export const changed = (rules: readonly Rule[], key: number, change: Partial<Rule>): readonly Rule[] => rules.map((rule) => (rule.key === key ? { ...rule, ...change } : rule));

/** The rule so many places on; where it is where there is no such place. */
export function moved(rules: readonly Rule[], key: number, by: -1 | 1): readonly Rule[] {
  const from = rules.findIndex((rule) => rule.key === key);
  return from < 0 || rules[from + by] === undefined ? rules : rules.toSpliced(from, 1).toSpliced(from + by, 0, ...rules.slice(from, from + 1));
}

/** A second one right behind it, whose names say so in any language. */
export function copied(rules: readonly Rule[], key: number): readonly Rule[] {
  const at = rules.findIndex((rule) => rule.key === key);
  const rule = rules[at];
  if (rule === undefined) return rules;
  const name: Record<Language, string> = { ...rule.name };
  for (const language of tongues) if (name[language] !== '') name[language] += ' (2)';
  return rules.toSpliced(at + 1, 0, { ...rule, key: freshKey(), name, ladder: rule.ladder.map((rung) => ({ ...rung, key: freshKey() })) });
}

export const without = (rules: readonly Rule[], key: number): readonly Rule[] => rules.filter((rule) => rule.key !== key);

/** One that was removed, where it stood, or at the end of a list that has become shorter. */
export const restored = (rules: readonly Rule[], rule: Rule, at: number): readonly Rule[] => (rules.some(({ key }) => key === rule.key) ? rules : rules.toSpliced(at, 0, rule));

export const isOver = (rule: Rule, now: Date): boolean => rule.until !== null && new Date(rule.until) <= now;

const fitsAll = ({ when }: Rule): boolean => when.severity_at_least === null && conditionLists.every((list) => when[list].length === 0);

/** The place of a rule before it that fits everything for ever, so that no finding gets as far. */
export function hiddenBehind(rules: readonly Rule[], place: number): number | undefined {
  const at = rules.findIndex((rule) => rule.until === null && fitsAll(rule));
  return at >= 0 && at < place ? at : undefined;
}

/** The one way by which it tells; undefined where it goes by all. */
export const onlyChannel = ({ channels: ways }: Pick<Rule, 'channels'>): Channel | undefined => (ways.length === 1 ? ways[0] : undefined);

/** The rule's name in a language, else in one in which it has any. */
export function nameIn(name: Readonly<Partial<Record<Language, string>>>, language: string): string {
  const order = [...tongues].sort((one, other) => Number(other === language) - Number(one === language));
  return order.map((tongue) => name[tongue] ?? '').find((text) => text !== '') ?? '';
}

/** What the server refused, by the rule that it was sent of: its own fields, without the rule's place before them. */
export function faultsByRule(sent: readonly Rule[], fields: ReadonlyMap<string, string>): ReadonlyMap<number, ReadonlyMap<string, string>> {
  const found = new Map<number, Map<string, string>>();
  for (const [field, message] of fields) {
    const [, place, rest] = /^rules\[(\d+)\]\.(.+)$/.exec(field) ?? [];
    const rule = place === undefined ? undefined : sent[Number(place)];
    if (rule === undefined || rest === undefined) continue;
    found.set(rule.key, (found.get(rule.key) ?? new Map<string, string>()).set(rest, message));
  }
  return found;
}

/** Of a rule's faults the key of a field, or of the first entry of its list. */
export const faultKey = (faults: ReadonlyMap<string, string>, field: string): string => [...faults.keys()].find((each) => each === field || each.startsWith(`${field}[`) || each.startsWith(`${field}.`)) ?? field;
