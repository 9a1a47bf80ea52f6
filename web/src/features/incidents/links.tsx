import { ActionIcon, Button, Select } from '@mantine/core';
import { IconLink, IconUnlink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { incidentLinkKinds, type Incident, type IncidentLink, type IncidentLinkKind, type IncidentStory } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { DeedDialog } from '@/ui/deed-dialog';
import { Failure } from '@/ui/failure';
import { IncidentChoice } from '@/ui/incident-choice';
import { IncidentName } from '@/ui/incident-name';
import { Panel } from '@/ui/panel';
import { sayUndoable } from '@/ui/undo';
import { StateMark } from './marks';
import { useLink, useUnlink } from './use-incidents';

function LinkDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const { t } = useTranslation();
  const link = useLink();
  const unlink = useUnlink();
  const [kind, setKind] = useState<IncidentLinkKind>('related');
  const [other, setOther] = useState<string | null>(null);
  const linked = ({ links }: IncidentStory) => {
    onClose();
    const made = links.find((each) => each.incident.id === other && each.kind === kind);
    if (made !== undefined) sayUndoable(`incident:${incident.id}`, t('incidents.linked', { number: made.incident.number }), () => unlink.mutateAsync({ id: incident.id, link: made.id }));
  };
  return (
    <DeedDialog title={t('incidents.link_title', { number: incident.number })} deed={t('incidents.link')} tone="plain" doing={link} told={other !== null} onDo={() => other !== null && link.mutate({ id: incident.id, kind, other }, { onSuccess: linked })} onClose={onClose}>
      <Select label={t('incidents.link_kind')} data={incidentLinkKinds.map((each) => ({ value: each, label: t(`incident_link.${each}`) }))} value={kind} onChange={(next) => setKind(next ?? kind)} allowDeselect={false} />
      <IncidentChoice label={t('incidents.other')} value={other} onChange={setOther} except={[incident.id]} />
    </DeedDialog>
  );
}

function Line({ of, link, may }: { of: Incident; link: IncidentLink; may: boolean }) {
  const { t } = useTranslation();
  const relink = useLink();
  const unlink = useUnlink();
  const { number } = link.incident;
  const undo = () => relink.mutateAsync({ id: of.id, kind: link.kind, other: link.incident.id });
  return (
    <li>
      <div className="k-incident-link">
        <span>
          <span className="k-faint">{t(`incident_link.${link.kind}`)}</span> <IncidentName of={link.incident} /> <StateMark state={link.state} />
        </span>
        {may && (
          <ActionIcon variant="subtle" color="gray" loading={unlink.isPending} aria-label={t('incidents.unlink', { number })} onClick={() => unlink.mutate({ id: of.id, link: link.id }, { onSuccess: () => sayUndoable(`incident:${of.id}`, t('incidents.unlinked', { number }), undo) })}>
            <IconUnlink size={15} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {unlink.error !== null && <Failure error={unlink.error} />}
    </li>
  );
}

/** How it stands to others; what is merged stands still. */
export function Links({ story: { incident, links } }: { story: IncidentStory }) {
  const { t } = useTranslation();
  const may = useMay()('incidents.manage') && incident.merged_into === null;
  const [linking, setLinking] = useState(false);
  return (
    <Panel
      title={t('incidents.links')}
      actions={
        may && (
          <Button variant="subtle" leftSection={<IconLink size={14} aria-hidden />} onClick={() => setLinking(true)}>
            {t('incidents.link')}…
          </Button>
        )
      }
    >
      {links.length === 0 ? (
        <p className="k-faint">{t('incidents.no_links')}</p>
      ) : (
        <ul className="k-incident-lines">
          {links.map((link) => (
            <Line key={link.id} of={incident} link={link} may={may} />
          ))}
        </ul>
      )}
      {linking && <LinkDialog incident={incident} onClose={() => setLinking(false)} />}
    </Panel>
  );
}
