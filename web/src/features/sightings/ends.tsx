import { IconArrowRight, IconFlag3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Sighting } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { portText, serviceName } from '@/ui/services';

const isAddress = (sighting: Sighting) => sighting.side === 'source' || sighting.side === 'destination';

function End({ sighting, address, listed }: { sighting: Sighting; address: string; listed: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const national = sighting.national_address === address;
  const owner = national ? sighting.organisation : null;
  const foreign = sighting.foreign_address === address;
  return (
    <div className="k-end" data-listed={listed || undefined}>
      <span className="k-end-role">
        {t(national ? 'sighting.national_end' : foreign ? 'sighting.foreign_end' : 'sighting.other_end')}
        {listed && (
          <span className="k-mark" data-tone="bad">
            <IconFlag3 size={12} aria-hidden />
            {t('sighting.listed')}
          </span>
        )}
      </span>
      <Link className="k-address k-end-address" to={paths.sightings({ address, window: '30d' })}>
        {address}
      </Link>
      {owner !== null && <Link to={paths.organisation(owner.id)}>{owner.name}</Link>}
      {national && owner === null && <span className="k-faint">{t('filter.no_organisation')}</span>}
      {foreign && sighting.country !== null && <span>{format.country(sighting.country)}</span>}
    </div>
  );
}

/** Who spoke to whom, in the order the packets went, with the listed end marked. */
export function Ends({ sighting }: { sighting: Sighting }) {
  const { t } = useTranslation();
  const matchedFirst = sighting.side === 'source';
  const source = matchedFirst ? sighting.matched : sighting.peer;
  const destination = matchedFirst ? sighting.peer : sighting.matched;
  const named = !isAddress(sighting);
  return (
    <div className="k-ends" data-direction={sighting.direction}>
      <End sighting={sighting} address={source} listed={matchedFirst} />
      <div className="k-ends-way">
        <IconArrowRight size={20} aria-hidden />
        <span className="k-number">{portText(sighting.protocol, sighting.port)}</span>
        <span className="k-cell-two">{named ? t(`side.${sighting.side}`) : serviceName(sighting.protocol, sighting.port)}</span>
      </div>
      <End sighting={sighting} address={destination} listed={!matchedFirst} />
    </div>
  );
}
