// A message while it is written: whom it may go to, what is asked of the server, and what this browser keeps of it. Pure but for the store.
import type { Contact, Language, MessageDraft, MessagePreview, Organisation, Pap, Tlp } from '@/contract/types';

export interface Draft {
  roles: readonly string[];
  addresses: readonly string[];
  subject: string;
  text: string;
  language: Language;
  tlp: Tlp;
  pap: Pap;
}

/** Bytes, which the contract counts. */
export const longestSubject = 200;
export const longestText = 262_144;
export const fits = (text: string, most: number): boolean => new TextEncoder().encode(text).length <= most;
export const writable: readonly Language[] = ['mk', 'sq', 'en'];

const isWritable = (code: string | undefined): code is Language => writable.some((each) => each === code);

/** In the organisation's own language where one can be written in; under the labels that most is written under. */
export const newDraft = ({ languages }: Pick<Organisation, 'languages'>, own: string): Draft => ({
  roles: [],
  addresses: [],
  subject: '',
  text: '',
  language: languages.find(isWritable) ?? (isWritable(own) ? own : 'en'),
  tlp: 'amber',
  pap: 'amber',
});

/** Contacts with an address, by the roles that they have, in the order of the organisation. */
export function rolesOf(contacts: readonly Contact[]): readonly { role: string; names: readonly string[] }[] {
  const found = new Map<string, string[]>();
  for (const { role, name, email } of contacts) if (email !== null) found.set(role, [...(found.get(role) ?? []), name]);
  return [...found].map(([role, names]) => ({ role, names }));
}

/** Contacts that can be named, each address once. */
export const personsOf = (contacts: readonly Contact[]): readonly (Contact & { email: string })[] =>
  contacts.filter((contact, index): contact is Contact & { email: string } => contact.email !== null && contacts.findIndex(({ email }) => email === contact.email) === index);

export const isAddressed = ({ roles, addresses }: Pick<Draft, 'roles' | 'addresses'>): boolean => roles.length + addresses.length > 0;
export const isWritten = (draft: Draft): boolean => isAddressed(draft) && draft.subject.trim() !== '' && draft.text.trim() !== '' && fits(draft.text, longestText);

export const bodyOf = (organisation: string, { roles, addresses, ...letter }: Draft): MessageDraft => ({ organisation, roles: [...roles], addresses: [...addresses], ...letter });

export interface Foretold {
  encrypted: number;
  plain: number;
  held: number;
  refused: number;
}

/** How many get it and how. What would go out to an address that mail came back from is held at once. */
export function foretoldIn(items: MessagePreview['items']): Foretold {
  const count = (wanted: (item: MessagePreview['items'][number]) => boolean) => items.filter(wanted).length;
  const leaves = ({ verdict, address_disabled: disabled }: MessagePreview['items'][number]) => verdict === 'released' && !disabled;
  return {
    encrypted: count((item) => leaves(item) && item.form !== 'plain'),
    plain: count((item) => leaves(item) && item.form === 'plain'),
    held: count((item) => item.verdict === 'held' || (item.verdict === 'released' && item.address_disabled)),
    refused: count(({ verdict }) => verdict === 'refused'),
  };
}

const rank = { refused: 0, held: 1, released: 2 } as const;

/** What stands in the way first. */
export const inOrder = (items: MessagePreview['items']): MessagePreview['items'] => items.toSorted((one, other) => rank[one.verdict] - rank[other.verdict]);

const keyOf = (person: string, organisation: string) => `kula.message.${person}.${organisation}`;

/** Keeps it for this tab until it is sent; TLP:RED is not written down here. */
export function keep(person: string, organisation: string, draft: Draft): void {
  if (draft.tlp === 'red') forget(person, organisation);
  else sessionStorage.setItem(keyOf(person, organisation), JSON.stringify(draft));
}

export const forget = (person: string, organisation: string): void => sessionStorage.removeItem(keyOf(person, organisation));

/** What this person was writing to the organisation in this tab; what another version of the desk kept is passed over. */
export function kept(person: string, organisation: string): Draft | undefined {
  try {
    const draft = JSON.parse(sessionStorage.getItem(keyOf(person, organisation)) ?? 'null') as Draft | null;
    return draft !== null && Array.isArray(draft.roles) && Array.isArray(draft.addresses) && typeof draft.subject === 'string' && typeof draft.text === 'string' && isWritable(draft.language) ? draft : undefined;
  } catch {
    return undefined;
  }
}
