import { ColumnChoice, type ColumnChoiceProps } from './column-choice';
import type { CsvColumn } from './csv';
import { ExportButton, type ExportButtonProps } from './export-button';

interface ListActionsProps<Row> extends Omit<ColumnChoiceProps<Row>, 'table'>, Pick<ExportButtonProps<Row>, 'rows'> {
  /** Of the table, and of the file. */
  name: string;
  csv: readonly CsvColumn<Row>[];
}

/** What one may do with any list: choose its columns and take it along as a file; nothing where it came whole and is empty. */
export function ListActions<Row>({ name, csv, rows, ...columns }: ListActionsProps<Row>) {
  if (!('path' in rows) && rows.length === 0) return null;
  return (
    <>
      <ColumnChoice table={name} {...columns} />
      <ExportButton name={name} columns={csv} rows={rows} />
    </>
  );
}
