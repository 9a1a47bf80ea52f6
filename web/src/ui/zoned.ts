// Moments as `datetime-local` fields hold them: the wall clock of a zone, without saying which. Pure.

const partsIn = (moment: number, zone: string): string => {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
  const found: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of clock.formatToParts(new Date(moment))) found[type] = value;
  const { year = '', month = '', day = '', hour = '', minute = '' } = found;
  return `${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}`;
};

/** What the clocks of the zone show then, to the minute; empty where there is no such moment. */
export const wallClock = (iso: string | null, zone: string): string => (iso === null ? '' : partsIn(new Date(iso).getTime(), zone));

/**
 * When the clocks of the zone show that; null where it is no whole date and time. Of an hour that comes twice the first one
 * is meant; one that is left out is the same span after the hour before it.
 */
export function momentOf(wall: string, zone: string): string | null {
  const asUtc = Date.parse(`${wall}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall) || Number.isNaN(asUtc)) return null;
  const aheadAt = (moment: number) => Date.parse(`${partsIn(moment, zone)}Z`) - Math.floor(moment / 60_000) * 60_000;
  const day = 86_400_000;
  const guesses = [aheadAt(asUtc - day), aheadAt(asUtc + day)].map((ahead) => asUtc - ahead);
  const found = guesses.find((moment) => partsIn(moment, zone) === wall) ?? guesses[0] ?? asUtc;
  return new Date(found).toISOString().replace('.000Z', 'Z');
}
