import { Button } from '@mantine/core';
import { IconDeviceMobile, IconFingerprint, IconLifebuoy } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { read, write } from '@/contract/client';
import { askSession } from '@/contract/session';
import { enter } from '@/contract/standing';
import type { Enrolled, Passkey, Session } from '@/contract/types';
import { DeedDialog } from '@/ui/deed-dialog';
import { Dialog } from '@/ui/dialog';
import { Failure } from '@/ui/failure';
import { Moment } from '@/ui/moment';
import { Panel } from '@/ui/panel';
import { say } from '@/ui/toast';
import { knowsPasskeys } from './passkeys';
import { PasskeySetup } from './passkey-setup';
import { RecoveryCodes } from './recovery-codes';
import { TotpSetup } from './totp-setup';

const key = ['passkeys'];
type Task = { is: 'app' } | { is: 'passkey' } | { is: 'codes'; codes: readonly string[] } | { is: 'renew' } | { is: 'remove'; passkey: Passkey };

function RemovePasskey({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => write<undefined>('DELETE', `/account/passkeys/${passkey.id}`),
    onSuccess: async () => {
      say(t('passkey.removed', { name: passkey.name }));
      onClose();
      await Promise.all([client.invalidateQueries({ queryKey: key }), askSession()]);
    },
  });
  return (
    <DeedDialog title={t('passkey.remove_title', { name: passkey.name })} deed={t('action.remove')} tone="grave" doing={remove} onDo={() => remove.mutate()} onClose={onClose}>
      <p>{t('passkey.remove_text')}</p>
    </DeedDialog>
  );
}

function RenewCodes({ onRenewed, onClose }: { onRenewed: (codes: readonly string[]) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const renew = useMutation({
    mutationFn: () => write<{ recovery_codes: string[] }>('POST', '/account/recovery-codes', { body: {} }),
    onSuccess: ({ recovery_codes: codes }) => onRenewed(codes),
  });
  return (
    <DeedDialog title={t('recovery.renew_title')} deed={t('recovery.renew')} tone="plain" doing={renew} onDo={() => renew.mutate()} onClose={onClose}>
      <p>{t('recovery.renew_text')}</p>
    </DeedDialog>
  );
}

/** What besides the password proves who one is: the app, passkeys, recovery codes. */
export function SecondFactors({ session }: { session: Session }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [task, setTask] = useState<Task>();
  const close = () => setTask(undefined);
  const passkeys = useQuery({ queryKey: key, queryFn: async ({ signal }) => (await read<{ items: Passkey[] }>('/account/passkeys', {}, signal)).items });
  const { second_factors: has, user } = session;
  const added = (said: string) => (answer: Enrolled) => {
    enter(answer.session);
    say(said);
    void client.invalidateQueries({ queryKey: key });
    setTask(answer.recovery_codes.length > 0 ? { is: 'codes', codes: answer.recovery_codes } : undefined);
  };
  return (
    <Panel title={t('account.second_factors')} note={t('account.second_factors_note')}>
      <ul className="k-lines-list">
        <li>
          <IconDeviceMobile size={20} stroke={1.6} aria-hidden />
          <div>
            <p className="k-line-name">{t('totp.title')}</p>
            <p className="k-line-note">{t(has.includes('totp') ? 'totp.has' : 'totp.has_not')}</p>
          </div>
          <Button variant="default" onClick={() => setTask({ is: 'app' })}>
            {t(has.includes('totp') ? 'totp.replace' : 'totp.add')}
          </Button>
        </li>
        {passkeys.data?.map((passkey) => (
          <li key={passkey.id}>
            <IconFingerprint size={20} stroke={1.6} aria-hidden />
            <div>
              <p className="k-line-name">{passkey.name}</p>
              <p className="k-line-note">
                {t('passkey.title')} · {t('passkey.added')} <Moment at={passkey.created_at} as="day" /> · {t('sessions.used')} <Moment at={passkey.last_used_at} as="ago" absent={t('passkey.never_used')} />
              </p>
            </div>
            <Button variant="default" onClick={() => setTask({ is: 'remove', passkey })} aria-label={t('passkey.remove', { name: passkey.name })}>
              {t('action.remove')}
            </Button>
          </li>
        ))}
        {passkeys.error !== null && (
          <li>
            <Failure error={passkeys.error} retry={() => void passkeys.refetch()} />
          </li>
        )}
        <li>
          <IconFingerprint size={20} stroke={1.6} aria-hidden />
          <div>
            <p className="k-line-name">{t('passkey.another')}</p>
            <p className="k-line-note">{t(knowsPasskeys() ? 'passkey.what' : 'passkey.unsupported')}</p>
          </div>
          {knowsPasskeys() && (
            <Button variant="default" onClick={() => setTask({ is: 'passkey' })}>
              {t('passkey.add')}
            </Button>
          )}
        </li>
        <li>
          <IconLifebuoy size={20} stroke={1.6} aria-hidden />
          <div>
            <p className="k-line-name">{t('recovery.title')}</p>
            <p className="k-line-note">{t(has.includes('recovery_code') ? 'recovery.has' : 'recovery.has_not')}</p>
          </div>
          <Button variant="default" onClick={() => setTask({ is: 'renew' })}>
            {t('recovery.renew')}
          </Button>
        </li>
      </ul>
      {task?.is === 'app' && (
        <Dialog title={t('totp.title')} onClose={close}>
          <TotpSetup onDone={added(t('totp.added'))} />
        </Dialog>
      )}
      {task?.is === 'passkey' && (
        <Dialog title={t('passkey.another')} onClose={close}>
          <PasskeySetup onDone={added(t('passkey.added_done'))} />
        </Dialog>
      )}
      {task?.is === 'renew' && <RenewCodes onClose={close} onRenewed={(codes) => setTask({ is: 'codes', codes })} />}
      {task?.is === 'codes' && (
        <Dialog title={t('account.keep_codes')} onClose={close}>
          <RecoveryCodes codes={task.codes} name={user.name} onKept={() => { close(); void askSession(); }} />
        </Dialog>
      )}
      {task?.is === 'remove' && <RemovePasskey passkey={task.passkey} onClose={close} />}
    </Panel>
  );
}
