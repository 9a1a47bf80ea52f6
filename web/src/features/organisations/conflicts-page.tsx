import './organisations.css';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { NetworkClaim, NetworkPage } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { Empty } from '@/ui/empty';
import { Failure } from '@/ui/failure';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { TableSkeleton } from '@/ui/table-skeleton';
import { usePages } from '@/ui/use-pages';
import { Places } from './places';

/** Networks that several organisations claim: somebody has to say whose they are. */
export function ConflictsPage() {
  const { t } = useTranslation();
  const { rows, error, isPending, refetch } = usePages<NetworkClaim, NetworkPage>('/networks', { conflict: true }, 500);
  return (
    <>
      <PageHeader title={t('organisations.conflicts')} answer={isPending ? '\u00a0' : rows.length === 0 ? t('conflicts.answer_none') : t('conflicts.answer', { count: rows.length })} />
      <Places />
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {isPending && <TableSkeleton />}
      {!isPending && error === null && rows.length === 0 && (
        <Panel>
          <Empty icon={<IconCircleCheck size={26} />} title={t('conflicts.empty_title')}>
            <p>{t('conflicts.empty_text')}</p>
          </Empty>
        </Panel>
      )}
      {rows.length > 0 && (
        <Panel flush>
          <table className="k-table">
            <thead>
              <tr>
                <th scope="col">{t('field.network')}</th>
                <th scope="col">{t('field.kind')}</th>
                <th scope="col">{t('conflicts.claimed_by')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((claim) => (
                <tr key={claim.kind + claim.value}>
                  <td data-narrow="title">
                    <span className="k-address">{claim.value}</span>
                  </td>
                  <td data-label={t('field.kind')}>{t(`network.${claim.kind}`)}</td>
                  <td data-label={t('conflicts.claimed_by')}>
                    <ul className="k-claimants">
                      {claim.organisations.map((organisation) => (
                        <li key={organisation.id}>
                          <Link to={paths.organisation(organisation.id)}>{organisation.name}</Link>
                          <Allowed to="organisations.write">
                            {' · '}
                            <Link to={paths.organisationEdit(organisation.id)}>{t('action.edit')}</Link>
                          </Allowed>
                        </li>
                      ))}
                    </ul>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
    </>
  );
}
