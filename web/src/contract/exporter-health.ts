// How an exporter does. Pure.
import type { Exporter } from './types';

export type Health = 'sending' | 'quiet' | 'losing';

const quietAfter = 10 * 60_000;

/** Records that arrived, of all that were sent as far as sequence numbers tell. */
export const shareLost = (exporter: Exporter): number => {
  const base = exporter.protocol === 'ipfix' || exporter.protocol === 'netflow5' ? exporter.records : exporter.datagrams;
  return exporter.lost === 0 ? 0 : exporter.lost / (exporter.lost + base);
};

/** Silence is said before loss; less than one in a thousand lost is no alarm. */
export function healthOf(exporter: Exporter, now: string): Health {
  if (new Date(now).getTime() - new Date(exporter.last_seen).getTime() > quietAfter) return 'quiet';
  return shareLost(exporter) > 0.001 || exporter.undecodable > exporter.datagrams / 1000 ? 'losing' : 'sending';
}
