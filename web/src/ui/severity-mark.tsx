import { IconAlertOctagon, IconAlertTriangle, IconCircleDot, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FindingSeverity } from '@/contract/types';

const shapes = { critical: IconAlertOctagon, high: IconAlertTriangle, medium: IconCircleDot, low: IconInfoCircle } as const;

/** In words and by shape, not by colour alone. */
export function SeverityMark({ severity }: { severity: FindingSeverity }) {
  const { t } = useTranslation();
  const Shape = shapes[severity];
  return (
    <span className="k-severity" data-severity={severity}>
      <Shape size={15} aria-hidden />
      {t(`severity.${severity}`)}
    </span>
  );
}
