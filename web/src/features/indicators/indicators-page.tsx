import './indicators.css';
import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks';
import { IconFlag3, IconSearch, IconUpload } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import { indicatorKinds, type Indicator, type IndicatorPage } from '@/contract/types';
import { useSources } from '@/contract/use-sources';
import { useStatus } from '@/contract/use-status';
import { Allowed } from '@/ui/allowed';
import { ColumnChoice, useHiddenColumns } from '@/ui/column-choice';
import { DataTable } from '@/ui/data-table';
import { Empty } from '@/ui/empty';
import { ExportButton } from '@/ui/export-button';
import { useFormat } from '@/ui/format';
import { PageHeader } from '@/ui/page-header';
import { PagedList } from '@/ui/paged-list';
import { SavedViews } from '@/ui/saved-views';
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
  const [typed, setTyped] = useState(filter.search ?? '');
  const search = useDebouncedCallback((text: string) => change({ search: text.trim() }, { replace: true }), 250);
  const clear = { 'aria-label': t('action.clear') };
  const state = filter.flagged === 'true' ? 'flagged' : filter.active === 'true' ? 'active' : filter.active === 'false' ? 'inactive' : null;
  return (
    <div className="k-tools">
      <TextInput
        size="xs"
        className="k-tools-search"
        aria-label={t('indicators.search')}
        placeholder={t('indicators.search')}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={typed}
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <Select size="xs" className="k-tools-select" aria-label={t('field.kind')} placeholder={t('indicators.all_kinds')} data={indicatorKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} value={filter.kind ?? null} onChange={(kind) => change({ kind: kind ?? '' })} clearable clearButtonProps={clear} />
      <Select size="xs" className="k-tools-select" aria-label={t('field.source')} placeholder={t('indicators.all_sources')} data={(sources ?? []).map(({ name }) => name)} value={filter.source ?? null} onChange={(source) => change({ source: source ?? '' })} clearable clearButtonProps={clear} searchable nothingFoundMessage={t('list.none')} />
      <Select
        size="xs"
        className="k-tools-select"
        aria-label={t('field.state')}
        placeholder={t('indicators.all_states')}
        data={[
          { value: 'active', label: t('state.active_ones') },
          { value: 'inactive', label: t('state.inactive_ones') },
          { value: 'flagged', label: t('indicator.flagged') },
        ]}
        value={state}
        onChange={(next) => change({ flagged: next === 'flagged' ? 'true' : '', active: next === 'active' ? 'true' : next === 'inactive' ? 'false' : '' })}
        clearable
        clearButtonProps={clear}
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
  const chosen = useHiddenColumns('indicators', initiallyHidden);
  const roomy = useMediaQuery('(min-width: 1800px)');
  const hidden = open !== undefined && !roomy ? hiddenBesidePanel : chosen;
  const select = useCallback((indicator: Indicator) => change({ open: indicator.id }, { replace: true }), [change]);
  const close = useCallback(() => change({ open: undefined }, { replace: true }), [change]);
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
            <ColumnChoice table="indicators" columns={columns} initially={initiallyHidden} />
            <ExportButton name="indicators" columns={indicatorsCsv} rows={{ path: '/indicators', query: { ...filter, sort } }} />
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
      <div className="k-with-side" data-open={open !== undefined || undefined}>
        <PagedList
          pages={pages}
          total={pages.first?.total}
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
        >
          <DataTable label={t('nav.indicators')} columns={columns} rows={pages.rows} id={idOf} hidden={hidden} sort={sort} onSort={(next) => change({ sort: next })} selected={open ?? null} onSelect={select} />
        </PagedList>
        {open !== undefined && <IndicatorPanel id={open} onClose={close} />}
      </div>
    </>
  );
}
