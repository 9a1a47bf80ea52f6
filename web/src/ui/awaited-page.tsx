import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure } from './failure';
import { PageHeader } from './page-header';
import { TableSkeleton } from './table-skeleton';

/** A record's page until the record is there, or instead of it. */
export function AwaitedPage({ title, above, asked: { error, refetch } }: { title: string; above: ReactNode; asked: Pick<UseQueryResult, 'error' | 'refetch'> }) {
  return (
    <>
      <PageHeader title={title} above={above} />
      {error === null ? <TableSkeleton rows={10} /> : <Failure error={error} retry={() => void refetch()} />}
    </>
  );
}
