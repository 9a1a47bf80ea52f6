import './organisations.css';
import { IconBuildingCommunity } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { paths } from '@/contract/paths';
import { BackLink } from '@/ui/back-link';
import { Failure } from '@/ui/failure';
import { useNavigate } from '@/ui/navigate';
import { PageHeader } from '@/ui/page-header';
import { TableSkeleton } from '@/ui/table-skeleton';
import { sayUndoable } from '@/ui/undo';
import { useBegun } from '@/ui/use-begun';
import { OrganisationForm } from './organisation-form';
import { useOrganisation } from './use-organisation';
import { useDecide, usePropose } from './use-proposals';

/** What an organisation's own people want changed; the team decides. */
export function ProposalFormPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const stored = useOrganisation(id);
  const { begun, renew } = useBegun(stored);
  const propose = usePropose(begun);
  const decide = useDecide();
  return (
    <>
      <PageHeader
        title={t('proposals.propose')}
        answer={t('proposals.form_text')}
        above={<BackLink to={paths.organisation(id)} icon={IconBuildingCommunity}>{begun?.name ?? t('field.organisation')}</BackLink>}
      />
      {stored.error !== null && <Failure error={stored.error} retry={() => void stored.refetch()} />}
      {begun === undefined && stored.error === null && <TableSkeleton />}
      {begun !== undefined && (
        <OrganisationForm
          key={begun.version}
          kind="proposal"
          organisation={begun}
          error={propose.error}
          saving={propose.isPending}
          onRenew={() => void renew(propose.reset)}
          onCancel={() => navigate(paths.organisation(id))}
          onSave={(input, letGo, remark) =>
            propose.mutate(
              { input, remark },
              {
                onSuccess: (sent) => {
                  letGo();
                  sayUndoable(`proposal:${sent.id}`, t('proposals.sent'), (why) => decide.mutateAsync({ id: sent.id, deed: 'withdrawal', why }), t('proposals.withdrawn'));
                  navigate(paths.proposals());
                },
              },
            )
          }
        />
      )}
    </>
  );
}
