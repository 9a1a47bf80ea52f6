import { Button, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { write } from '@/contract/client';
import { ContractError } from '@/contract/problem';
import type { Enrolled, TotpOffer } from '@/contract/types';
import { CopyButton } from '@/ui/copy-button';
import { Failure } from '@/ui/failure';
import { useCountdown } from '@/ui/use-countdown';
import { isWrong, Trouble } from './trouble';

const QrCode = lazy(async () => ({ default: (await import('./qr-code')).QrCode }));

/** Easier to type in fours. */
const inFours = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ');

const isInvalid = (error: unknown) => error instanceof ContractError && error.status === 422;

/** An authenticator app: scan, then send a first code of it back. */
export function TotpSetup({ onDone }: { onDone: (answer: Enrolled) => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const input = useRef<HTMLInputElement>(null);
  // A new secret each time this stands here; an old one is of no use to anybody.
  const offer = useQuery({ queryKey: ['totp-offer'], queryFn: () => write<TotpOffer>('POST', '/account/totp', { body: {} , proving: true }), staleTime: Infinity, gcTime: 0, retry: false });
  const accept = useMutation({ mutationFn: () => write<Enrolled>('PUT', '/account/totp', { body: { code }, proving: true }), onSuccess: onDone });
  const wait = useCountdown(accept.error);
  useEffect(() => {
    if (accept.error !== null) input.current?.select();
  }, [accept.error]);
  if (offer.error !== null) return <Failure error={offer.error} retry={() => void offer.refetch()} />;
  if (offer.data === undefined) return <Skeleton height={260} radius="md" />;
  const { secret, uri } = offer.data;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    accept.mutate();
  };
  return (
    <form className="k-stack" onSubmit={submit} noValidate>
      <ol className="k-setup">
        <li>
          <p>{t('totp.scan')}</p>
          <Suspense fallback={<Skeleton height={196} width={196} radius="md" />}>
            <QrCode text={uri} label={t('totp.qr')} />
          </Suspense>
          <p className="k-line-note">{t('totp.by_hand')}</p>
          <div className="k-told-line">
            <code className="k-secret" translate="no">
              {inFours(secret)}
            </code>
            <CopyButton text={secret} />
          </div>
          <p>
            <a href={uri}>{t('totp.same_device')}</a>
          </p>
        </li>
        <li>
          <TextInput
            ref={input}
            size="md"
            label={t('totp.first_code')}
            description={t('second_factor.code_note')}
            value={code}
            maxLength={64}
            inputMode="numeric"
            autoComplete="one-time-code"
            error={isWrong(accept.error) || isInvalid(accept.error) ? t('totp.wrong') : undefined}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        </li>
      </ol>
      <Trouble error={accept.error} wait={wait} />
      <div className="k-form-end">
        <Button type="submit" size="sm" loading={accept.isPending} disabled={code.trim() === '' || wait > 0}>
          {t('totp.confirm')}
        </Button>
      </div>
    </form>
  );
}
