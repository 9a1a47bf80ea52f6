// Where an observable may be known, and how each place is asked. Pure.
import type { EventFilter, SightingFilter } from '@/contract/paths';
import { observableKinds, type Observable } from '@/contract/types';

export type Sought = Pick<Observable, 'kind' | 'value'>;

/** What the page's address asks for; nothing where it names no kind or no value. */
export function soughtIn(query: string): Sought | undefined {
  const parameters = new URLSearchParams(query);
  const kind = observableKinds.find((known) => known === parameters.get('kind'));
  const value = parameters.get('value')?.trim() ?? '';
  return kind === undefined || value === '' ? undefined : { kind, value };
}

export function eventsWith({ kind, value }: Sought): EventFilter {
  if (kind === 'address' || kind === 'prefix') return { window: 'all', address: value };
  if (kind === 'domain') return { window: 'all', domain: value };
  if (kind === 'as') return { window: 'all', asn: value.replace(/^AS/i, '') };
  return { window: 'all', search: value };
}

/** Either end of an address; of all else what lists of indicators hold. */
export const sightingsOf = ({ kind, value }: Sought): SightingFilter => ({ window: '30d', ...(kind === 'address' || kind === 'prefix' ? { address: value } : { indicator: value }) });

/** Of what lists of indicators hold. */
const listed: readonly Observable['kind'][] = ['address', 'prefix', 'as', 'domain', 'url', 'md5', 'sha1', 'sha256'];

export const isListed = ({ kind }: Sought): boolean => listed.includes(kind);
