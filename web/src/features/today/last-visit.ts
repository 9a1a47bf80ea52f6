// Since when things are new to a person: the end of the visit before this one, kept at this browser.

const key = 'kula.visits';
const hour = 3_600_000;
/** Who is back sooner is still on the same visit. */
const pause = hour;
const forgotten = 30 * 24 * hour;

export interface Visits {
  /** ISO moments: of the present visit's last sign, and of the last one before it. */
  latest: string;
  before: string | null;
}

/** The visits after one more sign of the person at `now`. */
export function visited(visits: Visits | undefined, now: Date): Visits {
  const latest = now.toISOString();
  if (visits === undefined) return { latest, before: null };
  const away = now.getTime() - new Date(visits.latest).getTime();
  const before = away > pause ? visits.latest : visits.before;
  return { latest, before: before !== null && now.getTime() - new Date(before).getTime() < forgotten ? before : null };
}

function all(): Record<string, Visits> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, Visits>;
  } catch {
    return {};
  }
}

/** Notes that the person is here and yields when they were here before; null where that is not known or a month ago. */
export function noteVisit(person: string, now: Date): string | null {
  const visits = all();
  const next = visited(visits[person], now);
  try {
    localStorage.setItem(key, JSON.stringify({ ...visits, [person]: next }));
  } catch {
    // Without storage the last 24 hours are what is new.
  }
  return next.before;
}
