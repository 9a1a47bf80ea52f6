import './incidents.css';
import { IconFirstAidKit } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { paths } from '@/contract/paths';
import type { IncidentInput, IncidentStory } from '@/contract/types';
import { BackLink } from '@/ui/back-link';
import { Failure } from '@/ui/failure';
import { useNavigate } from '@/ui/navigate';
import { PageHeader } from '@/ui/page-header';
import { TableSkeleton } from '@/ui/table-skeleton';
import { say } from '@/ui/toast';
import { sayUndoable } from '@/ui/undo';
import { useBegun } from '@/ui/use-begun';
import { draftOf, inputOf } from './draft';
import { IncidentForm } from './incident-form';
import { useIncident, useOpen, useSave, useVocabulary } from './use-incidents';

/** Opens an incident, or changes one. */
export function IncidentFormPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const vocabulary = useVocabulary();
  const incident = useIncident(id);
  const { begun, renew } = useBegun(incident);
  const open = useOpen();
  const save = useSave();
  const submit = (input: IncidentInput, letGo: () => void) => {
    const opened = ({ incident: { id: made, number } }: IncidentStory) => {
      letGo();
      say(t('incidents.opened_said', { number }));
      navigate(paths.incident(made));
    };
    if (begun === undefined) {
      open.mutate(input, { onSuccess: opened });
      return;
    }
    const before = inputOf(draftOf(begun, undefined));
    const saved = ({ incident: after }: IncidentStory) => {
      letGo();
      const text = t('incidents.saved', { number: after.number });
      if (before === undefined) say(text);
      else sayUndoable(`incident:${after.id}`, text, (why) => save.mutateAsync({ present: after, input: before, why }));
      navigate(paths.incident(after.id));
    };
    save.mutate({ present: begun, input }, { onSuccess: saved });
  };
  const error = incident.error ?? vocabulary.error;
  const ready = vocabulary.data !== undefined && (id === undefined || begun !== undefined);
  return (
    <>
      <PageHeader title={t(id === undefined ? 'incidents.open' : 'incidents.edit')} answer={begun === undefined ? t('incidents.form_text') : <span translate="no">{begun.number} {begun.title}</span>} above={<BackLink to={paths.incidents()} icon={IconFirstAidKit}>{t('nav.incidents')}</BackLink>} />
      {error !== null && <Failure error={error} retry={() => void Promise.all([incident.refetch(), vocabulary.refetch()])} />}
      {!ready && error === null && <TableSkeleton />}
      {ready && (
        <IncidentForm key={begun?.version} incident={begun} error={open.error ?? save.error} saving={open.isPending || save.isPending} onSave={submit} onCancel={() => navigate(id === undefined ? paths.incidents() : paths.incident(id))} onRenew={() => void renew(save.reset)} />
      )}
    </>
  );
}
