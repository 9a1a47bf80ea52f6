// The filter of the sightings page: between its address and the contract. Pure.
import type { SightingFilter } from '@/contract/paths';
import type { SightingQuery } from '@/contract/types';
import { isWindow, spanOf, type Span, type Window } from '@/ui/window';

export const filterNames = [
  'window', 'from', 'to', 'direction', 'organisation', 'sector', 'indicator', 'address', 'national_address', 'foreign_address', 'country',
  'port', 'protocol',
] as const satisfies readonly (keyof SightingFilter)[];

export const queryNames = [...filterNames, 'sort', 'open'] as const;

/** Those that a person adds and drops one by one. */
export const chipNames = ['organisation', 'indicator', 'address', 'national_address', 'foreign_address', 'country', 'port', 'protocol'] as const;
export type ChipName = (typeof chipNames)[number];

/** The filter in the address, as it stands there: what is wrong in it the server refuses, by its name. */
export const filterOf = (query: Partial<Record<keyof SightingFilter, string>>): SightingFilter => query as SightingFilter;

export const isTime = (text: string): boolean => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));

/** The window in the address, or none when it names a span of its own. */
export function windowOf(filter: SightingFilter): Window | null {
  if (isWindow(filter.window)) return filter.window;
  return filter.from !== undefined || filter.to !== undefined ? null : '24h';
}

export function spanOfFilter(filter: SightingFilter, now: Date): Partial<Span> {
  const window = windowOf(filter);
  if (window !== null) return spanOf(window, now);
  return { ...(filter.from === undefined ? {} : { from: filter.from }), ...(filter.to === undefined ? {} : { to: filter.to }) };
}

/** What is no number goes along as none, to be refused. */
const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN);

export function toContract(filter: SightingFilter, sort: string | undefined, now: Date): SightingQuery {
  const { window: _window, from: _from, to: _to, port, protocol, ...same } = filter;
  return { ...same, ...spanOfFilter(filter, now), port: numberOf(port), protocol: numberOf(protocol), sort: (sort ?? '-last') as NonNullable<SightingQuery['sort']> };
}
