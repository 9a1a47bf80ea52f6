import { useTranslation } from 'react-i18next';
import type { Pap, Readers, Tlp } from '@/contract/types';

/** FIRST's own name and colours: coloured letters on black, always as text too. */
export function TlpBadge({ tlp, readers }: { tlp: Tlp; readers?: Readers | undefined }) {
  const { t } = useTranslation();
  const badge = (
    <span className="k-tlp" data-tlp={tlp}>
      TLP:{tlp.toUpperCase()}
    </span>
  );
  if (readers === undefined) return badge;
  const names = readers.map(({ full_name }) => full_name ?? t('readers.unknown')).join(', ');
  return (
    <>
      {badge} <span className="k-cell-two">{names === '' ? t('readers.nobody') : t('readers.only', { names })}</span>
    </>
  );
}

export function PapBadge({ pap }: { pap: Pap }) {
  return (
    <span className="k-tlp" data-tlp={pap}>
      PAP:{pap.toUpperCase()}
    </span>
  );
}
