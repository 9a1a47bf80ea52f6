import '@/ui/observables.css';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { read, type Query } from '@/contract/client';
import type { Permission } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { Panel } from '@/ui/panel';
import { TableSkeleton } from '@/ui/table-skeleton';

/** Shown of each place. */
const few = 5;

interface Found<Item> {
  items: readonly Item[];
  next?: string | null;
  total?: number;
  totals?: { sightings: number };
}

interface PlaceProps<Item> {
  title: string;
  note?: string;
  needs: Permission;
  asks: string;
  query: Query;
  /** The way to all of them. */
  all?: string;
  line: (item: Item) => ReactNode;
  of: (item: Item) => string;
}

/** The newest of what one place knows; nothing for those who may not read it. */
export function Place<Item>({ title, note, needs, asks, query, all, line, of }: PlaceProps<Item>) {
  const { t } = useTranslation();
  const format = useFormat();
  const allowed = useMay()(needs);
  const { data, error, refetch } = useQuery({ queryKey: [asks, 'seen', query], queryFn: ({ signal }) => read<Found<Item>>(asks, { ...query, limit: few }, signal), enabled: allowed });
  if (!allowed) return null;
  const total = data?.total ?? data?.totals?.sightings;
  const isMore = data !== undefined && (data.next ?? null) !== null;
  return (
    <Panel title={title} note={total === undefined || total === 0 ? note : `${format.number(total)}${note === undefined ? '' : ` · ${note}`}`}>
      {data === undefined && (error === null ? <TableSkeleton rows={2} /> : <Failure error={error} retry={() => void refetch()} />)}
      {data?.items.length === 0 && <p className="k-faint">{t('seen.none')}</p>}
      {data !== undefined && data.items.length > 0 && (
        <ul className="k-observables">
          {data.items.map((item) => (
            <li key={of(item)}>{line(item)}</li>
          ))}
        </ul>
      )}
      {isMore && all !== undefined && (
        <p className="k-seen-all">
          <Link to={all}>{t('seen.all')}</Link>
        </p>
      )}
    </Panel>
  );
}
