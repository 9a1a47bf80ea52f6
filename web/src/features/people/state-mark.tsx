import { useTranslation } from 'react-i18next';
import type { UserState } from '@/contract/types';

const tones: Readonly<Record<UserState, string>> = { active: 'good', invited: 'warn', deactivated: 'neutral' };

/** Whether a person may sign in, in words. */
export function UserStateMark({ state }: { state: UserState }) {
  const { t } = useTranslation();
  return (
    <span className="k-mark" data-tone={tones[state]}>
      {t(`user_state.${state}`)}
    </span>
  );
}
