import './organisations.css';
import { IconBuildingCommunity } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { paths } from '@/contract/paths';
import type { Organisation } from '@/contract/types';
import { Failure } from '@/ui/failure';
import { PageHeader } from '@/ui/page-header';
import { TableSkeleton } from '@/ui/table-skeleton';
import { say } from '@/ui/toast';
import { useNavigate } from '@/ui/navigate';
import { OrganisationForm } from './organisation-form';
import { useOrganisation, useSaveOrganisation } from './use-organisation';

/** Adds an organisation, or changes one. */
export function OrganisationFormPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const { data: organisation, error, refetch, isFetching } = useOrganisation(id);
  // The version the draft began with: what is read anew meanwhile takes its place only when a person asks for it.
  const [begun, setBegun] = useState<Organisation>();
  if (begun === undefined && organisation !== undefined && !isFetching) setBegun(organisation);
  const save = useSaveOrganisation(begun);
  const title = id === undefined ? t('organisations.add') : t('organisation.edit');
  const back = id === undefined ? paths.organisations() : paths.organisation(id);
  const ready = id === undefined || begun !== undefined;
  const renew = async () => {
    const { data: present, isSuccess } = await refetch();
    if (!isSuccess) return;
    save.reset();
    setBegun(present);
  };
  return (
    <>
      <PageHeader
        title={title}
        answer={begun?.name ?? t('organisation.form_text')}
        above={
          <Link to={paths.organisations()} className="k-back">
            <IconBuildingCommunity size={15} aria-hidden /> {t('nav.organisations')}
          </Link>
        }
      />
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {!ready && error === null && <TableSkeleton />}
      {ready && (
        <OrganisationForm
          key={begun?.version}
          organisation={begun}
          error={save.error}
          saving={save.isPending}
          onRenew={() => void renew()}
          onCancel={() => navigate(back)}
          onSave={(input, letGo) =>
            save.mutate(input, {
              onSuccess: (saved) => {
                letGo();
                say(t('organisation.saved', { name: saved.name }));
                navigate(paths.organisation(saved.id));
              },
            })
          }
        />
      )}
    </>
  );
}
