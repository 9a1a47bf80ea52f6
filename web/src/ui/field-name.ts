// What the forms call a field of the contract: `contacts[0].email` is "Contact 1 – E-mail".
import type { i18n as I18n, TFunction } from 'i18next';

/** Whose label stands elsewhere than among the fields. */
const labels: Readonly<Record<string, string>> = {
  as_numbers: 'network.as',
  column: 'indicators.column',
  days: 'feeds.days_back',
  downloads: 'feeds.downloads',
  contacts: 'organisation.contacts',
  email: 'contact.email',
  expected: 'feeds.expected',
  expires_at: 'field.valid_until',
  folder: 'feeds.mail_folder',
  format: 'feeds.format',
  from: 'field.time',
  headers: 'feeds.headers',
  incident: 'incidents.other',
  into: 'incidents.merge_into',
  key: 'feeds.api_key',
  list: 'import.text',
  mailbox: 'feeds.mailbox',
  mapping: 'feeds.own_mapping',
  moved_to: 'feeds.mail_moved_to',
  networks: 'organisation.networks',
  password: 'feeds.mail_password',
  period: 'feeds.period',
  permissions: 'tokens.permissions',
  prefixes: 'network.prefix',
  present: 'account.password_present',
  readers: 'readers.choose',
  remark: 'proposals.remark',
  secret: 'feeds.api_secret',
  senders: 'feeds.mail_senders',
  shadowserver: 'feeds.shadowserver',
  title: 'feeds.title',
  to: 'field.time',
  url: 'feeds.url',
  user: 'feeds.mail_user',
  valid_days: 'indicators.valid_days',
  wanted: 'account.password_wanted',
};

/** One of several. */
const lines: Readonly<Record<string, string>> = {
  classes: 'field.class',
  contacts: 'field.contact',
  ladder: 'routing.rung',
  networks: 'field.network',
  organisations: 'field.organisation',
  problems: 'routing.problem',
  roles: 'field.role',
  sectors: 'field.sector',
  sources: 'field.source',
  tags: 'field.tag',
  types: 'field.type',
};

/** Parts of a path that a form does not show as such. */
const silent: readonly string[] = ['value', 'when'];

const groups = ['field', 'contact', 'team_field', 'routing_field', 'message_field', 'incident_field', 'report_field'] as const;

/** Where a form's labels stand; those of a form of its own come first. */
export type LabelGroup = (typeof groups)[number];

function labelOf(name: string, t: TFunction, i18n: I18n, own?: LabelGroup): string | undefined {
  const keyIn = (group: LabelGroup) => `${group}.${name}`;
  const ofOwn = own !== undefined && i18n.exists(keyIn(own)) ? keyIn(own) : undefined;
  const key = ofOwn ?? labels[name] ?? groups.map(keyIn).find((each) => i18n.exists(each));
  return key === undefined ? undefined : t(key);
}

/** One part of a path, with its place where there are several. */
function partName(part: string, t: TFunction, i18n: I18n, own?: LabelGroup): string | undefined {
  const [, name, place] = /^(\w+)(?:\[(\d+)\])?$/.exec(part) ?? [];
  if (name === undefined) return undefined;
  const line = place === undefined ? undefined : lines[name];
  const label = line === undefined ? labelOf(name, t, i18n, own) : t(line);
  return label === undefined || place === undefined ? label : `${label} ${Number(place) + 1}`;
}

/** The field's name in the reader's language, with its place where there are several; undefined where no form has it. */
export function fieldName(path: string, t: TFunction, i18n: I18n, own?: LabelGroup): string | undefined {
  const [first = '', ...rest] = path.split('.');
  const last = rest.at(-1) ?? '';
  const language = i18n.exists(`language.${last}`) ? t(`language.${last}`) : undefined;
  const inner = (language === undefined ? rest : rest.slice(0, -1)).filter((part) => !silent.includes(part));
  const names = [first, ...inner].map((part) => partName(part, t, i18n, own));
  if (names.some((name) => name === undefined)) return undefined;
  const whole = names.join(' – ');
  return language === undefined ? whole : `${whole} (${language})`;
}
