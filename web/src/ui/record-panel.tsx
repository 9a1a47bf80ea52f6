import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Failure } from './failure';
import { SidePanel } from './side-panel';
import { TableSkeleton } from './table-skeleton';

interface RecordPanelProps<Stored> {
  /** What kind of record it is. */
  title: string;
  onClose: () => void;
  asked: Pick<UseQueryResult<Stored>, 'data' | 'error' | 'refetch'>;
  /** Its own page. */
  to: string;
  /** Labels and state, before all else. */
  marks: (record: Stored) => ReactNode;
  children: (record: Stored) => ReactNode;
}

/** A record's story beside its list, once it is there, and the way to its page. */
export function RecordPanel<Stored>({ title, onClose, asked: { data, error, refetch }, to, marks, children }: RecordPanelProps<Stored>) {
  const { t } = useTranslation();
  return (
    <SidePanel title={title} onClose={onClose}>
      {data === undefined && (error === null ? <TableSkeleton rows={9} /> : <Failure error={error} retry={() => void refetch()} />)}
      {data !== undefined && (
        <div className="k-side-content">
          <div className="k-side-marks">
            {marks(data)}
            <Button component={Link} to={to} variant="light" rightSection={<IconArrowRight size={14} aria-hidden />} ml="auto">
              {t('record.whole')}
            </Button>
          </div>
          {children(data)}
        </div>
      )}
    </SidePanel>
  );
}
