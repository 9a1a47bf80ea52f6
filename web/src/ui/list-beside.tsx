import type { ReactNode } from 'react';
import { DataTable, type DataTableProps } from './data-table';
import { PagedList, type PagedListProps } from './paged-list';
import type { useBeside } from './use-beside';

interface ListBesideProps<Row> extends Pick<DataTableProps<Row>, 'label' | 'columns' | 'sort' | 'onSort'>, Pick<PagedListProps, 'total' | 'whenEmpty'> {
  pages: PagedListProps['pages'] & { rows: readonly Row[] };
  beside: ReturnType<typeof useBeside<Row>>;
  /** The panel of the row whose record is open. */
  panel: (id: string, close: () => void) => ReactNode;
}

/** A list as a table, and one of its records beside it. */
export function ListBeside<Row>({ pages, total, whenEmpty, beside: { open, id, select, close, hidden }, panel, ...table }: ListBesideProps<Row>) {
  return (
    <div className="k-with-side" data-open={open !== undefined || undefined}>
      <PagedList pages={pages} total={total} whenEmpty={whenEmpty}>
        <DataTable {...table} rows={pages.rows} id={id} hidden={hidden} selected={open ?? null} onSelect={select} />
      </PagedList>
      {open !== undefined && panel(open, close)}
    </div>
  );
}
