import { Button, Textarea } from '@mantine/core';
import { IconArrowMerge, IconArrowsSplit2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident, IncidentStory } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { DeedDialog } from '@/ui/deed-dialog';
import { Failure } from '@/ui/failure';
import { IncidentChoice } from '@/ui/incident-choice';
import { IncidentName } from '@/ui/incident-name';
import { Panel } from '@/ui/panel';
import { sayUndoable } from '@/ui/undo';
import { useMerge, useUnmerge } from './use-incidents';

function MergeDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const { t } = useTranslation();
  const merge = useMerge();
  const unmerge = useUnmerge();
  const [into, setInto] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const merged = ({ incident: after }: IncidentStory) => {
    onClose();
    sayUndoable(`incident:${incident.id}`, t('incidents.merged_said', { number: incident.number, other: after.merged_into?.number ?? '' }), () => unmerge.mutateAsync(after));
  };
  return (
    <DeedDialog title={t('incidents.merge_title', { number: incident.number })} deed={t('incidents.merge')} tone="plain" doing={merge} told={into !== null} onDo={() => into !== null && merge.mutate({ incident, into, reason: reason.trim() === '' ? null : reason.trim() }, { onSuccess: merged })} onClose={onClose}>
      <p>{t('incidents.merge_text')}</p>
      <IncidentChoice label={t('incidents.merge_into')} value={into} onChange={setInto} except={[incident.id]} />
      <Textarea label={t('why.label')} description={t('incidents.reason_note')} autosize minRows={2} maxRows={8} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </DeedDialog>
  );
}

/** Beside the title: the way to merge it into another. */
export function MergeButton({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const [merging, setMerging] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconArrowMerge size={14} aria-hidden />} onClick={() => setMerging(true)}>
        {t('incidents.merge')}…
      </Button>
      {merging && <MergeDialog incident={incident} onClose={() => setMerging(false)} />}
    </>
  );
}

/** Into which it was merged, and the way out again; nothing where it stands on its own. */
export function MergedInto({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const merge = useMerge();
  const unmerge = useUnmerge();
  const { merged_into: into } = incident;
  if (into === null) return null;
  const alone = ({ incident: after }: IncidentStory) => sayUndoable(`incident:${incident.id}`, t('incidents.unmerged_said', { number: incident.number }), (why) => merge.mutateAsync({ incident: after, into: into.id, reason: why }));
  return (
    <div className="k-warning k-incident-merged">
      <p>
        {t('incidents.merged_into')} <IncidentName of={into} />. {t('incidents.merged_note')}
      </p>
      <Allowed to="incidents.manage">
        <Button variant="default" loading={unmerge.isPending} leftSection={<IconArrowsSplit2 size={14} aria-hidden />} onClick={() => unmerge.mutate(incident, { onSuccess: alone })}>
          {t('incidents.unmerge')}
        </Button>
      </Allowed>
      {unmerge.error !== null && <Failure error={unmerge.error} />}
    </div>
  );
}

/** Those that were merged into it; nothing where there are none. */
export function Merged({ story: { merged } }: { story: IncidentStory }) {
  const { t } = useTranslation();
  if (merged.length === 0) return null;
  return (
    <Panel title={t('incidents.merged_here')} note={t('incidents.merged_here_note')}>
      <ul className="k-incident-lines">
        {merged.map((each) => (
          <li key={each.id}>
            <IncidentName of={each} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
