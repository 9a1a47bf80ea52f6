import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import { Observables } from '@/ui/observables';
import { RecordPanel } from '@/ui/record-panel';
import { Deeds } from './deeds';
import { Marks, useSubject } from './marks';
import { Decision, Reporter, Similar, Told, useAnswer } from './report-story';
import { useReport } from './use-reports';

interface ReportPanelProps {
  id: string;
  onDecided: () => void;
  onClose: () => void;
}

/** One report beside its list: what was told, and what one may decide of it and its group. */
export function ReportPanel({ id, onDecided, onClose }: ReportPanelProps) {
  const { t } = useTranslation();
  const answer = useAnswer();
  const subject = useSubject();
  return (
    <RecordPanel title={t('triage.one')} onClose={onClose} asked={useReport(id)} to={paths.report(id)} marks={({ report }) => <Marks report={report} />}>
      {(story) => (
        <>
          <div>
            <h3 className="k-part-name" lang={story.report.language ?? ''} translate="no">
              {subject(story.report)}
            </h3>
            <p>{answer(story.report)}</p>
          </div>
          <Deeds key={id} story={story} onDecided={onDecided} />
          <Decision report={story.report} />
          <Told story={story} />
          <section>
            <h3 className="k-part-title">{t('triage.observables')}</h3>
            <Observables of={story.observables} none={t('triage.no_observables')} />
          </section>
          <section>
            <h3 className="k-part-title">{t('triage.reporter')}</h3>
            <Reporter story={story} />
          </section>
          <section>
            <h3 className="k-part-title">{t('triage.similar')}</h3>
            <Similar story={story} />
          </section>
        </>
      )}
    </RecordPanel>
  );
}
