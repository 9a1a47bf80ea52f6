import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '@/contract/types';
import { DeedDialog } from '@/ui/deed-dialog';
import { Dialog } from '@/ui/dialog';
import { say } from '@/ui/toast';
import { WhyField } from '@/ui/why-field';
import { LinkTold } from './link-told';
import { useDeactivate, useRenewLink } from './use-people';

interface DeedProps {
  user: User;
  onClose: () => void;
}

/** Says what happens before it does. */
export function Deactivation({ user, onClose }: DeedProps) {
  const { t } = useTranslation();
  const [why, setWhy] = useState('');
  const deactivate = useDeactivate();
  const done = () => {
    say(t('person.deactivated', { name: user.full_name }));
    onClose();
  };
  return (
    <DeedDialog title={t('person.deactivate_title', { name: user.full_name })} deed={t('person.deactivate')} tone="grave" doing={deactivate} onDo={() => deactivate.mutate({ user, why }, { onSuccess: done })} onClose={onClose}>
      <ul className="k-plain-list">
        <li>{t('person.deactivate_sessions')}</li>
        <li>{t('person.deactivate_later')}</li>
        <li>{t('person.deactivate_kept')}</li>
      </ul>
      <WhyField value={why} onChange={setWhy} />
    </DeedDialog>
  );
}

/** A new way in for who lost the old one: what held before holds no more. */
export function LinkRenewal({ user, onClose }: DeedProps) {
  const { t } = useTranslation();
  const [why, setWhy] = useState('');
  const renew = useRenewLink();
  if (renew.data !== undefined) {
    return (
      <Dialog title={t('link.title')} onClose={onClose} size={560}>
        <LinkTold invited={renew.data} />
        <div className="k-form-end">
          <Button onClick={onClose}>{t('action.done')}</Button>
        </div>
      </Dialog>
    );
  }
  return (
    <DeedDialog title={t('link.renew_title', { name: user.full_name })} deed={t('link.renew')} tone="plain" doing={renew} onDo={() => renew.mutate({ user, why })} onClose={onClose}>
      <p>{t(`link.renew_${user.state}`)}</p>
      <WhyField value={why} onChange={setWhy} />
    </DeedDialog>
  );
}
