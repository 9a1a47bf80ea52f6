// Deeds and subjects of the trail in words. A deed that the desk does not know yet is shown as the server names it.
import type { i18n as I18n, TFunction } from 'i18next';
import { paths } from '@/contract/paths';

export const subjectKinds = ['organisation', 'proposal', 'finding', 'report', 'incident', 'message', 'routing', 'delivery', 'national_space', 'team', 'source', 'user', 'token', 'name', 'passkey', 'indicator', 'sighting', 'feed', 'picture', 'journal', 'list'] as const;

export const kindOf = (subject: string): string => subject.split(':')[0] ?? '';

export function deedText(deed: string, t: TFunction, i18n: I18n): string {
  const key = `deed.${deed.replaceAll('.', '_')}`;
  return i18n.exists(key) ? t(key) : deed;
}

export function kindText(kind: string, t: TFunction, i18n: I18n): string {
  const key = `subject.${kind}`;
  return i18n.exists(key) ? t(key) : kind;
}

/** The page of what a deed was done to, where it has one. */
export function pageOf(subject: string): string | undefined {
  const [kind, id] = subject.split(':');
  if (kind === 'national_space') return paths.nationalSpace;
  if (kind === 'team') return paths.team;
  if (kind === 'routing') return paths.rules;
  if (id === undefined || id === '') return undefined;
  if (kind === 'organisation') return paths.organisation(id);
  if (kind === 'proposal') return paths.proposals();
  if (kind === 'finding') return paths.finding(id);
  if (kind === 'report' && id !== 'list') return paths.report(id);
  if (kind === 'incident' && id !== 'list') return paths.incident(id);
  if (kind === 'message' && id !== 'list') return paths.message(id);
  if (kind === 'user') return paths.person(id);
  if (kind === 'delivery') return paths.delivery(id);
  if (kind === 'indicator' && id !== 'list') return paths.indicator(id);
  if (kind === 'sighting' && id !== 'list') return paths.sighting(id);
  if (kind === 'feed') return paths.feed(id);
  return kind === 'token' ? paths.tokens : undefined;
}

const names = ['full_name', 'title', 'name', 'value'] as const;

/** What a record calls itself, from what the trail keeps of it. */
export function nameOf(entry: { subject: string; before?: unknown; after?: unknown }): string | undefined {
  for (const side of [entry.after, entry.before]) {
    if (typeof side !== 'object' || side === null) continue;
    const record = side as Readonly<Record<string, unknown>>;
    for (const field of names) if (typeof record[field] === 'string' && record[field] !== '') return record[field];
  }
  return undefined;
}

/** A field's path with the desk's word for its last part. */
export function fieldText(field: string, t: TFunction, i18n: I18n): string {
  return field
    .split('.')
    .map((part) => {
      const [, name = part, index] = /^(\w+)(?:\[(\d+)\])?$/.exec(part) ?? [];
      const known = [`trail_field.${name}`, `team_field.${name}`, `field.${name}`, `contact.${name}`, `routing_field.${name}`, `incident_field.${name}`, `report_field.${name}`].find((key) => i18n.exists(key));
      const word = known === undefined ? name : t(known);
      return index === undefined ? word : `${word} ${Number(index) + 1}`;
    })
    .join(' · ');
}
