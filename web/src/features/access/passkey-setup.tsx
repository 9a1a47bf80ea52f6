import { Button, TextInput } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { write } from '@/contract/client';
import type { Enrolled, PasskeyOffer } from '@/contract/types';
import { agentName } from '@/ui/agent';
import { useCountdown } from '@/ui/use-countdown';
import { makePasskey } from './passkeys';
import { Trouble } from './trouble';

/** Makes a passkey with this browser, or with a key that is plugged in. */
export function PasskeySetup({ onDone }: { onDone: (answer: Enrolled) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(() => agentName(navigator.userAgent));
  const add = useMutation({
    mutationFn: async () => {
      const offer = await write<PasskeyOffer>('POST', '/account/passkeys/offer', { body: {} });
      return write<Enrolled>('POST', '/account/passkeys', { body: await makePasskey(offer, name.trim()) });
    },
    onSuccess: onDone,
  });
  const wait = useCountdown(add.error);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form className="k-stack" onSubmit={submit} noValidate>
      <TextInput label={t('passkey.name')} description={t('passkey.name_note')} value={name} maxLength={50} autoComplete="off" onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
      <Trouble error={add.error} wait={wait} />
      <div className="k-form-end">
        <Button type="submit" size="sm" loading={add.isPending} disabled={name.trim() === ''} leftSection={<IconFingerprint size={17} stroke={1.7} aria-hidden />}>
          {t('passkey.make')}
        </Button>
      </div>
    </form>
  );
}
