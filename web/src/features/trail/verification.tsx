import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { JournalVerification } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { Reason } from '@/ui/reason';

const shown = 20;

/** Whether the chain holds, said first; then how much was looked at, and where it breaks. */
export function Verdict({ found }: { found: JournalVerification }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Icon = found.holds ? IconShieldCheck : IconShieldX;
  return (
    <div className="k-verdict" data-holds={found.holds} role="status">
      <Icon size={22} stroke={1.7} aria-hidden />
      <p className="k-verdict-answer">{found.holds ? t('verification.holds') : t('verification.broken', { count: found.breaks.length, n: format.number(found.breaks.length) })}</p>
      <div>
        <p>
          {t('verification.entries', { count: found.entries, n: format.number(found.entries) })} {found.erased > 0 && t('verification.erased', { count: found.erased, n: format.number(found.erased) })}
        </p>
        {found.breaks.length > 0 && (
          <ul className="k-plain-list">
            {found.breaks.slice(0, shown).map((each) => (
              <li key={each.sequence}>
                {t('trail.entry', { number: each.sequence })}: <Reason text={each.reason} />
              </li>
            ))}
          </ul>
        )}
        {!found.holds && <p>{t('verification.what_to_do')}</p>}
        <p className="k-line-note">
          {t('verification.head', { number: format.number(found.sequence) })} <span className="k-hash" translate="no">{found.hash}</span>
        </p>
      </div>
    </div>
  );
}
