import { useTranslation } from 'react-i18next';
import type { Invited } from '@/contract/types';
import { Moment } from '@/ui/moment';
import { ToldOnce } from '@/ui/told-once';

/** The one-time link of a person, to be handed over by a way one trusts. */
export function LinkTold({ invited }: { invited: Invited }) {
  const { t } = useTranslation();
  return (
    <ToldOnce label={t('link.title')} secret={new URL(invited.link, window.location.origin).href}>
      <p>{t('link.text', { name: invited.user.full_name })}</p>
      <p>
        {t('link.until')} <Moment at={invited.expires_at} as="full" />
      </p>
    </ToldOnce>
  );
}
