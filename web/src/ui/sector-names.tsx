import { useTranslation } from 'react-i18next';
import { labelOf, useSectors } from '@/contract/use-sectors';

/** Sectors by their names; a dash where there is none. */
export function SectorNames({ ids }: { ids: readonly string[] }) {
  const { i18n } = useTranslation();
  const { data: sectors } = useSectors();
  if (ids.length === 0) return <span className="k-faint">–</span>;
  return <>{ids.map((id) => labelOf(sectors, id, i18n.resolvedLanguage ?? 'en')).join(', ')}</>;
}
