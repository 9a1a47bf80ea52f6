// The last day on which a rule holds, as a day of the reader's zone. Pure.

const partsOf = (moment: number, zone: string): number[] => {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  const found = new Map(clock.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  return ['year', 'month', 'day', 'hour', 'minute', 'second'].map((part) => found.get(part as Intl.DateTimeFormatPartTypes) ?? 0);
};

/** By how much the zone's clocks are ahead of UTC at a moment, in milliseconds. */
const ahead = (moment: number, zone: string): number => {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = partsOf(moment, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - moment;
};

/** The last second of a day that is written `2026-12-31`; null of what is no day. */
export function endOfDay(day: string, zone: string): string | null {
  const asUtc = Date.parse(`${day}T23:59:59Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(asUtc)) return null;
  const moment = asUtc - ahead(asUtc - ahead(asUtc, zone), zone);
  return `${new Date(moment).toISOString().slice(0, 19)}Z`;
}

/** The day of a moment, as `2026-12-31`. */
export function dayOf(moment: string, zone: string): string {
  const [year = 0, month = 0, day = 0] = partsOf(Date.parse(moment), zone);
  return [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-');
}
