// What the forms call a field of the contract: `contacts[0].email` is "Contact 1 – E-mail".
import type { i18n as I18n, TFunction } from 'i18next';

/** Whose label stands elsewhere than among the fields. */
const labels: Readonly<Record<string, string>> = {
  as_numbers: 'network.as',
  column: 'indicators.column',
  contacts: 'organisation.contacts',
  email: 'contact.email',
  expected: 'feeds.expected',
  expires_at: 'field.valid_until',
  format: 'feeds.format',
  from: 'field.time',
  headers: 'feeds.headers',
  list: 'import.text',
  mapping: 'feeds.own_mapping',
  networks: 'organisation.networks',
  period: 'feeds.period',
  permissions: 'tokens.permissions',
  prefixes: 'network.prefix',
  present: 'account.password_present',
  readers: 'readers.choose',
  remark: 'proposals.remark',
  title: 'feeds.title',
  to: 'field.time',
  url: 'feeds.url',
  valid_days: 'indicators.valid_days',
  wanted: 'account.password_wanted',
};

/** One of several. */
const lines: Readonly<Record<string, string>> = { contacts: 'field.contact', networks: 'field.network', roles: 'field.role' };

const groups = ['field', 'contact', 'team_field'] as const;

/** Where a form's labels stand; those of a form of its own come first. */
export type LabelGroup = (typeof groups)[number];

function labelOf(name: string, t: TFunction, i18n: I18n, own?: LabelGroup): string | undefined {
  const keyIn = (group: LabelGroup) => `${group}.${name}`;
  const ofOwn = own !== undefined && i18n.exists(keyIn(own)) ? keyIn(own) : undefined;
  const key = ofOwn ?? labels[name] ?? groups.map(keyIn).find((each) => i18n.exists(each));
  return key === undefined ? undefined : t(key);
}

/** The field's name in the reader's language, with its place where there are several; undefined where no form has it. */
export function fieldName(path: string, t: TFunction, i18n: I18n, own?: LabelGroup): string | undefined {
  const [, name, place, part] = /^(\w+)(?:\[(\d+)\])?(?:\.(\w+))?$/.exec(path) ?? [];
  if (name === undefined) return undefined;
  const line = place === undefined ? undefined : lines[name];
  const label = line === undefined ? labelOf(name, t, i18n, own) : t(line);
  if (label === undefined) return undefined;
  const whole = place === undefined ? label : `${label} ${Number(place) + 1}`;
  if (part === undefined || part === 'value') return whole;
  if (i18n.exists(`language.${part}`)) return `${whole} (${t(`language.${part}`)})`;
  const inner = labelOf(part, t, i18n);
  return inner === undefined ? undefined : `${whole} – ${inner}`;
}
