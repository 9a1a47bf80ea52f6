import '@/ui/access.css';
import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useId, useState, type ReactNode, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import { ContractError } from '@/contract/problem';
import { permissionGroups, type MadeToken, type Permission, type PermissionGroup } from '@/contract/types';
import { BackLink } from '@/ui/back-link';
import { Failure } from '@/ui/failure';
import { Moment } from '@/ui/moment';
import { useNavigate } from '@/ui/navigate';
import { OrganisationChoice } from '@/ui/organisation-choice';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { faultOf } from '@/ui/reason';
import { ToldOnce } from '@/ui/told-once';
import { useUnsaved } from '@/ui/unsaved';
import { mayHold } from './may-hold';
import { useMakeToken } from './use-tokens';

const groups = Object.keys(permissionGroups) as PermissionGroup[];
const noFields: ReadonlyMap<string, string> = new Map();
const longestDays = 730;

interface PermissionsProps {
  offered: (permission: Permission) => boolean;
  chosen: ReadonlySet<Permission>;
  onChange: (chosen: ReadonlySet<Permission>) => void;
  fault: ReactNode;
}

function Permissions({ offered, chosen, onChange, fault }: PermissionsProps) {
  const { t } = useTranslation();
  const id = useId();
  const toggle = (permission: Permission, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(permission);
    else next.delete(permission);
    onChange(next);
  };
  const present = groups.map((group) => ({ group, permissions: permissionGroups[group].filter(offered) })).filter(({ permissions }) => permissions.length > 0);
  return (
    <div className="k-stack">
      {present.map(({ group, permissions }) => (
        <fieldset key={group} className="k-group" aria-describedby={fault === undefined ? undefined : id}>
          <legend>{t(`permission_group.${group}`)}</legend>
          <div className="k-choices">
            {permissions.map((permission) => (
              <Checkbox key={permission} label={t(`permission.${permission}`)} description={<span translate="no">{permission}</span>} checked={chosen.has(permission)} onChange={(event) => toggle(permission, event.currentTarget.checked)} />
            ))}
          </div>
        </fieldset>
      ))}
      {fault !== undefined && (
        <p id={id} className="k-group-error">
          {fault}
        </p>
      )}
    </div>
  );
}

function Made({ made }: { made: MadeToken }) {
  const { t } = useTranslation();
  return (
    <div className="k-form">
      <ToldOnce label={t('tokens.secret')} secret={made.secret}>
        <p>{t('tokens.secret_text')}</p>
        <p>
          {t('field.valid_until')}: <Moment at={made.token.expires_at} as="day" />
        </p>
      </ToldOnce>
      <div className="k-form-end">
        <Button component={Link} to={paths.tokens} size="sm">
          {t('tokens.back')}
        </Button>
      </div>
    </div>
  );
}

/** Makes a token for a program: what it is for, what it may do, what it sees, how long. */
export function TokenFormPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<Permission>>(new Set<Permission>());
  const [organisation, setOrganisation] = useState<string | null>(null);
  const [days, setDays] = useState(90);
  const make = useMakeToken();
  // A choice that the organisation rules out comes back with everything.
  const offered = (permission: Permission) => mayHold(permission, organisation);
  const permissions = [...chosen].filter(offered);
  const letGo = useUnsaved(make.data === undefined && (name !== '' || permissions.length > 0));
  const faults = make.error instanceof ContractError ? make.error.fields : noFields;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    make.mutate({ name: name.trim(), permissions, organisation, valid_days: days }, { onSuccess: letGo });
  };
  return (
    <>
      <PageHeader
        title={make.data === undefined ? t('tokens.make') : t('tokens.made', { name: make.data.token.name })}
        answer={t(make.data === undefined ? 'tokens.form_text' : 'tokens.made_text')}
        above={<BackLink to={paths.tokens} icon={IconKey}>{t('nav.tokens')}</BackLink>}
      />
      {make.data !== undefined && <Made made={make.data} />}
      {make.data === undefined && (
        <form className="k-form" onSubmit={submit} noValidate>
          {make.error !== null && <Failure error={make.error} />}
          <Panel title={t('tokens.what')}>
            <div className="k-stack">
              <TextInput label={t('tokens.purpose')} description={t('tokens.purpose_note')} required value={name} maxLength={100} error={faultOf(faults, 'name')} onChange={(event) => setName(event.currentTarget.value)} autoComplete="off" />
              <div className="k-form-row">
                <OrganisationChoice label={t('tokens.sees')} description={t('tokens.sees_note')} value={organisation} onChange={setOrganisation} error={faultOf(faults, 'organisation')} />
                <NumberInput label={t('tokens.days')} description={t('tokens.days_note', { most: longestDays })} value={days} min={1} max={longestDays} clampBehavior="blur" allowDecimal={false} error={faultOf(faults, 'valid_days') ?? faultOf(faults, 'expires_at')} onChange={(next) => setDays(Number(next))} />
              </div>
            </div>
          </Panel>
          <Panel title={t('tokens.permissions')} note={t('tokens.permissions_note')}>
            <Permissions offered={offered} chosen={chosen} onChange={setChosen} fault={faultOf(faults, 'permissions')} />
          </Panel>
          <div className="k-form-end">
            <Button type="submit" size="sm" loading={make.isPending}>
              {t('tokens.make')}
            </Button>
            <Button variant="default" size="sm" onClick={() => { letGo(); navigate(paths.tokens); }}>
              {t('action.cancel')}
            </Button>
          </div>
        </form>
      )}
    </>
  );
}
