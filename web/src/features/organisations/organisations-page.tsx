import './organisations.css';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconBuildingCommunity, IconPlus, IconUpload } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import { entityClasses, sizes, type OrganisationPage, type OrganisationSummary, type Sector } from '@/contract/types';
import { labelOf, useSectors } from '@/contract/use-sectors';
import { Allowed } from '@/ui/allowed';
import { Choice } from '@/ui/choice';
import { useHiddenColumns } from '@/ui/column-choice';
import type { CsvColumn } from '@/ui/csv';
import { Empty } from '@/ui/empty';
import { useFormat, type Format } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { ListBeside } from '@/ui/list-beside';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { SavedViews } from '@/ui/saved-views';
import { SearchField } from '@/ui/search-field';
import { SectorChoice } from '@/ui/sector-choice';
import { useBeside } from '@/ui/use-beside';
import { usePages } from '@/ui/use-pages';
import { useQueryState } from '@/ui/use-query-state';
import { FacetChoice } from './facet-choice';
import { OrganisationPanel } from './organisation-panel';
import { Places } from './places';

const queryNames = ['search', 'sector', 'size', 'entity_class', 'contacts', 'sort', 'open'] as const;
type Filter = Partial<Record<Exclude<(typeof queryNames)[number], 'open'>, string>>;
const standings = [...entityClasses, 'undecided'] as const;
/** Contacts that nobody has confirmed for long; those after whom the organisation was asked twice. */
const freshness = ['due', 'team'] as const;
const idOf = (organisation: OrganisationSummary) => organisation.id;
const initiallyHidden: readonly string[] = ['confirmed'];
/** What the panel tells too. */
const besidePanel: readonly string[] = ['size', 'entity_class', 'networks', 'contacts', 'flows'];

const columnsOf = (t: TFunction, format: Format, sectors: readonly Sector[] | undefined): ColumnDef<OrganisationSummary>[] => [
  {
    id: 'name',
    header: t('field.name'),
    meta: { sort: 'name', narrow: 'title', fixed: true },
    cell: ({ row: { original } }) => (
      <>
        <Link to={paths.organisation(original.id)} className="k-strong-link">
          {original.name}
        </Link>
        {original.conflicts > 0 && (
          <span className="k-mark k-mark-after" data-tone="warn">
            <IconAlertTriangle size={12} aria-hidden />
            {t('organisations.conflict_count', { count: original.conflicts, n: format.number(original.conflicts) })}
          </span>
        )}
      </>
    ),
  },
  { id: 'sector', header: t('field.sector'), cell: ({ row: { original } }) => (original.sector === null ? <span className="k-faint">{t('filter.no_sector')}</span> : labelOf(sectors, original.sector, format.language)) },
  { id: 'size', header: t('field.size'), cell: ({ row: { original } }) => (original.size === null ? <span className="k-faint">–</span> : t(`size.${original.size}`)) },
  { id: 'entity_class', header: t('field.entity_class'), cell: ({ row: { original } }) => <span className={original.entity_class === null ? 'k-faint' : undefined}>{t(`entity_class.${original.entity_class ?? 'undecided'}`)}</span> },
  { id: 'networks', header: t('organisation.networks'), meta: { align: 'end' }, cell: ({ row }) => format.number(row.original.networks) },
  { id: 'contacts', header: t('organisation.contacts'), meta: { align: 'end' }, cell: ({ row: { original } }) => (original.contacts === 0 ? <span className="k-mark" data-tone="warn">{t('organisations.no_contact')}</span> : format.number(original.contacts)) },
  { id: 'confirmed', header: t('organisations.confirmed'), meta: { align: 'end' }, cell: ({ row: { original } }) => (original.contacts === 0 ? <span className="k-faint">–</span> : <Moment at={original.contacts_confirmed_at} as="day" />) },
  {
    id: 'sightings',
    header: t('organisations.sightings_24h'),
    meta: { align: 'end', sort: 'sightings' },
    cell: ({ row: { original } }) => (original.sightings_24h === 0 ? <span className="k-faint">0</span> : <Link to={paths.sightings({ organisation: original.id })}>{format.number(original.sightings_24h)}</Link>),
  },
  { id: 'flows', header: t('organisations.flows_24h'), meta: { align: 'end', sort: 'flows' }, cell: ({ row }) => format.number(row.original.flows_24h) },
  { id: 'last', header: t('field.last_sighted'), meta: { align: 'end' }, cell: ({ row }) => <Moment at={row.original.last_sighted} as="ago" /> },
];

