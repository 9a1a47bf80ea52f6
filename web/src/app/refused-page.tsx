import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useMay, useSession } from '@/contract/use-session';
import { Empty } from '@/ui/empty';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { homeFor } from './place-list';

/** A place that is not for one's role: said plainly, with who can change that. */
export function RefusedPage() {
  const { t } = useTranslation();
  const may = useMay();
  const session = useSession();
  const roles = session?.user.roles.map((role) => t(`role.${role}`)).join(', ') ?? '';
  return (
    <>
      <PageHeader title={t('not_yours.title')} />
      <Panel>
        <Empty
          icon={<IconLock size={26} />}
          title={t('not_yours.roles', { roles })}
          actions={
            <Button component={Link} to={homeFor(may)}>
              {t('not_yours.back')}
            </Button>
          }
        >
          <p>{t('not_yours.text')}</p>
        </Empty>
      </Panel>
    </>
  );
}
