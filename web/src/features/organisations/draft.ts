// The form's own view of an organisation: every field a text, lines with keys. Pure.
import type { EntityClass, Network, Organisation, OrganisationInput, OrganisationSize, Pap, Tlp } from '@/contract/types';

export interface NetworkLine {
  key: number;
  kind: Network['kind'];
  value: string;
}

export interface ContactLine {
  key: number;
  name: string;
  role: string;
  email: string;
  phone: string;
  languages: readonly string[];
  round_the_clock: boolean;
  pgp_key: string;
  smime_certificate: string;
}

export interface Draft {
  name: string;
  short_name: string;
  sector: string | undefined;
  subsector: string | undefined;
  size: OrganisationSize | undefined;
  entity_class: EntityClass | undefined;
  entity_class_reason: string;
  languages: readonly string[];
  website: string;
  notes: string;
  tlp: Tlp;
  pap: Pap;
  networks: readonly NetworkLine[];
  contacts: readonly ContactLine[];
}

let lastKey = 0;
const freshKey = () => ++lastKey;

export const emptyNetwork = (): NetworkLine => ({ key: freshKey(), kind: 'prefix', value: '' });
export const emptyContact = (): ContactLine => ({ key: freshKey(), name: '', role: 'security', email: '', phone: '', languages: [], round_the_clock: false, pgp_key: '', smime_certificate: '' });

export function draftOf(organisation: Organisation | undefined): Draft {
  return {
    name: organisation?.name ?? '',
    short_name: organisation?.short_name ?? '',
    sector: organisation?.sector ?? undefined,
    subsector: organisation?.subsector ?? undefined,
    size: organisation?.size ?? undefined,
    entity_class: organisation?.entity_class ?? undefined,
    entity_class_reason: organisation?.entity_class_reason ?? '',
    languages: organisation?.languages ?? [],
    website: organisation?.website ?? '',
    notes: organisation?.notes ?? '',
    tlp: organisation?.tlp ?? 'amber',
    pap: organisation?.pap ?? 'amber',
    networks: organisation?.networks.map((network) => ({ key: freshKey(), ...network })) ?? [emptyNetwork()],
    contacts:
      organisation?.contacts.map(({ name, role, email, phone, languages, round_the_clock, pgp_key, smime_certificate }) => ({
        key: freshKey(),
        name,
        role,
        email: email ?? '',
        phone: phone ?? '',
        languages,
        round_the_clock,
        pgp_key: pgp_key ?? '',
        smime_certificate: smime_certificate ?? '',
      })) ?? [emptyContact()],
  };
}

/** What a pasted or typed network most likely is. */
export function kindOf(value: string): Network['kind'] {
  const text = value.trim();
  if (/^(as)?\d+$/i.test(text)) return 'as';
  return /^[\d.]+(\/\d+)?$/.test(text) || (text.includes(':') && /^[0-9a-f:./]+$/i.test(text)) ? 'prefix' : 'domain';
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Empty lines are no lines. */
export function inputOf(draft: Draft): OrganisationInput {
  return {
    name: draft.name.trim(),
    short_name: orNull(draft.short_name),
    sector: draft.sector ?? null,
    subsector: draft.subsector ?? null,
    size: draft.size ?? null,
    entity_class: draft.entity_class ?? null,
    entity_class_reason: draft.entity_class === undefined ? null : orNull(draft.entity_class_reason),
    languages: [...draft.languages],
    website: orNull(draft.website),
    notes: orNull(draft.notes),
    tlp: draft.tlp,
    pap: draft.pap,
    networks: filledNetworks(draft).map(({ kind, value }) => ({ kind, value: value.trim() })),
    contacts: filledContacts(draft).map(({ name, role, email, phone, languages, round_the_clock, pgp_key, smime_certificate }) => ({
      name: name.trim() === '' ? email.trim() || phone.trim() : name.trim(),
      role,
      email: orNull(email),
      phone: orNull(phone),
      languages: [...languages],
      round_the_clock,
      pgp_key: orNull(pgp_key),
      smime_certificate: orNull(smime_certificate),
    })),
  };
}

const filledNetworks = (draft: Draft) => draft.networks.filter((line) => line.value.trim() !== '');
const filledContacts = (draft: Draft) => draft.contacts.filter((line) => `${line.name}${line.email}${line.phone}`.trim() !== '');

/** The server names fields by their place among the lines sent; the form shows them at the line they came from. */
export function faultsByLine(draft: Draft, fields: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [field, message] of fields) {
    const match = /^(networks|contacts)\[(\d+)\](?:\.(\w+))?$/.exec(field);
    if (match === null) {
      found.set(field, message);
      continue;
    }
    const lines = match[1] === 'networks' ? filledNetworks(draft) : filledContacts(draft);
    const line = lines[Number(match[2])];
    found.set(line === undefined ? field : `${line.key}.${match[3] ?? 'value'}`, message);
  }
  return found;
}
