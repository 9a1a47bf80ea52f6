import '@/ui/access.css';
import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { paths } from '@/contract/paths';
import type { Invited, User, UserInput } from '@/contract/types';
import { useRoles } from '@/contract/use-roles';
import { Failure } from '@/ui/failure';
import { useNavigate } from '@/ui/navigate';
import { PageHeader } from '@/ui/page-header';
import { TableSkeleton } from '@/ui/table-skeleton';
import { say } from '@/ui/toast';
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
  // The version the draft began with: what is read anew meanwhile takes its place only when somebody asks for it.
  const [begun, setBegun] = useState<User>();
  if (begun === undefined && person.data !== undefined && !person.isFetching) setBegun(person.data);
  const invite = useInvite();
  const save = useSavePerson();
  const renew = async () => {
    const { data: present, isSuccess } = await person.refetch();
    if (!isSuccess) return;
    save.reset();
    setBegun(present);
  };
  const submit = (input: UserInput, letGo: () => void) => {
    if (begun === undefined) {
      invite.mutate(input, { onSuccess: letGo });
      return;
    }
    save.mutate(
      { present: begun, input },
      {
        onSuccess: (saved) => {
          letGo();
          say(t('organisation.saved', { name: saved.full_name }));
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
        above={
          <Link to={paths.people()} className="k-back">
            <IconUsers size={15} aria-hidden /> {t('nav.people')}
          </Link>
        }
      />
      {error !== null && <Failure error={error} retry={() => void Promise.all([person.refetch(), roles.refetch()])} />}
      {!ready && error === null && <TableSkeleton />}
      {ready && invite.data === undefined && (
        <PersonForm key={begun?.version} user={begun} roles={roles.data} error={invite.error ?? save.error} saving={invite.isPending || save.isPending} onSave={submit} onCancel={() => navigate(id === undefined ? paths.people() : paths.person(id))} onRenew={() => void renew()} />
      )}
      {invite.data !== undefined && <Done invited={invite.data} />}
    </>
  );
}
