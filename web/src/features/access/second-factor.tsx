import { Button, TextInput } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { confirmCode, passkeyChallenge, signInWithPasskey, spendRecoveryCode } from '@/contract/session';
import type { Session } from '@/contract/types';
import { useCountdown } from '@/ui/use-countdown';
import { askPasskey, knowsPasskeys } from './passkeys';
import { stepsFor, type Step } from './steps';
import { isWrong, Trouble } from './trouble';

/** Signs in with any passkey of this place; it is both factors. */
export const usePasskeySignIn = () =>
  useMutation({
    mutationFn: async () => {
      const { challenge } = await passkeyChallenge();
      return signInWithPasskey(await askPasskey(challenge));
    },
  });

/** A code of the authenticator app, or one of the recovery codes. */
function CodeForm({ kind, onOver }: { kind: 'code' | 'recovery'; onOver: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const confirm = useMutation({ mutationFn: kind === 'code' ? confirmCode : spendRecoveryCode });
  const wait = useCountdown(confirm.error);
  useEffect(() => input.current?.focus(), [kind]);
  useEffect(() => {
    if (confirm.error !== null) input.current?.select();
  }, [confirm.error]);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    confirm.mutate(code);
  };
  return (
    <form className="k-stack" onSubmit={submit} noValidate>
      <Trouble error={confirm.error} wait={wait} />
      <TextInput
        ref={input}
        size="md"
        label={t(`second_factor.${kind}`)}
        description={t(`second_factor.${kind}_note`)}
        value={code}
        maxLength={64}
        inputMode={kind === 'code' ? 'numeric' : 'text'}
        autoComplete={kind === 'code' ? 'one-time-code' : 'off'}
        autoCapitalize="none"
        spellCheck={false}
        error={isWrong(confirm.error) ? t('second_factor.wrong') : undefined}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <div className="k-form-end">
        <Button type="submit" size="sm" loading={confirm.isPending} disabled={code.trim() === '' || wait > 0}>
          {t('sign_in.continue')}
        </Button>
        <Button variant="default" size="sm" onClick={onOver}>
          {t('sign_in.start_over')}
        </Button>
      </div>
    </form>
  );
}

export function PasskeyButton({ label, filled = false }: { label: string; filled?: boolean }) {
  const passkey = usePasskeySignIn();
  const wait = useCountdown(passkey.error);
  const { t } = useTranslation();
  return (
    <>
      <Trouble error={passkey.error} wait={wait} />
      {isWrong(passkey.error) && (
        <p className="k-warning" role="alert">
          {t('passkey.unknown')}
        </p>
      )}
      <Button variant={filled ? 'filled' : 'default'} size="sm" fullWidth loading={passkey.isPending} disabled={wait > 0} leftSection={<IconFingerprint size={17} stroke={1.7} aria-hidden />} onClick={() => passkey.mutate()}>
        {label}
      </Button>
    </>
  );
}

/** The second factor, by whichever means the person has. */
export function SecondFactor({ session, onOver }: { session: Session; onOver: () => void }) {
  const { t } = useTranslation();
  const steps = stepsFor(session).filter((step) => step !== 'passkey' || knowsPasskeys());
  const [chosen, setChosen] = useState<Step>();
  const step = chosen ?? steps[0] ?? 'recovery';
  return (
    <div className="k-stack">
      {step === 'passkey' ? (
        <>
          <PasskeyButton label={t('second_factor.passkey')} filled />
          <Button variant="default" size="sm" onClick={onOver}>
            {t('sign_in.start_over')}
          </Button>
        </>
      ) : (
        <CodeForm key={step} kind={step === 'code' ? 'code' : 'recovery'} onOver={onOver} />
      )}
      {steps.length > 1 && (
        <div className="k-other-ways">
          <p>{t('second_factor.other')}</p>
          <div className="k-form-end">
            {steps
              .filter((each) => each !== step)
              .map((each) => (
                <Button key={each} variant="subtle" onClick={() => setChosen(each)}>
                  {t(`second_factor.use_${each}`)}
                </Button>
              ))}
          </div>
        </div>
      )}
    </div>
  );
}
