import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { enter } from '@/contract/standing';
import type { Enrolled } from '@/contract/types';
import { Button } from '@mantine/core';
import { IconDeviceMobile, IconFingerprint } from '@tabler/icons-react';
import { PasskeySetup } from './passkey-setup';
import { knowsPasskeys } from './passkeys';
import { RecoveryCodes } from './recovery-codes';
import { TotpSetup } from './totp-setup';

/** On the way in, where the role needs a second factor and there is none yet: sets one up, tells the recovery codes, goes on. */
export function EnrolSecondFactor() {
  const { t } = useTranslation();
  const [means, setMeans] = useState<'app' | 'passkey' | undefined>(knowsPasskeys() ? undefined : 'app');
  const [done, setDone] = useState<Enrolled>();
  // The desk opens only after the codes were kept: they are told once.
  const finish = (answer: Enrolled) => {
    if (answer.recovery_codes.length > 0) setDone(answer);
    else enter(answer.session);
  };
  if (done !== undefined) return <RecoveryCodes codes={done.recovery_codes} name={done.session.user.name} onKept={() => enter(done.session)} />;
  return (
    <div className="k-stack">
      <p>{t('enrol.why')}</p>
      {means === undefined && (
        <div className="k-means">
          <Button size="sm" fullWidth leftSection={<IconDeviceMobile size={17} stroke={1.7} aria-hidden />} onClick={() => setMeans('app')}>
            {t('enrol.with_app')}
          </Button>
          <p className="k-line-note">{t('enrol.with_app_note')}</p>
          <Button size="sm" fullWidth variant="default" leftSection={<IconFingerprint size={17} stroke={1.7} aria-hidden />} onClick={() => setMeans('passkey')}>
            {t('enrol.with_passkey')}
          </Button>
          <p className="k-line-note">{t('enrol.with_passkey_note')}</p>
        </div>
      )}
      {means === 'app' && <TotpSetup onDone={finish} />}
      {means === 'passkey' && <PasskeySetup onDone={finish} />}
      {means !== undefined && knowsPasskeys() && (
        <div>
          <Button variant="subtle" onClick={() => setMeans(undefined)}>
            {t('enrol.other')}
          </Button>
        </div>
      )}
    </div>
  );
}
