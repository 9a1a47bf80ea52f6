import './findings.css';
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { findingSeverities, findingStates, openStates, type Finding, type FindingPage, type FindingState } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { paths } from '@/contract/paths';
import { Link } from 'wouter';
import { Chip } from '@/ui/chip';
import { Choice } from '@/ui/choice';
import { useHiddenColumns } from '@/ui/column-choice';
import { Empty } from '@/ui/empty';
import { useFormat } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { ListBeside } from '@/ui/list-beside';
import { Moment } from '@/ui/moment';
import { OrganisationLink } from '@/ui/organisation-link';
import { PageHeader } from '@/ui/page-header';
import { SavedViews } from '@/ui/saved-views';
import { SearchField } from '@/ui/search-field';
import { SectorChoice } from '@/ui/sector-choice';
import { say } from '@/ui/toast';
import { useBeside } from '@/ui/use-beside';
import { usePages } from '@/ui/use-pages';
import { useQueryState } from '@/ui/use-query-state';
import { besidePanel, findingColumns, findingsCsv, initiallyHidden } from './columns';
import { FindingPanel } from './finding-panel';
import { Places } from './places';
import { useTakeSteps } from './use-findings';

const names = ['search', 'state', 'severity', 'sector', 'class', 'type', 'source', 'tag', 'organisation', 'older_than_days', 'opened_from', 'opened_to', 'reached', 'overdue', 'exploited', 'relapsed', 'sort'] as const;
const queryNames = [...names, 'open'] as const;
type Filter = Partial<Record<(typeof names)[number], string>>;
type Change = (next: Filter, way?: { replace?: boolean }) => void;
const idOf = (finding: Finding) => finding.id;
const open = openStates.join(',');
const ages = ['7', '30', '90'] as const;
/** In one request. */
const most = 500;

