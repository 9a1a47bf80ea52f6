import './incidents.css';
import { Button } from '@mantine/core';
import { IconFirstAidKit, IconPlus } from '@tabler/icons-react';
import { Fragment, useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths, stillOpen } from '@/contract/paths';
import type { Incident, IncidentPage } from '@/contract/types';
import { useMay, useSession } from '@/contract/use-session';
import { Allowed } from '@/ui/allowed';
import { useHiddenColumns } from '@/ui/column-choice';
import { Empty } from '@/ui/empty';
import { useFormat } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { ListBeside } from '@/ui/list-beside';
import { useNavigate } from '@/ui/navigate';
import { PageHeader } from '@/ui/page-header';
import { SavedViews } from '@/ui/saved-views';
import { useBeside } from '@/ui/use-beside';
import { useKey } from '@/ui/use-key';
import { usePages } from '@/ui/use-pages';
import { useQueryState } from '@/ui/use-query-state';
import { besidePanel, incidentColumns, incidentsCsv } from './columns';
import { countedApart, filterNames, nobody, queryNames, toContract, type Filter } from './filter';
import { Chips, StateChips, Tools } from './filter-bar';
import { IncidentPanel } from './incident-panel';
import { useCount } from './use-incidents';

const idOf = (incident: Incident) => incident.id;

interface Counts {
  critical: number;
  unled: number;
}

/** Of the open ones those that most want somebody; they are counted beside the list, and told once they are. */
function useCounts(filter: Filter): Counts {
  const { critical, unled } = countedApart(filter, useSession()?.user.id);
  return { critical: useCount(critical).data ?? 0, unled: useCount(unled).data ?? 0 };
}

/** How many are open, and which of them most want somebody; each number leads to its list. */
function Answer({ page, counts, filter }: { page: IncidentPage; counts: Counts; filter: Filter }) {
  const { t } = useTranslation();
  const format = useFormat();
  const to = (narrower: Filter) => paths.incidents({ ...filter, state: stillOpen, ...narrower });
  if (page.open === 0) return t('incidents.answer_none');
  const parts: readonly (readonly [string, number, string, ReactNode])[] = [
    ['open', page.open, to({}), t('count.open_incidents', { count: page.open, n: format.number(page.open) })],
    ['critical', counts.critical, to({ severity: 'critical' }), t('incidents.critical', { count: counts.critical, n: format.number(counts.critical) })],
    ['unled', counts.unled, to({ lead: nobody }), t('incidents.unled', { count: counts.unled, n: format.number(counts.unled) })],
  ];
  return (
    <>
      {parts.filter(([, count]) => count > 0).map(([key, , list, text], index) => (
        <Fragment key={key}>
          {index > 0 && '; '}
          <Link to={list}>{text}</Link>
        </Fragment>
      ))}
      .
    </>
  );
}

/** What the team handles: how far each is, who leads it, and which want somebody first. */
export function IncidentsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const reader = useSession()?.user.id;
  const [{ open: opened, sort: chosen, ...filter }, change] = useQueryState(queryNames);
  const narrow = (next: Filter, way?: { replace?: boolean }) => change({ ...next, open: undefined }, way);
  const sort = chosen ?? '-changed_at';
  const asked = { ...toContract(filter, reader), sort };
  const beside = useBeside({ open: opened, change, id: idOf, chosen: useHiddenColumns('incidents'), giveWay: besidePanel });
  const pages = usePages<Incident, IncidentPage>('/incidents', asked);
  const counts = useCounts(filter);
  const columns = useMemo(() => incidentColumns(t), [t]);
  const narrowed = filterNames.some((name) => filter[name] !== undefined);
  const begin = useCallback(() => navigate(paths.incidentNew), [navigate]);
  useKey('n', may('incidents.manage') ? begin : undefined);
  return (
    <>
      <PageHeader
        title={t('nav.incidents')}
        answer={pages.first === undefined ? '\u00a0' : <Answer page={pages.first} counts={counts} filter={filter} />}
        actions={
          <>
            <Allowed to="incidents.manage">
              <Button component={Link} to={paths.incidentNew} leftSection={<IconPlus size={14} aria-hidden />} rightSection={<kbd className="k-key">N</kbd>} aria-keyshortcuts="n">
                {t('incidents.open')}
              </Button>
            </Allowed>
            <SavedViews list="incidents" />
            <ListActions name="incidents" columns={columns} csv={incidentsCsv} rows={{ path: '/incidents', query: asked }} />
          </>
        }
      />
      <StateChips filter={filter} change={narrow} page={pages.first} />
      <Tools filter={filter} change={narrow} />
      <Chips filter={filter} change={narrow} />
      <ListBeside
        label={t('nav.incidents')}
        columns={columns}
        pages={pages}
        total={pages.first?.total}
        sort={sort}
        onSort={(next) => change({ sort: next })}
        beside={beside}
        panel={(id, close) => <IncidentPanel id={id} onClose={close} />}
        whenEmpty={
          narrowed ? undefined : (
            <Empty icon={<IconFirstAidKit size={26} />} title={t('incidents.empty_title')}>
              <p>{t('incidents.empty_text')}</p>
            </Empty>
          )
        }
      />
    </>
  );
}
