import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import { RecordPanel } from '@/ui/record-panel';
import { SourceList } from '@/ui/source-list';
import { About, Marks, Organisations, useAnswer, useIndicator } from './indicator-story';

/** One indicator beside its list. */
export function IndicatorPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const answer = useAnswer();
  return (
    <RecordPanel title={t('field.indicator')} onClose={onClose} asked={useIndicator(id)} to={paths.indicator(id)} marks={(detail) => <Marks detail={detail} />}>
      {(detail) => (
        <>
          <div className="k-part-head">
            <strong className="k-address k-part-name">{detail.indicator.value}</strong>
          </div>
          <p>{answer(detail)}</p>
          <About detail={detail} />
          <section>
            <h3 className="k-part-title">{t('indicator.where')}</h3>
            <Organisations detail={detail} />
          </section>
          <section>
            <h3 className="k-part-title">{t('field.sources')}</h3>
            <SourceList sources={detail.indicator.sources} />
          </section>
        </>
      )}
    </RecordPanel>
  );
}