function Tools({ filter, change, page }: { filter: Filter; change: Change; page: FindingPage | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const named = (state: FindingState) => `${t(`finding_state.${state}`)}${page === undefined ? '' : ` (${format.number(page.states[state] ?? 0)})`}`;
  return (
    <div className="k-tools">
      <SearchField label={t('findings.search')} value={filter.search} onSearch={(search) => change({ search }, { replace: true })} />
      <Choice label={t('field.state')} every={t('findings.all_states')} values={[{ value: open, label: t('findings.open_ones') }, ...findingStates.map((state) => ({ value: state, label: named(state) }))]} value={filter.state} onChange={(state) => change({ state })} />
      <Choice label={t('findings.severity')} every={t('findings.all_severities')} values={findingSeverities.map((severity) => ({ value: severity, label: t(`severity.${severity}`) }))} value={filter.severity} onChange={(severity) => change({ severity })} />
      <Choice label={t('findings.exploitation')} every={t('findings.exploited_or_not')} values={[{ value: 'true', label: t('findings.exploited') }]} value={filter.exploited} onChange={(exploited) => change({ exploited })} />
      <div className="k-tools-select">
        <SectorChoice value={filter.sector} onChange={(sector) => change({ sector })} />
      </div>
      <Choice label={t('findings.age')} every={t('findings.all_ages')} values={ages.map((age) => ({ value: age, label: t('findings.older', { count: Number(age) }) }))} value={filter.older_than_days} onChange={(older_than_days) => change({ older_than_days })} />
    </div>
  );
}

/** Filters that a link brought, and that no tool shows. */
function Chips({ filter, change }: { filter: Filter; change: Change }) {
  const { t } = useTranslation();
  const chips = [
    filter.organisation !== undefined && <Chip key="organisation" name={t('field.organisation')} onDrop={() => change({ organisation: undefined })}>{filter.organisation === 'none' ? t('filter.no_organisation') : <OrganisationLink id={filter.organisation} />}</Chip>,
    filter.class !== undefined && <Chip key="class" name={t('field.class')} onDrop={() => change({ class: undefined })}>{t(`rsit.class.${filter.class.replaceAll('-', '_')}`, { defaultValue: filter.class })}</Chip>,
    filter.type !== undefined && <Chip key="type" name={t('field.type')} onDrop={() => change({ type: undefined })}>{t(`rsit.type.${filter.type.replaceAll('-', '_')}`, { defaultValue: filter.type })}</Chip>,
    filter.source !== undefined && <Chip key="source" name={t('field.source')} onDrop={() => change({ source: undefined })}>{filter.source}</Chip>,
    filter.tag !== undefined && <Chip key="tag" name={t('field.tag')} onDrop={() => change({ tag: undefined })}>{filter.tag}</Chip>,
    filter.reached !== undefined && <Chip key="reached" name={t('findings.reached')} onDrop={() => change({ reached: undefined })}>{t(`finding_state.${filter.reached as FindingState}`, { defaultValue: filter.reached })}</Chip>,
    filter.opened_from !== undefined && <Chip key="opened" name={t('findings.opened_from')} onDrop={() => change({ opened_from: undefined, opened_to: undefined })}><Moment at={filter.opened_from} as="day" /></Chip>,
    filter.overdue !== undefined && <Chip key="overdue" name={t('field.state')} onDrop={() => change({ overdue: undefined })}>{t('findings.overdue')}</Chip>,
    filter.relapsed !== undefined && <Chip key="relapsed" name={t('field.state')} onDrop={() => change({ relapsed: undefined })}>{t('finding_state.reopened')}</Chip>,
  ].filter(Boolean);
  return chips.length === 0 ? null : <ul className="k-chips" aria-label={t('filter.active')}>{chips}</ul>;
}

/** One deed for all that are shown and may be taken there. */
function Together({ rows }: { rows: readonly Finding[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const take = useTakeSteps();
  const ids = rows.filter((finding) => finding.next_states.includes('acknowledged') && finding.state !== 'claimed_fixed').slice(0, most).map(idOf);
  if (ids.length < 2) return null;
  const done = ({ done: count }: { done: number }) => say(t('findings.acknowledged', { count, n: format.number(count) }));
  return (
    <Button variant="default" loading={take.isPending} onClick={() => take.mutate({ ids, wanted: { to: 'acknowledged' } }, { onSuccess: done, onError: () => say(t('findings.not_done'), 'bad') })}>
      {t('findings.acknowledge_all', { count: ids.length, n: format.number(ids.length) })}
    </Button>
  );
}

function useSentence(): (page: FindingPage | undefined, narrowed: boolean) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const team = useMay()('findings.manage');
  return (page, narrowed) => {
    if (page === undefined) return '\u00a0';
    if (Object.values(page.states).every((count) => count === 0)) return narrowed ? t('list.none') : t('findings.answer_none');
    const findings = t('count.open_findings', { count: page.open, n: format.number(page.open) });
    const overdue = format.number(page.overdue);
    if (!team || page.organisations === 0) return t('findings.answer_own', { findings, overdue });
    return t('findings.answer', { findings, organisations: t('count.at_organisations', { count: page.organisations, n: format.number(page.organisations) }), overdue });
  };
}

/** The problems that are known, whose they are, and how far they came. */
export function FindingsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const [{ open: opened, ...filter }, change] = useQueryState(queryNames);
  const narrow: Change = (next, way) => change({ ...next, open: undefined }, way);
  const sort = filter.sort ?? '-last_seen';
  const asked = { ...filter, sort };
  const sentence = useSentence();
  const beside = useBeside({ open: opened, change, id: idOf, chosen: useHiddenColumns('findings', initiallyHidden), giveWay: besidePanel });
  const pages = usePages<Finding, FindingPage>('/findings', asked);
  const columns = useMemo(() => findingColumns(t, format), [t, format]);
  const narrowed = names.some((name) => name !== 'sort' && filter[name] !== undefined);
  return (
    <>
      <PageHeader
        title={t('nav.findings')}
        answer={sentence(pages.first, narrowed)}
        actions={
          <>
            {pages.first !== undefined && pages.first.overdue > 0 && filter.overdue === undefined && (
              <Button component={Link} to={paths.findings({ overdue: 'true' })} variant="default">
                {t('findings.show_overdue')}
              </Button>
            )}
            {narrowed && <Together rows={pages.rows} />}
            <SavedViews list="findings" />
            <ListActions name="findings" columns={columns} initially={initiallyHidden} csv={findingsCsv} rows={{ path: '/findings', query: asked }} />
          </>
        }
      />
      <Places />
      <Tools filter={filter} change={narrow} page={pages.first} />
      <Chips filter={filter} change={narrow} />
      <ListBeside
        label={t('nav.findings')}
        columns={columns}
        pages={pages}
        total={pages.first?.total}
        sort={sort}
        onSort={(next) => change({ sort: next })}
        beside={beside}
        panel={(id, close) => <FindingPanel id={id} onClose={close} />}
        whenEmpty={
          narrowed ? undefined : (
            <Empty icon={<IconAlertTriangle size={26} />} title={t('findings.empty_title')}>
              <p>{t('findings.empty_text')}</p>
            </Empty>
          )
        }
      />
    </>
  );
}
