import { useState } from 'react';
import type { Picture } from '@/contract/types';

const flowsOf = (picture: Picture): Map<string, number> =>
  new Map(Object.values(picture.top).flatMap((list) => list.map((entry) => [entry.key, entry.flows] as const)));

/** Which lines of the top lists grew with the latest reading of the same window; each flashes once. */
export function useFlashes(picture: Picture): ReadonlyMap<string, number> {
  const [known, setKnown] = useState(() => ({ picture, flows: flowsOf(picture), round: 0, flashed: new Map<string, number>() }));
  if (known.picture === picture) return known.flashed;
  const flows = flowsOf(picture);
  const round = known.round + 1;
  const flashed = new Map<string, number>();
  if (known.picture.from === picture.from && known.picture.to === picture.to) {
    for (const [key, count] of flows) {
      const before = known.flows.get(key);
      if (before !== undefined && count > before && count - before < before) flashed.set(key, round);
    }
  }
  const next = { picture, flows, round, flashed };
  setKnown(next);
  return flashed;
}
