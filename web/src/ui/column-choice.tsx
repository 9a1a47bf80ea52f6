import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import { prefer, usePreferences } from './preferences';

export interface ColumnChoiceProps<Row> {
  table: string;
  columns: readonly ColumnDef<Row>[];
  /** Those hidden until a person chooses. */
  initially?: readonly string[];
}

const none: readonly string[] = [];

export const useHiddenColumns = (table: string, initially: readonly string[] = none): readonly string[] =>
  usePreferences().hidden[table] ?? initially;

/** Which columns a table shows; remembered at this browser. */
export function ColumnChoice<Row>({ table, columns, initially = none }: ColumnChoiceProps<Row>) {
  const { t } = useTranslation();
  const { hidden: all } = usePreferences();
  const hidden = useHiddenColumns(table, initially);
  const set = (id: string, shown: boolean) =>
    prefer({ hidden: { ...all, [table]: shown ? hidden.filter((name) => name !== id) : [...hidden, id] } });
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<IconColumns3 size={14} aria-hidden />}>
          {t('list.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('list.columns')}>
        <Stack gap="xs">
          {columns
            .filter((column) => column.meta?.fixed !== true && column.id !== undefined)
            .map((column) => (
              <Checkbox
                key={column.id}
                size="xs"
                label={String(column.header)}
                checked={!hidden.includes(column.id ?? '')}
                onChange={(event) => set(column.id ?? '', event.currentTarget.checked)}
              />
            ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
