import type { Pap, Tlp } from '@/contract/types';

/** FIRST's own name and colours: coloured letters on black, always as text too. */
export function TlpBadge({ tlp }: { tlp: Tlp }) {
  return (
    <span className="k-tlp" data-tlp={tlp}>
      TLP:{tlp.toUpperCase()}
    </span>
  );
}

export function PapBadge({ pap }: { pap: Pap }) {
  return (
    <span className="k-tlp" data-tlp={pap}>
      PAP:{pap.toUpperCase()}
    </span>
  );
}
