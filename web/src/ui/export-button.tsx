import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { readEverything } from '@/contract/everything';
import type { Query } from '@/contract/client';
import { downloadRows, type CsvColumn } from './csv';
import { useFormat } from './format';
import { say } from './toast';

export interface ExportButtonProps<Row> {
  /** Of the file. */
  name: string;
  columns: readonly CsvColumn<Row>[];
  /** The rows themselves, or where all of them are read, page after page. */
  rows: readonly Row[] | { path: string; query: Query };
}

/** Hands all that a list holds, as it is narrowed now, to the browser as a file. */
export function ExportButton<Row>({ name, columns, rows }: ExportButtonProps<Row>) {
  const { t } = useTranslation();
  const format = useFormat();
  const exporting = useMutation({
    mutationFn: async () => ('path' in rows ? await readEverything<Row, { items: Row[]; next: string | null }>(rows.path, rows.query) : { rows, last: { next: null } }),
    onSuccess: ({ rows: found, last }) => {
      downloadRows(name, columns, found);
      if (last.next !== null) say(t('list.export_cut', { count: found.length, n: format.number(found.length) }), 'bad');
    },
    onError: () => say(t('list.export_failed'), 'bad'),
  });
  return (
    <Button variant="default" loading={exporting.isPending} leftSection={<IconDownload size={14} aria-hidden />} onClick={() => exporting.mutate()}>
      {t('action.export')}
    </Button>
  );
}
