// The filter of the list of incidents as its address holds it, and as the contract asks for it. Pure.
import { stillOpen } from '@/contract/paths';

export const filterNames = ['search', 'state', 'severity', 'class', 'type', 'lead', 'sector', 'tag', 'observable', 'merged'] as const;
/** `open` is the incident that stands beside the list. */
export const queryNames = [...filterNames, 'sort', 'open'] as const;
export type Filter = Partial<Record<(typeof filterNames)[number], string>>;

/** Whoever reads. */
export const me = 'me';
/** Nobody leads it. */
export const nobody = 'none';

/** `reader` is the id of whoever reads. */
export function toContract({ state, lead, ...rest }: Filter, reader: string | undefined): Readonly<Record<string, string | boolean | undefined>> {
  return { ...rest, state: state === stillOpen ? undefined : state, open: state === stillOpen ? true : undefined, lead: lead === me ? reader : lead };
}

/** Of those that the filter holds, what the first sentence counts apart; undefined where the filter has settled it. */
export function countedApart(filter: Filter, reader: string | undefined) {
  const open = toContract({ ...filter, state: stillOpen }, reader);
  return {
    critical: filter.severity === undefined ? { ...open, severity: 'critical' } : undefined,
    unled: filter.lead === undefined ? { ...open, lead: nobody } : undefined,
  };
}
