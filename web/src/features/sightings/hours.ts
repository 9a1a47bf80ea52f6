import type { SightingHour } from '@/contract/types';

const hour = 3_600_000;
const atMost = 168;

export interface HourSlot {
  hour: string;
  flows: number;
  id: string | null;
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString().replace('.000Z', 'Z');

/** Every hour from the first to the last seen, those without traffic as zero; a day at least, a week around `present` at most. */
export function everyHour(hours: readonly SightingHour[], present: string): HourSlot[] {
  const times = hours.map((each) => new Date(each.hour).getTime());
  const here = new Date(present).getTime();
  let last = Math.max(here, ...times);
  let first = Math.min(here, ...times);
  if ((last - first) / hour > atMost - 1) {
    last = Math.min(last, here + (atMost / 2) * hour);
    first = Math.max(first, last - (atMost - 1) * hour);
  }
  first = Math.min(first, last - 23 * hour);
  const known = new Map(hours.map((each) => [new Date(each.hour).getTime(), each]));
  const slots: HourSlot[] = [];
  for (let time = first; time <= last; time += hour) {
    const seen = known.get(time);
    slots.push({ hour: iso(time), flows: seen?.flows ?? 0, id: seen?.id ?? null });
  }
  return slots;
}
