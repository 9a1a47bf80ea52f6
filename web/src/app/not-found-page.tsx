import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import { PageHeader } from '@/ui/page-header';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('not_found.title')} answer={t('not_found.text')} />
      <Button component={Link} to={paths.home}>
        {t('not_found.back')}
      </Button>
    </>
  );
}
