// How long, in the words of a reader. Pure.
import type { TFunction } from 'i18next';

const units = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
] as const;

/** In the largest unit that it is a whole number of; `seconds` of others. */
export function spanText(seconds: number, t: TFunction): string {
  const [unit, size] = units.find(([, each]) => seconds % each === 0) ?? (['seconds', 1] as const);
  return t(`span.${unit}`, { count: seconds / size });
}

/** Choices of seconds, with the one that is set already. */
export const choicesWith = (choices: readonly number[], set: number | null): number[] => [...new Set(set === null ? choices : [...choices, set])].toSorted((one, other) => one - other);
