import { Button, Select, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { read, write } from '@/contract/client';
import type { Organisation, PlainMail } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { DeedDialog } from '@/ui/deed-dialog';
import { Facts } from '@/ui/facts';
import { Failure } from '@/ui/failure';
import { Moment } from '@/ui/moment';
import { Panel } from '@/ui/panel';
import { say } from '@/ui/toast';
import { sayUndoable } from '@/ui/undo';

type Agreed = Pick<PlainMail, 'up_to' | 'why'>;

const labels = ['green', 'amber', 'amber+strict'] as const;
const nothing: Agreed = { up_to: null, why: null };
const longestWhy = 500;
const at = (id: string) => `/organisations/${encodeURIComponent(id)}/plain-mail`;
const shown = (label: string) => `TLP:${label.toUpperCase()}`;
/** The contract counts bytes. */
const fits = (why: string) => new TextEncoder().encode(why).length <= longestWhy;

const usePlainMail = (id: string) => useQuery({ queryKey: ['plain-mail', id], queryFn: ({ signal }) => read<PlainMail>(at(id), {}, signal) });

function useAgree(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ up_to, why, because }: Agreed & { because?: string }) => write<PlainMail>('PUT', at(id), { body: { up_to, why }, why: because }),
    onSuccess: (agreed) => {
      client.setQueryData(['plain-mail', id], agreed);
      return Promise.all([['/messages'], ['message'], ['message-preview'], ['/journal']].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
}

function Agreement({ organisation, present, onClose }: { organisation: Organisation; present: PlainMail; onClose: () => void }) {
  const { t } = useTranslation();
  const agree = useAgree(organisation.id);
  const undo = useAgree(organisation.id);
  const [upTo, setUpTo] = useState<(typeof labels)[number]>(present.up_to ?? 'amber');
  const [why, setWhy] = useState(present.why ?? '');
  const done = () => {
    const said = t('plain_mail.agreed', { name: organisation.name, label: shown(upTo) });
    sayUndoable(`organisation:${organisation.id}`, said, (because) => undo.mutateAsync({ up_to: present.up_to, why: present.why, because }));
    onClose();
  };
  return (
    <DeedDialog title={t('plain_mail.title_of', { name: organisation.name })} deed={t('action.save')} tone="plain" doing={agree} told={why.trim() !== ''} onDo={() => agree.mutate({ up_to: upTo, why: why.trim() }, { onSuccess: done })} onClose={onClose}>
      <p>{t('plain_mail.text')}</p>
      <Select label={t('plain_mail.up_to')} data={labels.map((label) => ({ value: label, label: shown(label) }))} value={upTo} allowDeselect={false} onChange={(label) => setUpTo(label ?? upTo)} />
      <Textarea label={t('plain_mail.why')} description={t('plain_mail.why_note')} required autosize minRows={2} maxRows={6} value={why} onChange={(event) => fits(event.currentTarget.value) && setWhy(event.currentTarget.value)} data-autofocus />
    </DeedDialog>
  );
}

/** Up to which label the organisation takes mail that others can read on the way, and who agreed to it. */
export function PlainMailAgreement({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation();
  const { data: present, error, refetch } = usePlainMail(organisation.id);
  const end = useAgree(organisation.id);
  const [asked, setAsked] = useState(false);
  const ended = () => say(t('plain_mail.ended', { name: organisation.name }));
  return (
    <Panel title={t('plain_mail.title')}>
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {present !== undefined && (
        <div className="k-stack">
          {present.up_to === null ? (
            <p>{t('plain_mail.none')}</p>
          ) : (
            <Facts
              items={[
                [t('plain_mail.up_to'), shown(present.up_to)],
                [t('plain_mail.why'), present.why ?? '–'],
                [t('plain_mail.by'), present.changed_by ?? t('actor.unknown')],
                [t('field.changed'), <Moment key="changed" at={present.changed_at} />],
              ]}
            />
          )}
          <Allowed to="organisations.write">
            <div className="k-form-end">
              <Button variant="default" onClick={() => setAsked(true)}>
                {t(present.up_to === null ? 'plain_mail.agree' : 'plain_mail.change')}
              </Button>
              {present.up_to !== null && (
                <Button variant="default" loading={end.isPending} onClick={() => end.mutate(nothing, { onSuccess: ended })}>
                  {t('plain_mail.end')}
                </Button>
              )}
            </div>
            {end.error !== null && <Failure error={end.error} />}
          </Allowed>
          {asked && <Agreement organisation={organisation} present={present} onClose={() => setAsked(false)} />}
        </div>
      )}
    </Panel>
  );
}
