// The fields of the team's record, in the order of the form, and what is still to be told. Pure.
import type { Language, Team, TeamInput } from '@/contract/types';
import { tongues } from '@/contract/types';

type FieldOf<Value> = { [Name in keyof TeamInput]: TeamInput[Name] extends Value ? (Value extends TeamInput[Name] ? Name : never) : never }[keyof TeamInput];
export type LineField = FieldOf<string>;
export type ListField = FieldOf<string[]>;
export type TextField = FieldOf<Record<Language, string>>;
export type Field = LineField | ListField | TextField;

export interface Group {
  key: 'who' | 'reach' | 'key' | 'policies' | 'services' | 'document';
  fields: readonly Field[];
}

export const groups: readonly Group[] = [
  { key: 'who', fields: ['name', 'short_name', 'mission', 'constituency', 'authority', 'sponsor', 'country'] },
  { key: 'reach', fields: ['email', 'phone', 'emergency_phone', 'hours', 'languages', 'time_zone', 'address', 'website', 'fax', 'other_channels', 'reporting'] },
  { key: 'key', fields: ['pgp_user_id', 'pgp_fingerprint', 'pgp_key'] },
  { key: 'policies', fields: ['incident_types', 'disclosure', 'communication', 'disclosure_policy'] },
  { key: 'services', fields: ['response', 'triage', 'coordination', 'resolution', 'proactive'] },
  { key: 'document', fields: ['portal', 'members', 'other_information', 'disclaimer', 'distribution', 'locations'] },
];

const lists: readonly string[] = ['languages', 'locations'] satisfies ListField[];
export const isList = (field: Field): field is ListField => lists.includes(field);
export const isText = (field: Field, team: TeamInput): field is TextField => typeof team[field] === 'object' && !isList(field);

/** An entry a line, or between commas. */
export const entriesOf = (text: string): string[] => text.split(/[\n,]/).map((entry) => entry.trim()).filter((entry) => entry !== '');

/** What is sent: the record without what the server adds. */
export function inputOf(team: Team): TeamInput {
  const input: TeamInput & Partial<Team> = { ...team };
  delete input.missing;
  delete input.version;
  delete input.changed_at;
  return input;
}

export interface Gap {
  field: Field;
  /** Absent where nothing was told in any language, or where language does not matter. */
  language?: Language;
}

/** `mission.sq` as field and language. */
export function gapsOf(missing: readonly string[]): Gap[] {
  return missing.map((path) => {
    const [field, tongue] = path.split('.') as [Field, string | undefined];
    const language = tongues.find((one) => one === tongue);
    return language === undefined ? { field } : { field, language };
  });
}
