// Windows of time as the desk's addresses carry them: `window=24h`, or `from` and `to`.

export const windows = ['6h', '24h', '7d', '30d'] as const;
export type Window = (typeof windows)[number];

const hour = 3_600_000;
const hours: Readonly<Record<Window, number>> = { '6h': 6, '24h': 24, '7d': 168, '30d': 720 };

export const isWindow = (text: string | null | undefined): text is Window => windows.includes(text as Window);

const iso = (milliseconds: number) => new Date(milliseconds).toISOString().replace('.000Z', 'Z');

export interface Span {
  from: string;
  to: string;
}

/** The window that ends with the present hour, so that it stays the same until the hour is over. */
export function spanOf(window: Window, now: Date): Span {
  const to = Math.floor(now.getTime() / hour) * hour + hour;
  return { from: iso(to - hours[window] * hour), to: iso(to) };
}

/** One step of a series. */
export const spanOfStep = (time: string, stepSeconds: number): Span => ({
  from: time,
  to: iso(new Date(time).getTime() + stepSeconds * 1000),
});
