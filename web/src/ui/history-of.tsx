import './trail.css';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { read } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { JournalPage } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { ActorName } from './actor-name';
import { DifferenceView } from './difference-view';
import { Failure } from './failure';
import { Moment } from './moment';
import { Panel } from './panel';
import { TableSkeleton } from './table-skeleton';
import { deedText } from './trail-words';

const shown = 10;

/** What was done to one record, newest first; only for those who may read the trail. */
export function HistoryOf({ subject }: { subject: string }) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const allowed = may('journal.read');
  const { data, error, refetch } = useQuery({ queryKey: ['/journal', 'of', subject], queryFn: ({ signal }) => read<JournalPage>('/journal', { subject, limit: shown }, signal), enabled: allowed });
  if (!allowed) return null;
  return (
    <Panel
      title={t('history.title')}
      note={t('history.note')}
      actions={
        <Button component={Link} to={paths.trail({ subject })} variant="subtle" rightSection={<IconArrowRight size={14} aria-hidden />}>
          {t('history.all')}
        </Button>
      }
    >
      {data === undefined && (error === null ? <TableSkeleton rows={4} /> : <Failure error={error} retry={() => void refetch()} />)}
      {data?.items.length === 0 && <p className="k-faint">{t('history.none')}</p>}
      {data !== undefined && data.items.length > 0 && (
        <ul className="k-history">
          {data.items.map((entry) => (
            <li key={entry.sequence}>
              <p className="k-history-by">
                <Moment at={entry.at} /> · <ActorName entry={entry} />
              </p>
              <details>
                <summary>
                  <strong>{deedText(entry.deed, t, i18n)}</strong>
                </summary>
                {entry.why !== null && <p className="k-why">{t('trail.because', { why: entry.why })}</p>}
                {entry.erased ? <p className="k-faint">{t('trail.erased')}</p> : <DifferenceView before={entry.before} after={entry.after} />}
              </details>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
