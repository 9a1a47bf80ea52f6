import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import { RecordPanel } from '@/ui/record-panel';
import { About, Beginning, Deeds, Faults, StateMark, useAnswer } from './delivery-story';
import { QuarantinedRows } from './quarantined-rows';
import { useDelivery } from './use-delivery';

/** One delivery beside its list. */
export function DeliveryPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const answer = useAnswer();
  return (
    <RecordPanel title={t('delivery.title')} onClose={onClose} asked={useDelivery(id)} to={paths.delivery(id)} marks={({ delivery }) => <StateMark delivery={delivery} />}>
      {(detail) => (
        <>
          <div className="k-part-head">
            <strong className="k-address k-part-name">{detail.delivery.name}</strong>
          </div>
          <p>{answer(detail.delivery)}</p>
          <Faults delivery={detail.delivery} />
          <div className="k-form-end">
            <Deeds delivery={detail.delivery} />
          </div>
          {detail.delivery.quarantined > 0 && (
            <section>
              <h3 className="k-part-title">{t('delivery.set_aside')}</h3>
              <QuarantinedRows id={id} total={detail.delivery.quarantined} />
            </section>
          )}
          <section>
            <h3 className="k-part-title">{t('delivery.beginning')}</h3>
            <Beginning detail={detail} />
          </section>
          <About delivery={detail.delivery} />
        </>
      )}
    </RecordPanel>
  );
}
