import type { ReactNode } from 'react';
import { Failure } from './failure';
import { LoadMore } from './load-more';
import { Panel } from './panel';
import { TableSkeleton } from './table-skeleton';
import type { usePages } from './use-pages';

type Pages = ReturnType<typeof usePages>;

export interface PagedListProps {
  /** A list that comes whole has but one page. */
  pages: { rows: readonly unknown[] } & Pick<Pages, 'error' | 'isPending'> & { refetch: () => unknown } & Partial<Pick<Pages, 'isPlaceholderData' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>>;
  /** Rows that there are in all, where it is known. */
  total?: number | undefined;
  /** What stands in the place of a list without rows; without it the empty list itself. */
  whenEmpty?: ReactNode;
  /** The list of the rows. */
  children: ReactNode;
}

/** A list by pages in each of its states: loading, failed, empty, shown in part. */
export function PagedList({ pages: { rows, error, isPending, isPlaceholderData = false, hasNextPage = false, isFetchingNextPage = false, fetchNextPage, refetch }, total, whenEmpty, children }: PagedListProps) {
  const empty = rows.length === 0 && (whenEmpty !== undefined || error !== null);
  return (
    <div className="k-stack" data-stale={isPlaceholderData || undefined}>
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {isPending && (
        <Panel flush>
          <TableSkeleton rows={12} />
        </Panel>
      )}
      {!isPending && error === null && empty && <Panel>{whenEmpty}</Panel>}
      {!isPending && !empty && (
        <Panel flush>
          {children}
          {(total !== undefined || hasNextPage) && <LoadMore shown={rows.length} total={total} more={hasNextPage} loading={isFetchingNextPage} onMore={() => void fetchNextPage?.()} />}
        </Panel>
      )}
    </div>
  );
}
