import '@/ui/access.css';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPlus, IconShieldCheck, IconUsers } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import { userStates, type User, type UserPage } from '@/contract/types';
import { useRoles } from '@/contract/use-roles';
import { useMay } from '@/contract/use-session';
import { Choice } from '@/ui/choice';
import { useHiddenColumns } from '@/ui/column-choice';
import type { CsvColumn } from '@/ui/csv';
import { DataTable } from '@/ui/data-table';
import { Empty } from '@/ui/empty';
import { useFormat } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { PagedList } from '@/ui/paged-list';
import { SavedViews } from '@/ui/saved-views';
import { SearchField } from '@/ui/search-field';
import { usePages } from '@/ui/use-pages';
import { useQueryState } from '@/ui/use-query-state';
import { UserStateMark } from './state-mark';

const names = ['search', 'role', 'state', 'sort'] as const;
const idOf = (user: User) => user.id;

/** What besides the password proves who a person is, or that nothing does. */
export function SecondFactorMark({ user }: { user: User }) {
  const { t } = useTranslation();
  const has = (['totp', 'passkey'] as const).filter((factor) => user.second_factors.includes(factor));
  if (user.state !== 'active' && has.length === 0) return <span className="k-faint">–</span>;
  const Icon = has.length > 0 ? IconShieldCheck : IconAlertTriangle;
  return (
    <span className="k-mark" data-tone={has.length > 0 ? 'good' : 'warn'}>
      <Icon size={13} aria-hidden />
      {has.length > 0 ? has.map((factor) => t(`factor.${factor}`)).join(', ') : t('people.no_second_factor')}
    </span>
  );
}

const columnsOf = (t: TFunction): ColumnDef<User>[] => [
  {
    id: 'full_name',
    header: t('field.full_name'),
    meta: { narrow: 'title', fixed: true },
    cell: ({ row: { original } }) => (
      <Link to={paths.person(original.id)} className="k-strong-link">
        {original.full_name}
      </Link>
    ),
  },
  { id: 'name', header: t('sign_in.name'), meta: { sort: 'name' }, cell: ({ row }) => row.original.name },
  { id: 'roles', header: t('field.roles'), cell: ({ row }) => row.original.roles.map((role) => t(`role.${role}`)).join(', ') },
  { id: 'state', header: t('field.state'), cell: ({ row }) => <UserStateMark state={row.original.state} /> },
  { id: 'second_factors', header: t('field.second_factors'), cell: ({ row }) => <SecondFactorMark user={row.original} /> },
  { id: 'last_sign_in', header: t('field.last_sign_in'), meta: { align: 'end', sort: 'last_sign_in' }, cell: ({ row }) => <Moment at={row.original.last_sign_in} as="ago" absent={t('people.never')} /> },
];

const csv: readonly CsvColumn<User>[] = [
  ['id', (u) => u.id],
  ['name', (u) => u.name],
  ['full_name', (u) => u.full_name],
  ['email', (u) => u.email],
  ['language', (u) => u.language],
  ['roles', (u) => u.roles.join('; ')],
  ['organisation', (u) => u.organisation],
  ['state', (u) => u.state],
  ['second_factors', (u) => u.second_factors.join('; ')],
  ['last_sign_in', (u) => u.last_sign_in],
];

/** Who may sign in to the desk, as what, and how well that is secured. */
export function PeoplePage() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const { data: roles } = useRoles();
  const [query, change] = useQueryState(names);
  const pages = usePages<User, UserPage>('/users', query);
  const columns = useMemo(() => columnsOf(t), [t]);
  const hidden = useHiddenColumns('people');
  const narrowed = query.search !== undefined || query.role !== undefined || query.state !== undefined;
  return (
    <>
      <PageHeader
        title={t('nav.people')}
        answer={pages.first === undefined ? '\u00a0' : t(narrowed ? 'people.answer_narrowed' : 'people.answer', { count: pages.first.total, n: format.number(pages.first.total) })}
        actions={
          <>
            <SavedViews list="people" />
            <ListActions name="people" columns={columns} csv={csv} rows={{ path: '/users', query }} />
            {may('users.manage') && (
              <Button component={Link} to={paths.personNew} leftSection={<IconPlus size={14} aria-hidden />}>
                {t('people.invite')}
              </Button>
            )}
          </>
        }
      />
      <div className="k-tools">
        <SearchField label={t('people.search')} value={query.search} onSearch={(search) => change({ search }, { replace: true })} />
        <Choice label={t('field.role')} every={t('people.all_roles')} values={(roles ?? []).map(({ id }) => ({ value: id, label: t(`role.${id}`) }))} value={query.role} onChange={(role) => change({ role })} />
        <Choice label={t('field.state')} every={t('people.all_states')} values={userStates.map((state) => ({ value: state, label: t(`user_state.${state}`) }))} value={query.state} onChange={(state) => change({ state })} />
      </div>
      <PagedList
        pages={pages}
        total={pages.first?.total}
        whenEmpty={
          narrowed ? undefined : (
            <Empty icon={<IconUsers size={26} />} title={t('people.empty_title')}>
              <p>{t('people.empty_text')}</p>
            </Empty>
          )
        }
      >
        <DataTable label={t('nav.people')} columns={columns} rows={pages.rows} id={idOf} hidden={hidden} sort={query.sort ?? 'name'} onSort={(sort) => change({ sort })} />
      </PagedList>
    </>
  );
}
