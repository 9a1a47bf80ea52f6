import './organisations.css';
import { IconBuildingCommunity } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { paths } from '@/contract/paths';
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
  const { data: organisation, error, refetch, dataUpdatedAt } = useOrganisation(id);
  const save = useSaveOrganisation(organisation);
  const title = id === undefined ? t('organisations.add') : t('organisation.edit');
  const back = id === undefined ? paths.organisations() : paths.organisation(id);
  const ready = id === undefined || organisation !== undefined;
  return (
    <>
      <PageHeader
        title={title}
        answer={organisation?.name ?? t('organisation.form_text')}
        above={
          <Link to={paths.organisations()} className="k-back">
            <IconBuildingCommunity size={15} aria-hidden /> {t('nav.organisations')}
          </Link>
        }
      />
      {!ready && (error === null ? <TableSkeleton /> : <Failure error={error} retry={() => void refetch()} />)}
      {ready && (
        <OrganisationForm
          key={organisation === undefined ? 'new' : `${organisation.version}-${save.error === null ? '' : dataUpdatedAt}`}
          organisation={organisation}
          error={save.error}
          saving={save.isPending}
          onRenew={() => {
            save.reset();
            void refetch();
          }}
          onCancel={() => navigate(back)}
          onSave={(input) =>
            save.mutate(input, {
              onSuccess: (saved) => {
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
