// How networks are called where people read them. Pure.
import type { Network } from '@/contract/types';
import type { Format } from './format';

/** A country by its name, everything else as it is written. */
export const networkName = ({ kind, value }: Pick<Network, 'kind' | 'value'>, { country }: Format): string => (kind === 'country' ? `${country(value)} (${value})` : value);

/** The same of a network whose kind its text tells: `country:MK`. */
export function writtenNetworkName(text: string, format: Format): string {
  const value = /^country:(\w+)$/.exec(text)?.[1];
  return value === undefined ? text : networkName({ kind: 'country', value }, format);
}
