import './triage.css';
import { Button } from '@mantine/core';
import { IconMessageReport, IconPlus } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import { reportChannels, type IncidentReference, type Report, type ReportPage } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { Allowed } from '@/ui/allowed';
import { Chip } from '@/ui/chip';
import { Choice } from '@/ui/choice';
import { useHiddenColumns } from '@/ui/column-choice';
import { Empty } from '@/ui/empty';
import { useFormat } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { ListBeside } from '@/ui/list-beside';
import { useNavigate } from '@/ui/navigate';
import { PageHeader } from '@/ui/page-header';
import { SavedViews } from '@/ui/saved-views';
import { SearchField } from '@/ui/search-field';
import { useBeside } from '@/ui/use-beside';
import { useKey } from '@/ui/use-key';
import { useNow } from '@/ui/use-now';
import { usePages } from '@/ui/use-pages';
import { useQueryState } from '@/ui/use-query-state';
import { besidePanel, reportColumns, reportsCsv } from './columns';
import { filterNames, isQueue, nextOf, queryNames, toContract, type Filter } from './filter';
import { ReportPanel } from './report-panel';
import { StateTabs } from './state-tabs';
import { useLedTo } from './use-reports';

const idOf = (report: Report) => report.id;
const nowhere: ReadonlyMap<string, IncidentReference> = new Map();

/** How much waits, and for how long the first of it. */
function useAnswer(): (page: ReportPage) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  return ({ waiting, waiting_groups: groups, oldest_waiting: oldest }) => {
    if (oldest === null) return t('triage.answer_none');
    const reports = t('triage.reports_wait', { count: waiting, n: format.number(waiting) });
    const told = { reports, ago: format.ago(oldest, now) };
    return groups === waiting ? t('triage.answer_single', told) : t('triage.answer', { ...told, groups: t('triage.in_groups', { count: groups, n: format.number(groups) }) });
  };
}

interface ToolsProps {
  filter: Filter;
  change: (next: Filter, way?: { replace?: boolean }) => void;
}

function Tools({ filter, change }: ToolsProps) {
  const { t } = useTranslation();
  return (
    <div className="k-tools">
      <SearchField label={t('triage.search')} value={filter.search} onSearch={(search) => change({ search }, { replace: true })} />
      <Choice label={t('report_field.channel')} every={t('triage.all_channels')} values={reportChannels.map((channel) => ({ value: channel, label: t(`report_channel.${channel}`) }))} value={filter.channel} onChange={(channel) => change({ channel })} />
    </div>
  );
}

/** Filters that a link brought, and that no tool shows; `rows` know what they are called. */
function Chips({ filter, change, rows }: ToolsProps & { rows: readonly Report[] }) {
  const { t } = useTranslation();
  const number = rows.find(({ incident }) => incident?.id === filter.incident)?.incident?.number;
  const chips = [
    filter.group !== undefined && <Chip key="group" name={t('triage.group')} onDrop={() => change({ group: undefined })}><span translate="no">{rows[0]?.subject ?? '…'}</span></Chip>,
    filter.observable !== undefined && <Chip key="observable" name={t('seen.told_of')} onDrop={() => change({ observable: undefined })}><span translate="no">{filter.observable}</span></Chip>,
    filter.incident !== undefined && <Chip key="incident" name={t('incidents.one')} onDrop={() => change({ incident: undefined })}><span translate="no">{number ?? '…'}</span></Chip>,
  ].filter(Boolean);
  return chips.length === 0 ? null : <ul className="k-chips k-report-chips" aria-label={t('filter.active')}>{chips}</ul>;
}

/** What was reported and waits, similar ones as one line; what is decided of a line is decided of all of them. */
export function TriagePage() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const navigate = useNavigate();
  const answer = useAnswer();
  const [{ open: opened, ...filter }, change] = useQueryState(queryNames);
  const narrow = (next: Filter, way?: { replace?: boolean }) => change({ ...next, open: undefined }, way);
  const asked = toContract(filter);
  const queue = isQueue(filter);
  const beside = useBeside({ open: opened, change, id: idOf, chosen: useHiddenColumns('triage'), giveWay: besidePanel });
  const pages = usePages<Report, ReportPage>('/reports', asked);
  const { data: ledTo = nowhere } = useLedTo();
  const columns = useMemo(() => reportColumns(t, format, queue, ledTo), [t, format, queue, ledTo]);
  const narrowed = filterNames.some((name) => filter[name] !== undefined);
  const begin = useCallback(() => navigate(paths.reportNew), [navigate]);
  useKey('n', may('reports.send') ? begin : undefined);
  return (
    <>
      <PageHeader
        title={t('nav.triage')}
        answer={pages.first === undefined ? '\u00a0' : answer(pages.first)}
        actions={
          <>
            <Allowed to="reports.send">
              <Button component={Link} to={paths.reportNew} leftSection={<IconPlus size={14} aria-hidden />} rightSection={<kbd className="k-key">N</kbd>} aria-keyshortcuts="n">
                {t('triage.add')}
              </Button>
            </Allowed>
            <SavedViews list="triage" />
            <ListActions name="triage" columns={columns} csv={reportsCsv} rows={{ path: '/reports', query: asked }} />
          </>
        }
      />
      <StateTabs filter={filter} page={pages.first} />
      <Tools filter={filter} change={narrow} />
      <Chips filter={filter} change={narrow} rows={pages.rows} />
      <ListBeside
        label={t('nav.triage')}
        columns={columns}
        pages={pages}
        total={pages.first?.total}
        beside={beside}
        panel={(id, close) => <ReportPanel id={id} onDecided={() => queue && change({ open: nextOf(pages.rows, id) }, { replace: true })} onClose={close} />}
        whenEmpty={
          narrowed ? undefined : (
            <Empty icon={<IconMessageReport size={26} />} title={t('triage.empty_title')}>
              <p>{t('triage.empty_text')}</p>
            </Empty>
          )
        }
      />
    </>
  );
}
