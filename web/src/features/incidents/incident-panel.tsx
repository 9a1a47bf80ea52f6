import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import { Allowed } from '@/ui/allowed';
import { RecordPanel } from '@/ui/record-panel';
import { About, Summary, useAnswer } from './incident-story';
import { Marks } from './marks';
import { Steps } from './steps';
import { Entries } from './timeline';
import { useStory } from './use-incidents';

const shown = 5;

/** One incident beside its list: where it stands, what one may do, and the newest of its timeline. */
export function IncidentPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const answer = useAnswer();
  return (
    <RecordPanel title={t('incidents.one')} onClose={onClose} asked={useStory(id)} to={paths.incident(id)} marks={({ incident }) => <Marks incident={incident} />}>
      {({ incident, entries }) => (
        <>
          <div>
            <h3 className="k-part-name">
              <span className="k-incident-number">{incident.number}</span> <span translate="no">{incident.title}</span>
            </h3>
            <p>{answer(incident)}</p>
          </div>
          <Allowed to="incidents.manage">
            <Steps key={incident.id} incident={incident} />
          </Allowed>
          <Summary incident={incident} />
          <About incident={incident} />
          <section>
            <h3 className="k-part-title">{t('incidents.timeline')}</h3>
            <Entries entries={entries.slice(0, shown)} of={incident.id} />
          </section>
        </>
      )}
    </RecordPanel>
  );
}
