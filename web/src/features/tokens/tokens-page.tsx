import '@/ui/access.css';
import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import { stateOf, type TokenState } from '@/contract/token-state';
import type { Token } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { useTokens } from '@/contract/use-tokens';
import { useHiddenColumns } from '@/ui/column-choice';
import type { CsvColumn } from '@/ui/csv';
import { DataTable } from '@/ui/data-table';
import { DeedDialog } from '@/ui/deed-dialog';
import { Empty } from '@/ui/empty';
import { useFormat } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { Moment } from '@/ui/moment';
import { OrganisationLink } from '@/ui/organisation-link';
import { PageHeader } from '@/ui/page-header';
import { PagedList } from '@/ui/paged-list';
import { say } from '@/ui/toast';
import { useNow } from '@/ui/use-now';
import { WhyField } from '@/ui/why-field';
import { useRevokeToken } from './use-tokens';

const tones: Readonly<Record<TokenState, string>> = { open: 'good', expiring: 'warn', expired: 'neutral', revoked: 'neutral' };
const idOf = (token: Token) => token.id;
const none: readonly Token[] = [];
const isOpen = (token: Token, now: Date) => ['open', 'expiring'].includes(stateOf(token, now));

const fewPermissions = 4;

/** All of them where they are few; else their number, and all of them on demand. */
function Permissions({ permissions }: { permissions: readonly string[] }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const list = (
    <ul className="k-plain-list">
      {permissions.map((permission) => (
        <li key={permission}>{t(`permission.${permission}`)}</li>
      ))}
    </ul>
  );
  if (permissions.length <= fewPermissions) return list;
  return (
    <details>
      <summary>{t('tokens.permission_count', { count: permissions.length, n: number(permissions.length) })}</summary>
      {list}
    </details>
  );
}

const columnsOf = (t: TFunction, now: Date, revoke: ((token: Token) => void) | undefined): ColumnDef<Token>[] => [
  {
    id: 'name',
    header: t('tokens.purpose'),
    meta: { narrow: 'title', fixed: true },
    cell: ({ row: { original } }) => (
      <>
        <span className="k-strong">{original.name}</span>
        {original.person !== null && <span className="k-cell-two">{t('tokens.of_person')}</span>}
      </>
    ),
  },
  {
    id: 'state',
    header: t('field.state'),
    cell: ({ row }) => {
      const state = stateOf(row.original, now);
      return (
        <span className="k-mark" data-tone={tones[state]}>
          {t(`token_state.${state}`)}
        </span>
      );
    },
  },
  { id: 'permissions', header: t('tokens.permissions'), cell: ({ row }) => <Permissions permissions={row.original.permissions} /> },
  { id: 'organisation', header: t('tokens.sees'), cell: ({ row: { original } }) => (original.organisation === null ? t('tokens.sees_all') : <OrganisationLink id={original.organisation} />) },
  { id: 'expires', header: t('field.valid_until'), cell: ({ row }) => <Moment at={row.original.expires_at} as="day" /> },
  {
    id: 'used',
    header: t('tokens.last_used'),
    cell: ({ row: { original } }) => (
      <>
        <Moment at={original.last_used_at} as="ago" absent={t('tokens.never_used')} />
        {original.last_used_from !== null && <span className="k-cell-two k-address">{original.last_used_from}</span>}
      </>
    ),
  },
  {
    id: 'revoke',
    header: t('tokens.deed'),
    meta: { align: 'end', fixed: true },
    cell: ({ row: { original } }) =>
      revoke !== undefined && isOpen(original, now) ? (
        <Button variant="default" onClick={() => revoke(original)} aria-label={t('tokens.revoke_that', { name: original.name })}>
          {t('tokens.revoke')}
        </Button>
      ) : (
        <span className="k-faint">–</span>
      ),
  },
];

const csv: readonly CsvColumn<Token>[] = [
  ['id', (token) => token.id],
  ['name', (token) => token.name],
  ['permissions', (token) => token.permissions.join('; ')],
  ['organisation', (token) => token.organisation],
  ['person', (token) => token.person],
  ['created_at', (token) => token.created_at],
  ['expires_at', (token) => token.expires_at],
  ['last_used_at', (token) => token.last_used_at],
  ['last_used_from', (token) => token.last_used_from],
  ['revoked_at', (token) => token.revoked_at],
];

function Revocation({ token, onClose }: { token: Token; onClose: () => void }) {
  const { t } = useTranslation();
  const [why, setWhy] = useState('');
  const revoke = useRevokeToken();
  const done = () => {
    say(t('tokens.revoked', { name: token.name }));
    onClose();
  };
  return (
    <DeedDialog title={t('tokens.revoke_title', { name: token.name })} deed={t('tokens.revoke')} tone="grave" doing={revoke} onDo={() => revoke.mutate({ token, why }, { onSuccess: done })} onClose={onClose}>
      <p>{t('tokens.revoke_text')}</p>
      <WhyField value={why} onChange={setWhy} />
    </DeedDialog>
  );
}

/** Programs that may ask this server, as what, and when they last did. */
export function TokensPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const may = useMay();
  const { data, error, isPending, refetch } = useTokens();
  const tokens = data ?? none;
  const [revoking, setRevoking] = useState<Token>();
  const manages = may('tokens.manage');
  const columns = useMemo(() => columnsOf(t, now, manages ? setRevoking : undefined), [t, now, manages]);
  const hidden = useHiddenColumns('tokens');
  const open = tokens.filter((token) => isOpen(token, now)).length;
  const make = manages ? (
    <Button component={Link} to={paths.tokenNew} leftSection={<IconPlus size={14} aria-hidden />}>
      {t('tokens.make')}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader
        title={t('nav.tokens')}
        answer={data === undefined ? '\u00a0' : open === 0 ? t('tokens.answer_none') : t('tokens.answer', { count: open, n: format.number(open) })}
        actions={
          <>
            <ListActions name="tokens" columns={columns} csv={csv} rows={tokens} />
            {make}
          </>
        }
      />
      <PagedList
        pages={{ rows: tokens, error, isPending, refetch }}
        whenEmpty={
          <Empty icon={<IconKey size={26} />} title={t('tokens.empty_title')} actions={make}>
            <p>{t('tokens.empty_text')}</p>
          </Empty>
        }
      >
        <DataTable label={t('nav.tokens')} columns={columns} rows={tokens} id={idOf} hidden={hidden} />
      </PagedList>
      {revoking !== undefined && <Revocation token={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}
