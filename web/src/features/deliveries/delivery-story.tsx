import './deliveries.css';
import { Button } from '@mantine/core';
import { IconDownload, IconRefresh, IconTool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { address } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { Delivery, DeliveryDetail } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { Facts } from '@/ui/facts';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { Reason } from '@/ui/reason';
import { useReadAgain } from './use-read-again';

/** An archive or a mail: each file in it is a delivery of its own. */
const holdsFiles = ({ format }: Delivery) => format === 'zip' || format === 'mail';

/** How it stands: read, being read, refused, or broken off. */
export const standOf = (delivery: Pick<Delivery, 'state' | 'complete'>): 'stored' | 'refused' | 'broken_off' | 'read' =>
  delivery.state !== 'stored' && !delivery.complete ? 'broken_off' : delivery.state;

const tones = { stored: undefined, refused: 'bad', broken_off: 'warn', read: 'good' } as const;

export function StateMark({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const stand = standOf(delivery);
  return (
    <span className="k-mark" data-tone={tones[stand]}>
      {t(`delivery_state.${stand}`)}
    </span>
  );
}

/** What became of it, in a sentence. */
export function useAnswer(): (delivery: Delivery) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (delivery) => {
    if (delivery.state === 'stored') return t('delivery.answer_stored');
    if (holdsFiles(delivery)) return t('delivery.answer_archive');
    if (delivery.rows === 0) return t(delivery.state === 'refused' ? 'delivery.answer_refused' : 'delivery.answer_empty');
    const rows = t('count.rows', { count: delivery.rows, n: format.number(delivery.rows) });
    const events = t('count.new_events', { count: delivery.events, n: format.number(delivery.events) });
    const aside = delivery.quarantined === 0 ? t('delivery.none_aside') : t('delivery.aside', { count: delivery.quarantined, n: format.number(delivery.quarantined) });
    return t('delivery.answer', { rows, events, aside });
  };
}

/** Why it was refused, broke off, or told nothing; and columns that nobody reads yet. */
export function Faults({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  return (
    <>
      {delivery.reason !== null && (
        <p className="k-warning" role="note">
          <Reason text={delivery.reason} ofFile />
        </p>
      )}
      {delivery.new_columns.length > 0 && (
        <p className="k-warning" role="note">
          {t('delivery.new_columns', { count: delivery.new_columns.length })} <span className="k-address">{delivery.new_columns.join(', ')}</span>
        </p>
      )}
    </>
  );
}

/** Rows and what became of each, and where it came from. */
export function About({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Facts
      items={[
        [t('deliveries.rows'), format.number(delivery.rows)],
        [t('deliveries.accepted'), format.number(delivery.accepted)],
        [t('deliveries.duplicates'), format.number(delivery.duplicates)],
        [t('deliveries.quarantined'), format.number(delivery.quarantined)],
        [t('deliveries.events'), format.number(delivery.events)],
        [t('field.source'), delivery.source],
        [t('deliveries.format'), delivery.format],
        [t('deliveries.bytes'), format.bytes(delivery.bytes)],
        [t('deliveries.received'), <Moment key="received" at={delivery.received_at} as="full" />],
        [t('deliveries.changed'), <Moment key="changed" at={delivery.changed_at} as="full" />],
        ['SHA-256', <span key="sha256" className="k-address k-digest">{delivery.sha256}</span>],
      ]}
    />
  );
}

/** Its first lines as they came. */
export function Beginning({ detail: { preview } }: { detail: DeliveryDetail }) {
  const { t } = useTranslation();
  if (preview.lines.length === 0) return <p className="k-faint">{t('delivery.no_preview')}</p>;
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <pre className="k-code" tabIndex={0} aria-label={t('delivery.beginning')} translate="no">{preview.lines.join('\n')}</pre>
      {preview.cut && <p className="k-faint">{t('delivery.preview_cut')}</p>}
    </>
  );
}

/** Whether rows of it wait for a mended mapping, or all of it does. */
const isWaiting = (delivery: Delivery) => delivery.state === 'refused' || (delivery.state === 'read' && delivery.quarantined > 0);

/** Its bytes, and what can be done about what was not understood. */
export function Deeds({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const again = useReadAgain(delivery.id);
  const waits = isWaiting(delivery);
  return (
    <>
      <Button component="a" variant="default" href={address(`/deliveries/${delivery.id}/raw`)} download leftSection={<IconDownload size={14} aria-hidden />}>
        {t('delivery.raw')}
      </Button>
      {!holdsFiles(delivery) && (
        <Button component={Link} variant={waits ? 'filled' : 'default'} to={paths.mappingTrial({ delivery: delivery.id })} leftSection={<IconTool size={14} aria-hidden />}>
          {t(waits ? 'delivery.mend' : 'delivery.try')}
        </Button>
      )}
      {waits && (
        <Allowed to="deliveries.read_again">
          <Button variant="default" loading={again.isPending} leftSection={<IconRefresh size={14} aria-hidden />} onClick={() => again.mutate(null)}>
            {t('delivery.read_again')}
          </Button>
        </Allowed>
      )}
      {again.error !== null && <Failure error={again.error} />}
    </>
  );
}
