import type { ReactNode } from 'react';

interface FactsProps {
  items: readonly (readonly [string, ReactNode])[];
  /** The names are long and what they name is short. */
  longNames?: boolean;
}

/** Names and what they are, one pair a line. */
export function Facts({ items, longNames = false }: FactsProps) {
  return (
    <dl className="k-facts" data-long-names={longNames || undefined}>
      {items.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
