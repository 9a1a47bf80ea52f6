import './events.css';
import { Button } from '@mantine/core';
import { IconBolt, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { paths } from '@/contract/paths';
import { AwaitedPage } from '@/ui/awaited-page';
import { BackLink } from '@/ui/back-link';
import { useClassification } from '@/ui/classification';
import { useFormat } from '@/ui/format';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { TlpBadge } from '@/ui/tlp-badge';
import { endText } from './columns';
import { FieldGroups, Lineage, Owner, What } from './event-story';
import { useEvent } from './use-event';

/** One event with all that was told of it. */
export function EventPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const classified = useClassification();
  const { id } = useParams();
  const { data: detail, error, refetch } = useEvent(id);
  const above = <BackLink to={paths.events()} icon={IconBolt}>{t('nav.events')}</BackLink>;
  if (detail === undefined) return <AwaitedPage title={t('event.title')} above={above} asked={{ error, refetch }} />;
  const { event } = detail;
  const what = classified(event.class, event.type) ?? event.type;
  const where = endText(event.source_address, event.source_port, event.source_domain) ?? endText(event.destination_address, event.destination_port);
  const who = event.organisation?.name ?? t('filter.no_organisation');
  return (
    <>
      <PageHeader
        title={where === null ? what : `${what}: ${where}`}
        above={above}
        marks={<TlpBadge tlp={event.tlp} readers={event.readers} />}
        answer={t('event.answer', { what, who, when: format.dayAndTime(event.time) })}
        actions={
          <Button variant="default" leftSection={<IconPrinter size={15} aria-hidden />} onClick={() => window.print()}>
            {t('action.print')}
          </Button>
        }
      />
      <div className="k-columns">
        <Panel title={t('event.told')}>
          <div className="k-event-fields">
            <FieldGroups detail={detail} />
          </div>
        </Panel>
        <div>
          <Panel title={t('event.what')}>
            <What detail={detail} />
          </Panel>
          <Panel title={t('field.organisation')}>
            <Owner detail={detail} />
          </Panel>
          <Panel title={t('event.lineage')}>
            <Lineage detail={detail} />
          </Panel>
        </div>
      </div>
    </>
  );
}
