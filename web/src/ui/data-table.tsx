import { flexRender, getCoreRowModel, useReactTable, type ColumnDef, type RowData } from '@tanstack/react-table';
import { IconChevronDown, IconChevronUp, IconSelector } from '@tabler/icons-react';
import { useEffect, useRef, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isForPage } from './use-key';

declare module '@tanstack/react-table' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the library's own signature
  interface ColumnMeta<TData extends RowData, TValue> {
    align?: 'end';
    /** The contract's name for sorting by this column. */
    sort?: string;
    /** Where there is no room for a table: the line's heading, or nothing at all. */
    narrow?: 'title' | 'hide';
    /** Always shown. */
    fixed?: boolean;
    width?: number | string;
  }
}

export interface DataTableProps<Row> {
  label: string;
  columns: readonly ColumnDef<Row>[];
  rows: readonly Row[];
  id: (row: Row) => string;
  hidden?: readonly string[];
  sort?: string;
  onSort?: (sort: string) => void;
  selected?: string | null;
  onSelect?: (row: Row) => void;
  /** Rows that have just changed, to flash once; the value changes with each change. */
  flashed?: ReadonlyMap<string, number>;
}

const opposite = (sort: string) => (sort.startsWith('-') ? sort.slice(1) : `-${sort}`);
const isOnControl = (event: MouseEvent) => (event.target as HTMLElement).closest('a, button, input, label') !== null;

function SortHead({ name, text, sort, onSort }: { name: string; text: string; sort: string | undefined; onSort: (sort: string) => void }) {
  const down = sort === `-${name}`;
  const up = sort === name;
  const Icon = down ? IconChevronDown : up ? IconChevronUp : IconSelector;
  // Most wish to see the greatest first, but names from the beginning.
  const first = name === 'name' || name === 'value' ? name : `-${name}`;
  return (
    <button type="button" className="k-sort" data-active={down || up} onClick={() => onSort(down || up ? opposite(sort) : first)}>
      {text}
      <Icon size={13} aria-hidden />
    </button>
  );
}

/** A dense table; on a narrow screen each row becomes a card. The arrow keys in it, j and k anywhere, select the next row. */
export function DataTable<Row>({ label, columns, rows, id, hidden = [], sort, onSort, selected, onSelect, flashed }: DataTableProps<Row>) {
  const { t } = useTranslation();
  const body = useRef<HTMLTableSectionElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- TanStack Table 8 is what the house uses
  const table = useReactTable({
    data: rows as Row[],
    columns: columns as ColumnDef<Row>[],
    getRowId: id,
    getCoreRowModel: getCoreRowModel(),
    manualSorting: true,
    state: { columnVisibility: Object.fromEntries(hidden.map((name) => [name, false])) },
  });

  useEffect(() => {
    if (onSelect === undefined) return;
    const move = (event: KeyboardEvent) => {
      if (!isForPage(event)) return;
      // Arrows scroll the page, unless one is in the table.
      const here = body.current?.closest('.k-table-scroll')?.contains(event.target as HTMLElement) === true;
      const step = event.key === 'j' || (here && event.key === 'ArrowDown') ? 1 : event.key === 'k' || (here && event.key === 'ArrowUp') ? -1 : 0;
      if (step === 0 || rows.length === 0) return;
      const at = rows.findIndex((row) => id(row) === selected);
      const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
      if (next === undefined) return;
      event.preventDefault();
      onSelect(next);
      body.current?.querySelector(`[data-row="${CSS.escape(id(next))}"]`)?.scrollIntoView({ block: 'nearest' });
    };
    document.addEventListener('keydown', move);
    return () => document.removeEventListener('keydown', move);
  }, [rows, selected, onSelect, id]);

  return (
    // A table wider than its place scrolls within it; then the keyboard must reach it too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="k-table-scroll" tabIndex={0} role="group" aria-label={label}>
      <table className="k-table" aria-label={label}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const meta = header.column.columnDef.meta;
                const name = meta?.sort;
                const text = String(header.column.columnDef.header);
                const order = name === undefined ? undefined : sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : 'none';
                return (
                  <th key={header.id} scope="col" data-align={meta?.align} aria-sort={order} style={{ width: meta?.width }}>
                    {name !== undefined && onSort !== undefined ? <SortHead name={name} text={text} sort={sort} onSort={onSort} /> : text}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody ref={body}>
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              data-row={row.id}
              data-selected={row.id === selected || undefined}
              data-clickable={onSelect !== undefined || undefined}
              data-flash={flashed?.has(row.id) === true ? (flashed.get(row.id) ?? 0) % 2 : undefined}
              onClick={onSelect === undefined ? undefined : (event) => !isOnControl(event) && onSelect(row.original)}
            >
              {row.getVisibleCells().map((cell) => (
                <td key={cell.id} data-align={cell.column.columnDef.meta?.align} data-narrow={cell.column.columnDef.meta?.narrow} data-label={String(cell.column.columnDef.header ?? '')}>
                  {flexRender(cell.column.columnDef.cell, cell.getContext())}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="k-table-none">{t('list.none')}</p>}
    </div>
  );
}