const csv: readonly CsvColumn<OrganisationSummary>[] = [
  ['id', (o) => o.id],
  ['name', (o) => o.name],
  ['short_name', (o) => o.short_name],
  ['sector', (o) => o.sector],
  ['networks', (o) => o.networks],
  ['contacts', (o) => o.contacts],
  ['contacts_confirmed_at', (o) => o.contacts_confirmed_at],
  ['conflicts', (o) => o.conflicts],
  ['sightings_24h', (o) => o.sightings_24h],
  ['flows_24h', (o) => o.flows_24h],
  ['last_sighted', (o) => o.last_sighted],
];

/** Who owns which part of the country's network, and at whom something was seen. */
export function OrganisationsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: sectors } = useSectors();
  const [{ open, ...query }, change] = useQueryState(queryNames);
  const narrow = (next: Filter, way?: { replace: boolean }) => change({ ...next, open: undefined }, way);
  const sort = query.sort ?? 'name';
  const asked = { ...query, sort };
  const pages = usePages<OrganisationSummary, OrganisationPage>('/organisations', asked);
  const facets = pages.first?.facets;
  const columns = useMemo(() => columnsOf(t, format, sectors), [t, format, sectors]);
  const beside = useBeside({ open, change, id: idOf, chosen: useHiddenColumns('organisations', initiallyHidden), giveWay: besidePanel });
  const narrowed = [query.search, query.sector, query.size, query.entity_class, query.contacts].some((value) => value !== undefined);

  return (
    <>
      <PageHeader
        title={t('nav.organisations')}
        answer={pages.first === undefined ? '\u00a0' : pages.first.total === 0 && !narrowed ? t('organisations.answer_none') : t('organisations.answer', { count: pages.first.total, n: format.number(pages.first.total) })}
        actions={
          <>
            <SavedViews list="organisations" />
            <ListActions name="organisations" columns={columns} initially={initiallyHidden} csv={csv} rows={{ path: '/organisations', query: asked }} />
            <Allowed to="organisations.write">
              <Button component={Link} to={paths.organisationImport} variant="default" leftSection={<IconUpload size={14} aria-hidden />}>
                {t('action.import')}
              </Button>
              <Button component={Link} to={paths.organisationNew} leftSection={<IconPlus size={14} aria-hidden />}>
                {t('organisations.add')}
              </Button>
            </Allowed>
          </>
        }
      />
      <Places />
      <div className="k-tools">
        <SearchField label={t('organisations.search')} value={query.search} onSearch={(search) => narrow({ search }, { replace: true })} />
        <div className="k-tools-select">
          <SectorChoice value={query.sector} onChange={(sector) => narrow({ sector })} />
        </div>
        <FacetChoice name={t('field.size')} every={t('filter.all_sizes')} values={sizes.map((size) => ({ value: size, label: t(`size.${size}`) }))} counts={facets?.size} value={query.size} onChange={(size) => narrow({ size })} />
        <FacetChoice name={t('field.entity_class')} every={t('filter.all_classes')} values={standings.map((each) => ({ value: each, label: t(`entity_class.${each}`) }))} counts={facets?.entity_class} value={query.entity_class} onChange={(entity_class) => narrow({ entity_class })} />
        <Choice label={t('organisation.contacts')} every={t('organisations.contacts_any')} values={freshness.map((value) => ({ value, label: t(`organisations.contacts_${value}`) }))} value={query.contacts} onChange={(contacts) => narrow({ contacts })} />
      </div>
      <ListBeside
        label={t('nav.organisations')}
        columns={columns}
        pages={pages}
        total={pages.first?.total}
        sort={sort}
        onSort={(next) => change({ sort: next })}
        beside={beside}
        panel={(id, close) => <OrganisationPanel id={id} onClose={close} />}
        whenEmpty={
          narrowed ? undefined : (
            <Empty
              icon={<IconBuildingCommunity size={26} />}
              title={t('organisations.empty_title')}
              actions={
                <Allowed to="organisations.write">
                  <Button component={Link} to={paths.organisationImport}>
                    {t('organisations.import')}
                  </Button>
                  <Button component={Link} to={paths.organisationNew} variant="default">
                    {t('organisations.add')}
                  </Button>
                </Allowed>
              }
            >
              <p>{t('organisations.empty_text')}</p>
            </Empty>
          )
        }
      />
    </>
  );
}
