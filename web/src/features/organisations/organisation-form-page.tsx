import './organisations.css';
import { IconBuildingCommunity } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { paths } from '@/contract/paths';
import type { Organisation } from '@/contract/types';
import { BackLink } from '@/ui/back-link';
import { Failure } from '@/ui/failure';
import { useNavigate } from '@/ui/navigate';
import { PageHeader } from '@/ui/page-header';
import { TableSkeleton } from '@/ui/table-skeleton';
import { say } from '@/ui/toast';
import { sayUndoable } from '@/ui/undo';
import { useBegun } from '@/ui/use-begun';
import { draftOf, inputOf } from './draft';
import { OrganisationForm } from './organisation-form';
import { useOrganisation, useSaveOrganisation } from './use-organisation';

/** Adds an organisation, or changes one. */
export function OrganisationFormPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const stored = useOrganisation(id);
  const { begun, renew } = useBegun(stored);
  const save = useSaveOrganisation();
  const title = id === undefined ? t('organisations.add') : t('organisation.edit');
  const back = id === undefined ? paths.organisations() : paths.organisation(id);
  const ready = id === undefined || begun !== undefined;
  const tell = (saved: Organisation) => {
    const said = t('organisation.saved', { name: saved.name });
    if (begun === undefined) say(said);
    else sayUndoable(`organisation:${saved.id}`, said, (why) => save.mutateAsync({ present: saved, input: inputOf(draftOf(begun)), why }));
  };
  return (
    <>
      <PageHeader
        title={title}
        answer={begun?.name ?? t('organisation.form_text')}
        above={<BackLink to={paths.organisations()} icon={IconBuildingCommunity}>{t('nav.organisations')}</BackLink>}
      />
      {stored.error !== null && <Failure error={stored.error} retry={() => void stored.refetch()} />}
      {!ready && stored.error === null && <TableSkeleton />}
      {ready && (
        <OrganisationForm
          key={begun?.version}
          organisation={begun}
          error={save.error}
          saving={save.isPending}
          onRenew={() => void renew(save.reset)}
          onCancel={() => navigate(back)}
          onSave={(input, letGo) =>
            save.mutate(
              { present: begun, input },
              {
                onSuccess: (saved) => {
                  letGo();
                  tell(saved);
                  navigate(paths.organisation(saved.id));
                },
              },
            )
          }
        />
      )}
    </>
  );
}
