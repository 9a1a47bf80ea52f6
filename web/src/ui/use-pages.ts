import { keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { useMemo } from 'react';
import { read, type Query } from '@/contract/client';

interface Page<Row> {
  items: Row[];
  next: string | null;
}

/** A list by cursors, page after page, as one list; the newest page also carries the totals. `key` is what a change makes old. */
export function usePages<Row, P extends Page<Row>>(path: string, query: Query, limit = 100, key: QueryKey = [path, query]) {
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read<P>(path, { ...query, limit, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  return { ...pages, rows, first: pages.data?.pages[0] };
}
