import { useTranslation } from 'react-i18next';
import type { Incident } from '@/contract/types';
import { SeverityMark } from '@/ui/severity-mark';
import { PapBadge, TlpBadge } from '@/ui/tlp-badge';
import { useWords } from './use-words';

const tones: Readonly<Record<string, 'good' | 'warn' | 'bad'>> = { open: 'bad', waiting: 'warn', contained: 'warn', resolved: 'good' };

/** Of a state that the desk has no tone for, none. */
export function StateMark({ state, merged = false }: { state: string; merged?: boolean }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <>
      <span className="k-mark" data-tone={merged ? undefined : tones[state]}>
        {words.state(state)}
      </span>
      {merged && <span className="k-mark k-mark-after">{t('incidents.merged')}</span>}
    </>
  );
}

export function LeadName({ lead }: { lead: Incident['lead'] }) {
  const { t } = useTranslation();
  return lead === null ? <span className="k-faint">{t('incidents.nobody')}</span> : <>{lead.full_name ?? t('actor.unknown')}</>;
}

/** Labels, state, severity and lead: what stands beside the title of an incident. */
export function Marks({ incident }: { incident: Incident }) {
  return (
    <>
      <TlpBadge tlp={incident.tlp} readers={incident.readers} />
      <PapBadge pap={incident.pap} />
      <StateMark state={incident.state} merged={incident.merged_into !== null} />
      <SeverityMark severity={incident.severity} />
    </>
  );
}
