// The form's own view of a person. Pure.
import type { Language, Role, User, UserInput } from '@/contract/types';

export interface Draft {
  name: string;
  full_name: string;
  email: string;
  language: Language;
  side: Role['side'];
  /** Of either side; only those of the chosen one are sent. */
  roles: readonly string[];
  organisation: string | null;
}

const sideOf = (roles: readonly Role[], id: string | undefined) => roles.find((role) => role.id === id)?.side;

export const draftOf = (user: User | undefined, roles: readonly Role[]): Draft => ({
  name: user?.name ?? '',
  full_name: user?.full_name ?? '',
  email: user?.email ?? '',
  language: user?.language ?? 'mk',
  side: sideOf(roles, user?.roles[0]) ?? 'team',
  roles: user?.roles ?? [],
  organisation: user?.organisation ?? null,
});

/** Roles in the table's order, all of one side; an organisation only where the side asks for one. */
export const inputOf = (draft: Draft, roles: readonly Role[]): UserInput => ({
  name: draft.name.trim().toLowerCase(),
  full_name: draft.full_name.trim(),
  email: draft.email.trim() === '' ? null : draft.email.trim(),
  language: draft.language,
  roles: roles.filter(({ id, side }) => side === draft.side && draft.roles.includes(id)).map(({ id }) => id),
  organisation: draft.side === 'organisation' ? draft.organisation : null,
});

/** What one signs in with may consist of; the server has the last word. */
export const isName = (text: string): boolean => /^[a-z0-9._@-]{2,64}$/.test(text.trim().toLowerCase());

