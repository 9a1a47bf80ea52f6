// A timeline by days. Pure.
import type { IncidentEntry } from '@/contract/types';

export interface Day {
  name: string;
  entries: readonly IncidentEntry[];
}

/** What stands in a row with the same day's name stands under it once; the order stays. */
export function daysOf(entries: readonly IncidentEntry[], nameOf: (moment: string) => string): readonly Day[] {
  const days: { name: string; entries: IncidentEntry[] }[] = [];
  for (const entry of entries) {
    const name = nameOf(entry.at);
    const last = days.at(-1);
    if (last?.name === name) last.entries.push(entry);
    else days.push({ name, entries: [entry] });
  }
  return days;
}

/** Whether it was written down so much later than it was that one has to be told; who writes at once needs some minutes, too. */
export const isLate = ({ at, written_at: written }: Pick<IncidentEntry, 'at' | 'written_at'>): boolean => Math.abs(Date.parse(written) - Date.parse(at)) > 5 * 60_000;
