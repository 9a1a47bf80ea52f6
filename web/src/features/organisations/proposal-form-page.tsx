import './organisations.css';
import { IconBuildingCommunity } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { paths } from '@/contract/paths';
import type { Organisation } from '@/contract/types';
import { Failure } from '@/ui/failure';
import { useNavigate } from '@/ui/navigate';
import { PageHeader } from '@/ui/page-header';
import { TableSkeleton } from '@/ui/table-skeleton';
import { say } from '@/ui/toast';
import { OrganisationForm } from './organisation-form';
import { useOrganisation } from './use-organisation';
import { usePropose } from './use-proposals';

/** What an organisation's own people want changed; the team decides. */
export function ProposalFormPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const { data: organisation, error, refetch, isFetching } = useOrganisation(id);
  // As in the form of the record: what is read anew meanwhile takes its place only when a person asks for it.
  const [begun, setBegun] = useState<Organisation>();
  if (begun === undefined && organisation !== undefined && !isFetching) setBegun(organisation);
  const propose = usePropose(begun);
  const renew = async () => {
    const { data: present, isSuccess } = await refetch();
    if (!isSuccess) return;
    propose.reset();
    setBegun(present);
  };
  return (
    <>
      <PageHeader
        title={t('proposals.propose')}
        answer={t('proposals.form_text')}
        above={
          <Link to={paths.organisation(id)} className="k-back">
            <IconBuildingCommunity size={15} aria-hidden /> {begun?.name ?? t('field.organisation')}
          </Link>
        }
      />
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {begun === undefined && error === null && <TableSkeleton />}
      {begun !== undefined && (
        <OrganisationForm
          key={begun.version}
          kind="proposal"
          organisation={begun}
          error={propose.error}
          saving={propose.isPending}
          onRenew={() => void renew()}
          onCancel={() => navigate(paths.organisation(id))}
          onSave={(input, letGo, remark) =>
            propose.mutate(
              { input, remark },
              {
                onSuccess: () => {
                  letGo();
                  say(t('proposals.sent'));
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
