import { IconArrowRight, IconChartHistogram, IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import { useCollection } from '@/contract/use-collection';
import { useStatus } from '@/contract/use-status';
import { Empty } from '@/ui/empty';
import { Panel } from '@/ui/panel';

/** What must be there before there is a picture, and what is there already. */
export function FirstSteps() {
  const { t } = useTranslation();
  const { data: status } = useStatus();
  const { data: collection } = useCollection();
  if (status === undefined) return null;
  const steps = [
    { key: 'space', done: status.national_space.prefixes > 0, to: paths.nationalSpace },
    { key: 'organisations', done: status.organisations > 0, to: paths.organisationImport },
    { key: 'indicators', done: status.indicators.active > 0, to: paths.indicatorImport },
    { key: 'collectors', done: (collection?.exporters.length ?? 0) > 0, to: paths.collectors },
  ];
  return (
    <Panel>
      <Empty icon={<IconChartHistogram size={26} />} title={t('first.title')}>
        <p>{t('first.text')}</p>
        <ol className="k-steps">
          {steps.map(({ key, done, to }) => (
            <li key={key} data-done={done || undefined}>
              <Link to={to}>
                {done ? <IconCircleCheckFilled size={19} aria-hidden /> : <IconCircle size={19} aria-hidden />}
                <span>
                  {t(`first.${key}`)}
                  {done && <span className="k-unseen"> ({t('first.done')})</span>}
                </span>
                <IconArrowRight size={16} aria-hidden />
              </Link>
            </li>
          ))}
        </ol>
      </Empty>
    </Panel>
  );
}
