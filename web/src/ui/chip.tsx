import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';

/** One filter in words, and the way to drop it. */
export function Chip({ name, children, onDrop }: { name: string; children: ReactNode; onDrop: () => void }) {
  const { t } = useTranslation();
  return (
    <li className="k-chip">
      <span className="k-chip-name">{name}</span>
      <span className="k-chip-value">{children}</span>
      <button type="button" aria-label={t('filter.drop', { name })} onClick={onDrop}>
        <IconX size={14} aria-hidden />
      </button>
    </li>
  );
}
