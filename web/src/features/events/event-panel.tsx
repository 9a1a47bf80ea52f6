import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import { RecordPanel } from '@/ui/record-panel';
import { TlpBadge } from '@/ui/tlp-badge';
import { FieldGroups, Lineage, Owner, What } from './event-story';
import { useEvent } from './use-event';

/** One event beside its list. */
export function EventPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <RecordPanel title={t('event.title')} onClose={onClose} asked={useEvent(id)} to={paths.event(id)} marks={({ event }) => <TlpBadge tlp={event.tlp} readers={event.readers} />}>
      {(detail) => (
        <>
          <What detail={detail} />
          <section>
            <h3 className="k-part-title">{t('field.organisation')}</h3>
            <Owner detail={detail} />
          </section>
          <section>
            <h3 className="k-part-title">{t('event.lineage')}</h3>
            <Lineage detail={detail} />
          </section>
          <FieldGroups detail={detail} />
        </>
      )}
    </RecordPanel>
  );
}
