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
  if (/^country:/i.test(text)) return 'country';
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

type Line = NetworkLine | ContactLine;

interface Place {
  line: Line;
  list: 'networks' | 'contacts';
  /** The field of the line, `.email`; none where the line itself is meant. */
  part: string | undefined;
}

/** Which line the server means: it counts those that were sent, without the empty ones. */
function placeOf(draft: Draft, field: string): Place | undefined {
  const [, list, at, part] = /^(networks|contacts)\[(\d+)\](?:\.(\w+))?$/.exec(field) ?? [];
  if (list !== 'networks' && list !== 'contacts') return undefined;
  const line = (list === 'networks' ? filledNetworks(draft) : filledContacts(draft))[Number(at)];
  return line === undefined ? undefined : { line, list, part };
}

/** What the server refused, by the line of the form that shows it. */
export const faultsByLine = (draft: Draft, fields: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map(
    [...fields].map(([field, message]) => {
      const place = placeOf(draft, field);
      return [place === undefined ? field : `${place.line.key}.${place.part ?? 'value'}`, message];
    }),
  );

/** What the server refused, by fields as it names them, but counted as the form shows its lines. */
export const faultsAsShown = (draft: Draft, fields: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map(
    [...fields].map(([field, message]) => {
      const place = placeOf(draft, field);
      if (place === undefined) return [field, message];
      const shown = draft[place.list].findIndex(({ key }) => key === place.line.key);
      return [`${place.list}[${shown}]${place.part === undefined ? '' : `.${place.part}`}`, message];
    }),
  );
