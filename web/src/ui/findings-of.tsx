import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { read } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { FindingPage } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { useFormat } from './format';
import { Panel } from './panel';

/** How many findings an organisation has, and the way to them; for those who may see findings. */
export function FindingsOf({ organisation }: { organisation: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const allowed = useMay()('findings.read');
  const { data } = useQuery({ queryKey: ['/findings', 'of', organisation], queryFn: ({ signal }) => read<FindingPage>('/findings', { organisation, limit: 1 }, signal), enabled: allowed });
  if (!allowed || data === undefined) return null;
  return (
    <Panel title={t('nav.findings')}>
      <p>
        {t('findings.answer_own', { findings: t('count.open_findings', { count: data.open, n: format.number(data.open) }), overdue: format.number(data.overdue) })}
      </p>
      <Link to={paths.findings({ organisation })}>{t('findings.all_of', { count: data.total, n: format.number(data.total) })}</Link>
    </Panel>
  );
}
