import './organisations.css';
import { IconCircleCheck } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { NetworkClaim, NetworkPage } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { useHiddenColumns } from '@/ui/column-choice';
import type { CsvColumn } from '@/ui/csv';
import { DataTable } from '@/ui/data-table';
import { Empty } from '@/ui/empty';
import { useFormat, type Format } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { networkName } from '@/ui/network-name';
import { PageHeader } from '@/ui/page-header';
import { PagedList } from '@/ui/paged-list';
import { usePages } from '@/ui/use-pages';
import { Places } from './places';

const asked = { conflict: true } as const;
const idOf = ({ kind, value }: NetworkClaim) => kind + value;

const columnsOf = (t: TFunction, format: Format): ColumnDef<NetworkClaim>[] => [
  { id: 'value', header: t('field.network'), meta: { narrow: 'title', fixed: true }, cell: ({ row }) => <span className="k-address">{networkName(row.original, format)}</span> },
  { id: 'kind', header: t('field.kind'), cell: ({ row }) => t(`network.${row.original.kind}`) },
  {
    id: 'organisations',
    header: t('conflicts.claimed_by'),
    cell: ({ row }) => (
      <ul className="k-claimants">
        {row.original.organisations.map((organisation) => (
          <li key={organisation.id} className="k-name">
            <Link to={paths.organisation(organisation.id)}>{organisation.name}</Link>
            <Allowed to="organisations.write">
              {' · '}
              <Link to={paths.organisationEdit(organisation.id)}>{t('action.edit')}</Link>
            </Allowed>
          </li>
        ))}
      </ul>
    ),
  },
];

const csv: readonly CsvColumn<NetworkClaim>[] = [
  ['kind', (claim) => claim.kind],
  ['value', (claim) => claim.value],
  ['organisations', (claim) => claim.organisations.map(({ name }) => name).join('; ')],
];

/** Networks that several organisations claim: somebody has to say whose they are. */
export function ConflictsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const pages = usePages<NetworkClaim, NetworkPage>('/networks', asked, 500);
  const { rows, first } = pages;
  const columns = useMemo(() => columnsOf(t, format), [t, format]);
  const hidden = useHiddenColumns('conflicts');
  return (
    <>
      <PageHeader
        title={t('organisations.conflicts')}
        answer={first === undefined ? '\u00a0' : rows.length === 0 ? t('conflicts.answer_none') : t('conflicts.answer', { count: rows.length })}
        actions={rows.length > 0 && <ListActions name="conflicts" columns={columns} csv={csv} rows={{ path: '/networks', query: asked }} />}
      />
      <Places />
      <PagedList
        pages={pages}
        whenEmpty={
          <Empty icon={<IconCircleCheck size={26} />} title={t('conflicts.empty_title')}>
            <p>{t('conflicts.empty_text')}</p>
          </Empty>
        }
      >
        <DataTable label={t('organisations.conflicts')} columns={columns} rows={rows} id={idOf} hidden={hidden} />
      </PagedList>
    </>
  );
}
