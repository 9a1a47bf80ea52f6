import './indicators.css';
import { Button } from '@mantine/core';
import { IconFlag3, IconUpload } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import { indicatorKinds, type Indicator, type IndicatorPage } from '@/contract/types';
import { useSources } from '@/contract/use-sources';
import { useStatus } from '@/contract/use-status';
import { Allowed } from '@/ui/allowed';
import { Choice } from '@/ui/choice';
import { useHiddenColumns } from '@/ui/column-choice';
import { Empty } from '@/ui/empty';
import { useFormat } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { ListBeside } from '@/ui/list-beside';
import { PageHeader } from '@/ui/page-header';
import { SavedViews } from '@/ui/saved-views';
import { SearchField } from '@/ui/search-field';
import { useBeside } from '@/ui/use-beside';
import { usePages } from '@/ui/use-pages';
import { useQueryState } from '@/ui/use-query-state';
import { hiddenBesidePanel, indicatorColumns, indicatorsCsv, initiallyHidden } from './columns';
import { IndicatorPanel } from './indicator-panel';
import { Places } from './places';

const names = ['search', 'kind', 'source', 'flagged', 'active', 'sort'] as const;
const queryNames = [...names, 'open'] as const;
type Filter = Partial<Record<(typeof names)[number], string>>;
const idOf = (indicator: Indicator) => indicator.id;

function Tools({ filter, change }: { filter: Filter; change: (next: Filter, way?: { replace?: boolean }) => void }) {
  const { t } = useTranslation();
  const { data: sources } = useSources();
  const state = filter.flagged === 'true' ? 'flagged' : filter.active === 'true' ? 'active' : filter.active === 'false' ? 'inactive' : undefined;
  return (
    <div className="k-tools">
      <SearchField label={t('indicators.search')} value={filter.search} onSearch={(search) => change({ search }, { replace: true })} />
      <Choice label={t('field.kind')} every={t('indicators.all_kinds')} values={indicatorKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} value={filter.kind} onChange={(kind) => change({ kind })} />
      <Choice label={t('field.source')} every={t('indicators.all_sources')} values={(sources ?? []).map(({ name }) => ({ value: name, label: name }))} value={filter.source} onChange={(source) => change({ source })} searchable />
      <Choice
        label={t('field.state')}
        every={t('indicators.all_states')}
        values={[
          { value: 'active', label: t('state.active_ones') },
          { value: 'inactive', label: t('state.inactive_ones') },
          { value: 'flagged', label: t('indicator.flagged') },
        ]}
        value={state}
        onChange={(next) => change({ flagged: next === 'flagged' ? 'true' : undefined, active: next === 'active' ? 'true' : next === 'inactive' ? 'false' : undefined })}
      />
    </div>
  );
}

/** What is known to be bad: who says so, how surely, and whether it was seen. */
export function IndicatorsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: status } = useStatus();
  const [{ open, ...filter }, change] = useQueryState(queryNames);
  const sort = filter.sort ?? '-sightings';
  const beside = useBeside({ open, change, id: idOf, chosen: useHiddenColumns('indicators', initiallyHidden), giveWay: hiddenBesidePanel });
  const pages = usePages<Indicator, IndicatorPage>('/indicators', { ...filter, sort });
  const columns = useMemo(() => indicatorColumns(t, format), [t, format]);
  const narrowed = names.some((name) => name !== 'sort' && filter[name] !== undefined);
  return (
    <>
      <PageHeader
        title={t('nav.indicators')}
        answer={
          status === undefined
            ? '\u00a0'
            : status.indicators.total === 0
              ? t('indicators.answer_none')
              : t('indicators.answer', {
                active: t('count.active_indicators', { count: status.indicators.active, n: format.number(status.indicators.active) }),
                sources: t('count.from_sources', { count: status.indicators.sources, n: format.number(status.indicators.sources) }),
                flagged: format.number(status.indicators.flagged),
              })
        }
        actions={
          <>
            <SavedViews list="indicators" />
            <ListActions name="indicators" columns={columns} initially={initiallyHidden} csv={indicatorsCsv} rows={{ path: '/indicators', query: { ...filter, sort } }} />
            <Allowed to="indicators.import">
              <Button component={Link} to={paths.indicatorImport} leftSection={<IconUpload size={14} aria-hidden />}>
                {t('indicators.import')}
              </Button>
            </Allowed>
          </>
        }
      />
      <Places />
      <Tools filter={filter} change={(next, way) => change({ ...next, open: undefined }, way)} />
      <ListBeside
        label={t('nav.indicators')}
        columns={columns}
        pages={pages}
        total={pages.first?.total}
        sort={sort}
        onSort={(next) => change({ sort: next })}
        beside={beside}
        panel={(id, close) => <IndicatorPanel id={id} onClose={close} />}
        whenEmpty={
          narrowed ? undefined : (
            <Empty
              icon={<IconFlag3 size={26} />}
              title={t('indicators.empty_title')}
              actions={
                <Allowed to="indicators.import">
                  <Button component={Link} to={paths.indicatorImport}>
                    {t('indicators.import')}
                  </Button>
                </Allowed>
              }
            >
              <p>{t('indicators.empty_text')}</p>
            </Empty>
          )
        }
      />
    </>
  );
}
