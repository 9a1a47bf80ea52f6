import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Panel } from '@/ui/panel';

export interface LineItem {
  key: string;
  to: string;
  name: ReactNode;
  figure: ReactNode;
}

/** A few lines under a heading, each with its way in. */
export function LineList({ title, note, items, none }: { title: string; note?: string; items: readonly LineItem[]; none: string }) {
  return (
    <Panel title={title} note={note} flush>
      {items.length === 0 ? (
        <p className="k-lines-none">{none}</p>
      ) : (
        <ul className="k-lines">
          {items.map(({ key, to, name, figure }) => (
            <li key={key}>
              <Link to={to}>
                <span className="k-lines-name">{name}</span>
                <span className="k-lines-figure">{figure}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
