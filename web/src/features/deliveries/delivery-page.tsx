import { IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { paths } from '@/contract/paths';
import { AwaitedPage } from '@/ui/awaited-page';
import { BackLink } from '@/ui/back-link';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { About, Beginning, Deeds, Faults, StateMark, useAnswer } from './delivery-story';
import { QuarantinedRows } from './quarantined-rows';
import { useDelivery } from './use-delivery';

/** One delivery: what became of its rows, why not of all, and what it looks like. */
export function DeliveryPage() {
  const { t } = useTranslation();
  const answer = useAnswer();
  const { id = '' } = useParams();
  const { data: detail, error, refetch } = useDelivery(id);
  const above = <BackLink to={paths.deliveries()} icon={IconInbox}>{t('nav.deliveries')}</BackLink>;
  if (detail === undefined) return <AwaitedPage title={t('delivery.title')} above={above} asked={{ error, refetch }} />;
  const { delivery } = detail;
  return (
    <>
      <PageHeader title={delivery.name === '' ? t('deliveries.nameless') : delivery.name} above={above} marks={<StateMark delivery={delivery} />} answer={answer(delivery)} actions={<Deeds delivery={delivery} />} />
      <div className="k-columns">
        <div>
          <Faults delivery={delivery} />
          <Panel title={t('delivery.set_aside')}>
            <QuarantinedRows id={id} total={delivery.quarantined} />
          </Panel>
          <Panel title={t('delivery.beginning')}>
            <Beginning detail={detail} />
          </Panel>
        </div>
        <div>
          <Panel title={t('delivery.about')}>
            <About delivery={delivery} />
          </Panel>
        </div>
      </div>
    </>
  );
}
