import { IconArrowDownLeft, IconArrowsExchange, IconArrowUpRight, IconHome, IconQuestionMark } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Direction } from '@/contract/types';

const icons = {
  outbound: IconArrowUpRight,
  inbound: IconArrowDownLeft,
  internal: IconHome,
  transit: IconArrowsExchange,
  unknown: IconQuestionMark,
} as const;

/** The direction by colour, shape and word; the same colour for the same direction everywhere. */
export function DirectionMark({ direction, bare = false }: { direction: Direction; bare?: boolean }) {
  const { t } = useTranslation();
  const Icon = icons[direction];
  return (
    <span className={bare ? 'k-direction k-direction-bare' : 'k-direction'} data-direction={direction}>
      <Icon size={14} stroke={2.2} aria-hidden />
      {t(`direction.${direction}`)}
    </span>
  );
}
