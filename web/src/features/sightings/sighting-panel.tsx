import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import type { SightingDetail } from '@/contract/types';
import { DirectionMark } from '@/ui/direction-mark';
import { RecordPanel } from '@/ui/record-panel';
import { TlpBadge } from '@/ui/tlp-badge';
import { Ends } from './ends';
import { Amounts, IndicatorPart, OwnerPart } from './sighting-story';
import { useSighting } from './use-sighting';

function Marks({ detail: { sighting } }: { detail: SightingDetail }) {
  return (
    <>
      <DirectionMark direction={sighting.direction} />
      <TlpBadge tlp={sighting.tlp} readers={sighting.readers} />
    </>
  );
}

/** One sighting beside its list. */
export function SightingPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <RecordPanel title={t('sighting.title')} onClose={onClose} asked={useSighting(id)} to={paths.sighting(id)} marks={(detail) => <Marks detail={detail} />}>
      {(detail) => (
        <>
          <Ends sighting={detail.sighting} />
          <section>
            <h3 className="k-part-title">{t('field.organisation')}</h3>
            <OwnerPart detail={detail} />
          </section>
          <section>
            <h3 className="k-part-title">{t('field.indicator')}</h3>
            <IndicatorPart detail={detail} />
          </section>
          <section>
            <h3 className="k-part-title">{t('sighting.amounts')}</h3>
            <Amounts detail={detail} />
          </section>
        </>
      )}
    </RecordPanel>
  );
}
