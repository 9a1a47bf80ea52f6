import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { IndicatorImportReport } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { Panel } from '@/ui/panel';
import { Reason } from '@/ui/reason';

/** What became of the lines: taken, new, gone; and every line that was no indicator, with its reason. */
export function ImportReport({ report }: { report: IndicatorImportReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = [
    ['read', report.read],
    ['taken', report.taken],
    ['new', report.new],
    ['gone', report.gone],
    ['flagged', report.flagged],
    ['skipped', report.skipped_count],
  ] as const;
  return (
    <Panel title={t('import.report')} note={<Link to={paths.indicators({ source: report.source })}>{report.source}</Link>} flush>
      <div role="status">
        <dl className="k-tally k-panel-body">
          {counts.map(([name, count]) => (
            <div key={name}>
              <dt>{t(`tally.${name}`)}</dt>
              <dd>{format.number(count)}</dd>
            </div>
          ))}
        </dl>
      </div>
      {report.skipped.length > 0 && (
        <table className="k-table">
          <caption className="k-unseen">{t('tally.skipped')}</caption>
          <thead>
            <tr>
              <th scope="col" data-align="end" style={{ width: 72 }}>
                {t('field.line')}
              </th>
              <th scope="col">{t('import.line_text')}</th>
              <th scope="col">{t('import.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {report.skipped.map((line) => (
              <tr key={line.line}>
                <td data-align="end" data-label={t('field.line')}>
                  {format.number(line.line)}
                </td>
                <td data-narrow="title">
                  <span className="k-address">{line.text}</span>
                </td>
                <td data-label={t('import.reason')}>
                  <Reason text={line.reason} ofFile />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
