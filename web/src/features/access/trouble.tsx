import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ContractError } from '@/contract/problem';
import { Failure } from '@/ui/failure';
import { PasskeyDeclined } from './passkeys';

/** Whether what was told is wrong: said at the field where it was typed. */
export const isWrong = (error: unknown): boolean => error instanceof ContractError && error.status === 401;

/** What kept somebody from signing in, where it is not the fault of a field: too many attempts, no server. */
export function Trouble({ error, wait }: { error: unknown; wait: number }) {
  const { t } = useTranslation();
  if (error === null || error === undefined || isWrong(error)) return null;
  if (error instanceof PasskeyDeclined) {
    return (
      <p className="k-warning" role="alert">
        {t('passkey.declined')}
      </p>
    );
  }
  if (error instanceof ContractError && error.failure === 'delayed') {
    return (
      <div className="k-wait">
        <IconClock size={18} aria-hidden />
        {/* Read out once, not each second. */}
        <p role="alert">{t('sign_in.delayed')}</p>
        <p className="k-wait-left" role="timer">
          {wait > 0 ? t('sign_in.wait', { count: wait }) : t('sign_in.wait_over')}
        </p>
      </div>
    );
  }
  if (error instanceof ContractError && error.status === 422) return null;
  return <Failure error={error} />;
}
