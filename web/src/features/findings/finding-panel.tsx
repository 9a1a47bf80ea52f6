import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import { Allowed } from '@/ui/allowed';
import { RecordPanel } from '@/ui/record-panel';
import { Advice } from './advice';
import { Deeds } from './deeds';
import { About, Evidence, Marks, Sources, Steps, useAnswer } from './finding-story';
import { ToldBy } from './told-by';
import { useFinding } from './use-findings';

/** One finding beside its list: what it is, what one may do, and its story. */
export function FindingPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const answer = useAnswer();
  return (
    <RecordPanel title={t('findings.one')} onClose={onClose} asked={useFinding(id)} to={paths.finding(id)} marks={(story) => <Marks story={story} />}>
      {(story) => (
        <>
          <p>{answer(story)}</p>
          <Deeds key={story.finding.id} finding={story.finding} />
          <About story={story} />
          <section>
            <h3 className="k-part-title">{t('own.what_to_do')}</h3>
            <Advice story={story} />
          </section>
          <section>
            <h3 className="k-part-title">{t('findings.steps')}</h3>
            <Steps story={story} />
          </section>
          <Allowed to="messages.read">
            <section>
              <h3 className="k-part-title">{t('findings.told_by')}</h3>
              <ToldBy finding={story.finding.id} />
            </section>
          </Allowed>
          <section>
            <h3 className="k-part-title">{t('findings.sources')}</h3>
            <Sources story={story} />
          </section>
          <section>
            <h3 className="k-part-title">{t('findings.evidence')}</h3>
            <Evidence story={{ ...story, evidence: story.evidence.slice(0, 3) }} />
          </section>
        </>
      )}
    </RecordPanel>
  );
}
