import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { TopEntry } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { Panel } from '@/ui/panel';

interface RankingProps {
  title: string;
  entries: readonly TopEntry[];
  name: (entry: TopEntry) => ReactNode;
  aside?: (entry: TopEntry) => ReactNode;
  to: (entry: TopEntry) => string;
  /** In place of the note. */
  choice?: ReactNode;
  flashed: ReadonlyMap<string, number>;
}

/** The most, in order, each with its bar and its way in. */
export function Ranking({ title, entries, name, aside, to, choice, flashed }: RankingProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const most = entries[0]?.flows ?? 1;
  return (
    <Panel title={title} note={choice === undefined ? t('picture.by_flows') : undefined} actions={choice} className="k-ranking">
      {entries.length === 0 ? (
        <p className="k-faint">{t('picture.none')}</p>
      ) : (
        <ol>
          {entries.map((entry) => (
            <li key={entry.key} data-flash={flashed.has(entry.key) ? (flashed.get(entry.key) ?? 0) % 2 : undefined}>
              <Link to={to(entry)}>
                <span className="k-ranking-bar" style={{ width: `${Math.max(1, (entry.flows / most) * 100)}%` }} aria-hidden />
                <span className="k-ranking-name">{name(entry)}</span>
                {aside !== undefined && <span className="k-ranking-aside">{aside(entry)}</span>}
                <span className="k-ranking-figure">{format.number(entry.flows)}</span>
              </Link>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
