// The filter of the triage as its address holds it, and as the contract asks for it. Pure.
import { whateverBecame } from '@/contract/paths';

export const filterNames = ['search', 'state', 'channel', 'group', 'incident', 'observable'] as const;
/** `open` is the report that stands beside the list. */
export const queryNames = [...filterNames, 'open'] as const;
export type Filter = Partial<Record<(typeof filterNames)[number], string>>;

/** Whether it is the queue: what waits, one line a group. */
export const isQueue = ({ state, group, incident }: Filter): boolean => state === undefined && group === undefined && incident === undefined;

/** Whose group or incident is asked for is told with whatever became of each; a state narrows that, too. */
export function toContract(filter: Filter): Readonly<Record<string, string | boolean | undefined>> {
  const { state, ...rest } = filter;
  if (isQueue(filter)) return { ...rest, state: 'waiting', newest_of_group: true };
  return { ...rest, state: state === whateverBecame ? undefined : state };
}

/** The one to go on with once this one is decided: the next in the list, or else the one before. */
export function nextOf<Row extends { id: string }>(rows: readonly Row[], id: string): string | undefined {
  const at = rows.findIndex((row) => row.id === id);
  return at < 0 ? undefined : (rows[at + 1] ?? rows[at - 1])?.id;
}
