import '@/ui/access.css';
import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { paths } from '@/contract/paths';
import type { Invited, UserInput } from '@/contract/types';
import { useRoles } from '@/contract/use-roles';
import { BackLink } from '@/ui/back-link';
import { Failure } from '@/ui/failure';
import { useNavigate } from '@/ui/navigate';
import { PageHeader } from '@/ui/page-header';
import { TableSkeleton } from '@/ui/table-skeleton';
import { sayUndoable } from '@/ui/undo';
import { useBegun } from '@/ui/use-begun';
import { draftOf, inputOf } from './draft';
import { LinkTold } from './link-told';
import { PersonForm } from './person-form';
import { useInvite, usePerson, useSavePerson } from './use-people';

function Done({ invited }: { invited: Invited }) {
  const { t } = useTranslation();
  return (
    <div className="k-form">
      <LinkTold invited={invited} />
      <div className="k-form-end">
        <Button component={Link} to={paths.person(invited.user.id)} size="sm">
          {t('person.open')}
        </Button>
      </div>
    </div>
  );
}

/** Invites a person, who then gets a one-time link; or changes one. */
export function PersonFormPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const roles = useRoles();
  const person = usePerson(id);
  const { begun, renew } = useBegun(person);
  const invite = useInvite();
  const save = useSavePerson();
  const submit = (input: UserInput, letGo: () => void) => {
    const known = roles.data ?? [];
    if (begun === undefined) {
      invite.mutate(input, { onSuccess: letGo });
      return;
    }
    save.mutate(
      { present: begun, input },
      {
        onSuccess: (saved) => {
          letGo();
          sayUndoable(`user:${saved.id}`, t('organisation.saved', { name: saved.full_name }), (why) => save.mutateAsync({ present: saved, input: inputOf(draftOf(begun, known), known), why }));
          navigate(paths.person(saved.id));
        },
      },
    );
  };
  const error = person.error ?? roles.error;
  const ready = roles.data !== undefined && (id === undefined || begun !== undefined);
  return (
    <>
      <PageHeader
        title={invite.data !== undefined ? t('person.invited', { name: invite.data.user.full_name }) : t(id === undefined ? 'people.invite' : 'person.edit')}
        answer={invite.data !== undefined ? t('person.invited_text') : (begun?.full_name ?? t('person.form_text'))}
        above={<BackLink to={paths.people()} icon={IconUsers}>{t('nav.people')}</BackLink>}
      />
      {error !== null && <Failure error={error} retry={() => void Promise.all([person.refetch(), roles.refetch()])} />}
      {!ready && error === null && <TableSkeleton />}
      {ready && invite.data === undefined && (
        <PersonForm key={begun?.version} user={begun} roles={roles.data} error={invite.error ?? save.error} saving={invite.isPending || save.isPending} onSave={submit} onCancel={() => navigate(id === undefined ? paths.people() : paths.person(id))} onRenew={() => void renew(save.reset)} />
      )}
      {invite.data !== undefined && <Done invited={invite.data} />}
    </>
  );
}
