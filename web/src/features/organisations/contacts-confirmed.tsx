import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { Failure } from '@/ui/failure';
import { Moment } from '@/ui/moment';
import { say } from '@/ui/toast';
import { useConfirmContacts } from './use-organisation';

const tones = { due: 'warn', again: 'warn', above: 'warn', team: 'bad' } as const;

/** Since when contacts count as right, when somebody was asked about them last, whose turn it is, and the one click that says that they still are. */
export function ContactsConfirmed({ organisation, variant }: { organisation: Organisation; variant: 'default' | 'filled' }) {
  const { t } = useTranslation();
  const confirm = useConfirmContacts();
  const { name, contacts_freshness: freshness, contacts_confirmed_at: at, contacts_asked_at: asked } = organisation;
  if (freshness === null) return null;
  return (
    <div className="k-confirmed">
      {confirm.error !== null && <Failure error={confirm.error} />}
      <p>
        <span className="k-faint">
          {t('organisation.contacts_since')} <Moment at={at} as="day" />
          {asked !== null && (
            <>
              {', '}
              {t('organisation.contacts_asked')} <Moment at={asked} as="day" />
            </>
          )}
        </span>
        {freshness !== 'fresh' && (
          <span className="k-mark k-mark-after" data-tone={tones[freshness]}>
            {t(`organisation.contacts_${freshness}`)}
          </span>
        )}
      </p>
      <Allowed to="contacts.confirm">
        <Button variant={variant} loading={confirm.isPending} leftSection={<IconCheck size={14} aria-hidden />} onClick={() => confirm.mutate(organisation, { onSuccess: () => say(t('organisation.contacts_confirmed', { name })) })}>
          {t('organisation.contacts_right')}
        </Button>
      </Allowed>
    </div>
  );
}
