import { Button } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { paths } from '@/contract/paths';
import { Empty } from '@/ui/empty';
import { Panel } from '@/ui/panel';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Panel>
      <Empty
        icon={<IconMapPinOff size={26} />}
        title={t('not_found.title')}
        actions={
          <Button component={Link} to={paths.picture}>
            {t('not_found.back')}
          </Button>
        }
      >
        <p>{t('not_found.text')}</p>
      </Empty>
    </Panel>
  );
}
