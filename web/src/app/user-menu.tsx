import { Button, Menu } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import { signOut } from '@/contract/session';
import { useSession } from '@/contract/use-session';
import { initialsOf } from '@/ui/initials';
import { useNavigate } from '@/ui/navigate';
import { say } from '@/ui/toast';
import { mayLeave } from '@/ui/unsaved';

/** Who is signed in, with which roles; the way to one's account, and out. */
export function UserMenu() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const session = useSession();
  const out = useMutation({ mutationFn: signOut, onError: () => say(t('user_menu.sign_out_failed'), 'bad') });
  if (session === undefined) return null;
  const { user } = session;
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false} shadow="md" width={250}>
      <Menu.Target>
        <Button variant="subtle" color="gray" px={4} className="k-top-button" aria-label={t('user_menu.title', { initials: initialsOf(user.full_name), name: user.full_name })}>
          <span className="k-initials" aria-hidden>{initialsOf(user.full_name)}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="k-who">
          <strong>{user.full_name}</strong>
          <span>{user.name}</span>
          <span>{user.roles.map((role) => t(`role.${role}`)).join(' · ')}</span>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUserCircle size={16} stroke={1.7} aria-hidden />} onClick={() => navigate(paths.account)}>
          {t('account.title')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} aria-hidden />} disabled={out.isPending} onClick={() => mayLeave() && out.mutate()}>
          {t('user_menu.sign_out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
