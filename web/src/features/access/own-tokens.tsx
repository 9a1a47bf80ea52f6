import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { address, read, write } from '@/contract/client';
import { ContractError } from '@/contract/problem';
import { stateOf } from '@/contract/token-state';
import { forPeopleOnly, permissionGroups, type MadeToken, type OwnTokenInput, type Permission, type PermissionGroup, type Token } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { CopyButton } from '@/ui/copy-button';
import { DeedDialog } from '@/ui/deed-dialog';
import { Failure } from '@/ui/failure';
import { Moment } from '@/ui/moment';
import { Panel } from '@/ui/panel';
import { faultOf } from '@/ui/reason';
import { TableSkeleton } from '@/ui/table-skeleton';
import { say } from '@/ui/toast';
import { ToldOnce } from '@/ui/told-once';
import { useNow } from '@/ui/use-now';

const key = ['own-tokens'];
const longestDays = 730;
const noFields: ReadonlyMap<string, string> = new Map();
/** What most programs are for. */
const usual: readonly Permission[] = ['findings.read', 'findings.answer'];

/** Open findings, as any program may ask for them. */
const exampleWith = (secret: string) => `curl -H 'Authorization: Bearer ${secret}' '${new URL(address('/findings'), window.location.href).href}?limit=10'`;

function Example({ secret }: { secret: string }) {
  const { t } = useTranslation();
  const line = exampleWith(secret);
  return (
    <div className="k-stack">
      <p>{t('own_tokens.example')}</p>
      <div className="k-told-line">
        <code className="k-secret" translate="no">
          {line}
        </code>
        <CopyButton text={line} />
      </div>
    </div>
  );
}

function Form({ onMade, onClose }: { onMade: (made: MadeToken) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [days, setDays] = useState(365);
  const offered = (Object.keys(permissionGroups) as PermissionGroup[]).flatMap((group): readonly Permission[] => permissionGroups[group]).filter((permission) => may(permission) && !forPeopleOnly.includes(permission));
  const [chosen, setChosen] = useState<readonly Permission[]>(usual.filter((permission) => offered.includes(permission)));
  const make = useMutation({
    mutationFn: () => write<MadeToken>('POST', '/account/tokens', { body: { name: name.trim(), permissions: [...chosen], valid_days: days } satisfies OwnTokenInput }),
    onSuccess: (made) => {
      onMade(made);
      return client.invalidateQueries({ queryKey: key });
    },
  });
  const faults = make.error instanceof ContractError ? make.error.fields : noFields;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form className="k-stack" onSubmit={submit} noValidate>
      {make.error !== null && <Failure error={make.error} />}
      <TextInput label={t('tokens.purpose')} description={t('tokens.purpose_note')} required value={name} maxLength={100} error={faultOf(faults, 'name')} onChange={(event) => setName(event.currentTarget.value)} autoComplete="off" data-autofocus />
      <Checkbox.Group label={t('tokens.permissions')} description={t('own_tokens.permissions_note')} value={[...chosen]} error={faultOf(faults, 'permissions')} onChange={(next) => setChosen(next)}>
        <div className="k-choices">
          {offered.map((permission) => (
            <Checkbox key={permission} value={permission} label={t(`permission.${permission}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <NumberInput label={t('tokens.days')} description={t('tokens.days_note', { most: longestDays })} value={days} min={1} max={longestDays} clampBehavior="blur" allowDecimal={false} error={faultOf(faults, 'valid_days') ?? faultOf(faults, 'expires_at')} onChange={(next) => setDays(Number(next))} />
      <div className="k-form-end">
        <Button type="submit" loading={make.isPending}>
          {t('tokens.make')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}

function Revocation({ token, onClose }: { token: Token; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => write<undefined>('DELETE', `/account/tokens/${token.id}`),
    onSuccess: () => {
      say(t('tokens.revoked', { name: token.name }));
      onClose();
      return client.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <DeedDialog title={t('tokens.revoke_title', { name: token.name })} deed={t('tokens.revoke')} tone="grave" doing={revoke} onDo={() => revoke.mutate()} onClose={onClose}>
      <p>{t('tokens.revoke_text')}</p>
    </DeedDialog>
  );
}

function Line({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const { t } = useTranslation();
  const state = stateOf(token, useNow());
  const isOpen = state === 'open' || state === 'expiring';
  return (
    <li>
      <IconKey size={20} stroke={1.6} aria-hidden />
      <div>
        <p className="k-line-name">
          {token.name}
          {state !== 'open' && (
            <span className="k-mark k-mark-beside" data-tone={state === 'expiring' ? 'warn' : 'neutral'}>
              {t(`token_state.${state}`)}
            </span>
          )}
        </p>
        <p className="k-line-note">{token.permissions.map((permission) => t(`permission.${permission}`)).join(' · ')}</p>
        <p className="k-line-note">
          {t('field.valid_until')}: <Moment at={token.expires_at} as="day" /> · {t('tokens.last_used')}: <Moment at={token.last_used_at} as="ago" absent={t('tokens.never_used')} />
          {token.last_used_from !== null && (
            <>
              {' '}
              · <span className="k-address">{token.last_used_from}</span>
            </>
          )}
        </p>
      </div>
      {isOpen && (
        <Button variant="default" onClick={onRevoke} aria-label={t('tokens.revoke_that', { name: token.name })}>
          {t('tokens.revoke')}
        </Button>
      )}
    </li>
  );
}

/** Tokens by which one's own programs ask in one's stead: made, listed, revoked. */
export function OwnTokens() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: async ({ signal }) => (await read<{ items: Token[] }>('/account/tokens', {}, signal)).items });
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<MadeToken>();
  const [revoking, setRevoking] = useState<Token>();
  const begin = () => {
    setMade(undefined);
    setMaking(true);
  };
  return (
    <Panel title={t('own_tokens.title')} note={t('own_tokens.note')}>
      <div className="k-stack">
        {made !== undefined && (
          <ToldOnce label={t('tokens.secret')} secret={made.secret}>
            <Example secret={made.secret} />
          </ToldOnce>
        )}
        {data === undefined && (error === null ? <TableSkeleton rows={2} /> : <Failure error={error} retry={() => void refetch()} />)}
        {data?.length === 0 && !isMaking && <p className="k-faint">{t('own_tokens.none')}</p>}
        {data !== undefined && data.length > 0 && (
          <ul className="k-lines-list">
            {data.map((token) => (
              <Line key={token.id} token={token} onRevoke={() => setRevoking(token)} />
            ))}
          </ul>
        )}
        {data !== undefined && data.length > 0 && made === undefined && !isMaking && <Example secret="kula_…" />}
        {isMaking && (
          <Form
            onMade={(answer) => {
              setMade(answer);
              setMaking(false);
            }}
            onClose={() => setMaking(false)}
          />
        )}
        {!isMaking && (
          <div>
            <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={begin}>
              {t('tokens.make')}
            </Button>
          </div>
        )}
      </div>
      {revoking !== undefined && <Revocation token={revoking} onClose={() => setRevoking(undefined)} />}
    </Panel>
  );
}
