import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation, Webhook } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { DeedDialog } from '@/ui/deed-dialog';
import { Dialog } from '@/ui/dialog';
import { Facts } from '@/ui/facts';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { Panel } from '@/ui/panel';
import { Reason } from '@/ui/reason';
import { say } from '@/ui/toast';
import { ToldOnce } from '@/ui/told-once';
import { answerOf, useWebhook, useWebhookDeeds } from './use-webhook';

type Asked = 'change' | 'renew' | 'remove';
type Deeds = ReturnType<typeof useWebhookDeeds>;

interface AskedProps {
  organisation: Organisation;
  deeds: Deeds;
  onSecret: (secret: string | null) => void;
  onClose: () => void;
}

function Change({ organisation: { name }, present, deeds: { save }, onSecret, onClose }: AskedProps & { present: Webhook }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState(present.url ?? '');
  const [enabled, setEnabled] = useState(present.enabled || present.url === null);
  const done = (secret: string | null) => {
    say(t('webhook.saved', { name }));
    onSecret(secret);
    onClose();
  };
  return (
    <DeedDialog title={t('webhook.title_of', { name })} deed={t('action.save')} tone="plain" doing={save} told={url.trim() !== ''} onDo={() => save.mutate({ url: url.trim(), enabled }, { onSuccess: ({ secret }) => done(secret) })} onClose={onClose}>
      <p>{t('webhook.text')}</p>
      <TextInput label={t('webhook.url')} description={t('webhook.url_note')} type="url" required maxLength={2000} placeholder="https://hooks.bank.example/kula" value={url} onChange={(event) => setUrl(event.currentTarget.value)} autoComplete="off" spellCheck={false} data-autofocus />
      <Checkbox label={t('webhook.enabled')} checked={enabled} onChange={(event) => setEnabled(event.currentTarget.checked)} />
    </DeedDialog>
  );
}

function Renew({ organisation: { name }, deeds: { renew }, onSecret, onClose }: AskedProps) {
  const { t } = useTranslation();
  const done = (secret: string | null) => {
    onSecret(secret);
    onClose();
  };
  return (
    <DeedDialog title={t('webhook.renew_title', { name })} deed={t('webhook.renew')} tone="grave" doing={renew} onDo={() => renew.mutate(undefined, { onSuccess: ({ secret }) => done(secret) })} onClose={onClose}>
      <p>{t('webhook.renew_text')}</p>
    </DeedDialog>
  );
}

function Remove({ organisation: { name }, deeds: { remove }, onClose }: AskedProps) {
  const { t } = useTranslation();
  const done = () => {
    say(t('webhook.removed', { name }));
    onClose();
  };
  return (
    <DeedDialog title={t('webhook.remove_title', { name })} deed={t('webhook.remove')} tone="grave" doing={remove} onDo={() => remove.mutate(undefined, { onSuccess: done })} onClose={onClose}>
      <p>{t('webhook.remove_text')}</p>
    </DeedDialog>
  );
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('webhook.secret')} onClose={onClose}>
      <ToldOnce label={t('webhook.secret')} secret={secret}>
        <p>{t('webhook.secret_text')}</p>
      </ToldOnce>
      <div className="k-form-end">
        <Button onClick={onClose}>{t('action.close')}</Button>
      </div>
    </Dialog>
  );
}

function Standing({ webhook: { url, enabled, gone_at: gone, succeeded_at: succeeded, failed_at: failed, failure, former_secret_until: former } }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Facts
      items={[
        [t('webhook.url'), <span key="url" className="k-address">{url}</span>],
        [
          t('field.state'),
          <span key="state" className="k-mark" data-tone={enabled ? 'good' : 'warn'}>
            {enabled ? t('webhook.state_on') : gone ? t('webhook.gone', { when: format.dayAndTime(gone) }) : t('webhook.state_off')}
          </span>,
        ],
        [t('webhook.succeeded'), succeeded ? <Moment key="succeeded" at={succeeded} /> : t('webhook.never')],
        [
          t('webhook.failed'),
          failed ? (
            <span key="failed">
              <Moment at={failed} />
              {failure && <span className="k-cell-two"><Reason text={failure} /></span>}
            </span>
          ) : (
            t('webhook.never')
          ),
        ],
        ...(former ? [[t('webhook.former'), t('webhook.former_until', { when: format.dayAndTime(former) })] as const] : []),
      ]}
    />
  );
}

/** Where the organisation's own machine takes what the organisation is told, and how that goes. */
export function WebhookOf({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation();
  const [before, setBefore] = useState<string>();
  const { data: present, error, refetch } = useWebhook(organisation.id, (webhook) => answerOf(webhook) === before);
  const deeds = useWebhookDeeds(organisation.id);
  const [asked, setAsked] = useState<Asked>();
  const [secret, setSecret] = useState<string | null>(null);
  const props: AskedProps = { organisation, deeds, onSecret: setSecret, onClose: () => setAsked(undefined) };
  const test = (webhook: Webhook) => {
    setBefore(answerOf(webhook));
    deeds.test.mutate(undefined, { onSuccess: () => say(t('webhook.tested')) });
  };
  return (
    <Panel title={t('webhook.title')}>
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {present !== undefined && (
        <div className="k-stack">
          {present.url === null ? <p>{t('webhook.none')}</p> : <Standing webhook={present} />}
          <Allowed to="organisations.write">
            <div className="k-form-end">
              <Button variant="default" onClick={() => setAsked('change')}>
                {t(present.url === null ? 'webhook.set_up' : 'webhook.change')}
              </Button>
              {present.url !== null && (
                <>
                  <Button variant="default" disabled={!present.enabled} loading={deeds.test.isPending} onClick={() => test(present)}>
                    {t('webhook.test')}
                  </Button>
                  <Button variant="default" onClick={() => setAsked('renew')}>
                    {t('webhook.renew')}
                  </Button>
                  <Button variant="default" onClick={() => setAsked('remove')}>
                    {t('webhook.remove')}
                  </Button>
                </>
              )}
            </div>
            {deeds.test.error !== null && <Failure error={deeds.test.error} />}
          </Allowed>
          {asked === 'change' && <Change {...props} present={present} />}
          {asked === 'renew' && <Renew {...props} />}
          {asked === 'remove' && <Remove {...props} />}
          {secret !== null && <Secret secret={secret} onClose={() => setSecret(null)} />}
        </div>
      )}
    </Panel>
  );
}
