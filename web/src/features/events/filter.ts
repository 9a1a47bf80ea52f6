// The filter of the events page: between its address and the contract. Pure.
import type { EventFilter } from '@/contract/paths';
import type { EventQuery } from '@/contract/types';
import { spanOf } from '@/ui/window';

/** `all` is everything that is kept. */
export const eventWindows = ['24h', '7d', '30d', 'all'] as const;
export type EventWindow = (typeof eventWindows)[number];

export const usualWindow: EventWindow = '7d';

/** Those that a person adds and drops one by one. */
export const chipNames = ['organisation', 'class', 'type', 'severity', 'address', 'asn', 'country', 'domain', 'port', 'malware', 'identifier', 'tag', 'feed', 'delivery'] as const satisfies readonly (keyof EventFilter)[];
export type ChipName = (typeof chipNames)[number];

export const filterNames = ['window', 'from', 'to', 'search', ...chipNames] as const satisfies readonly (keyof EventFilter)[];
export const queryNames = [...filterNames, 'sort', 'open'] as const;

/** The window in the address, or none when it names a span of its own. */
export function windowOf(filter: EventFilter): EventWindow | null {
  const known = eventWindows.find((window) => window === filter.window);
  if (known !== undefined) return known;
  return filter.from !== undefined || filter.to !== undefined ? null : usualWindow;
}

function spanOfFilter(filter: EventFilter, now: Date): Pick<EventFilter, 'from' | 'to'> {
  const window = windowOf(filter);
  if (window === 'all') return {};
  if (window !== null) return spanOf(window, now);
  return { ...(filter.from === undefined ? {} : { from: filter.from }), ...(filter.to === undefined ? {} : { to: filter.to }) };
}

/** What is no number goes along as none, to be refused. */
const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN);

/** What the list and its summary have in common. */
export function toContract(filter: EventFilter, now: Date): Omit<EventQuery, 'sort' | 'cursor' | 'limit' | 'fields'> {
  const { window: _window, from: _from, to: _to, port, asn, ...same } = filter;
  return { ...same, ...spanOfFilter(filter, now), port: numberOf(port), asn: numberOf(asn) };
}
