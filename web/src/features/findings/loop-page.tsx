import './findings.css';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { read } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { LoopFigures } from '@/contract/types';
import { labelOf, useSectors } from '@/contract/use-sectors';
import { Chart, type Ink } from '@/ui/chart';
import { Failure } from '@/ui/failure';
import { Facts } from '@/ui/facts';
import { useFormat } from '@/ui/format';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { TableSkeleton } from '@/ui/table-skeleton';
import { Places } from './places';
import { trendInk, trendOption, trendParts } from './trend-option';

const stages = ['opened', 'notified', 'seen', 'acknowledged', 'claimed_fixed', 'verified'] as const;
const medians = ['opened_to_notified', 'notified_to_seen', 'notified_to_acknowledged', 'notified_to_claimed_fixed', 'opened_to_verified'] as const;

/** The findings that the figures count. */
interface Span {
  opened_from: string;
  opened_to: string;
}

/** How far the findings came; each bar from zero, in the share of all. */
function Funnel({ funnel, span }: { funnel: LoopFigures['funnel']; span: Span }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ol className="k-funnel">
      {stages.map((stage) => {
        const share = funnel.opened === 0 ? 0 : funnel[stage] / funnel.opened;
        return (
          <li key={stage}>
            <span>{t(`loop.${stage}`)}</span>
            <span className="k-funnel-bar" aria-hidden>
              <span style={{ width: `${share * 100}%` }} />
            </span>
            <Link to={paths.findings({ ...span, ...(stage === 'opened' ? {} : { reached: stage }) })}>
              <strong>{format.number(funnel[stage])}</strong>
            </Link>
            <span className="k-faint">{format.percent(share)}</span>
          </li>
        );
      })}
    </ol>
  );
}

function useSpan(): (seconds: number | null) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (seconds) => {
    if (seconds === null) return '–';
    const [unit, size] = seconds < 5400 ? (['minutes', 60] as const) : seconds < 172_800 ? (['hours', 3600] as const) : (['days', 86_400] as const);
    const count = Math.round(seconds / size);
    return t(`loop.span_${unit}`, { count, n: format.number(count) });
  };
}

function Sectors({ sectors, span }: { sectors: LoopFigures['sectors']; span: Span }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: known } = useSectors();
  if (sectors.length === 0) return <p className="k-table-none">{t('list.none')}</p>;
  return (
    <table className="k-table">
      <thead>
        <tr>
          <th scope="col">{t('field.sector')}</th>
          {(['opened', 'open', 'overdue', 'verified'] as const).map((name) => (
            <th key={name} scope="col" data-align="end">
              {t(`loop.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sectors.map(({ sector, opened, open, overdue, verified }) => (
          <tr key={sector ?? 'none'}>
            <td data-narrow="title">
              <Link to={paths.findings({ ...span, sector: sector ?? 'none' })}>{sector === null ? t('filter.no_sector') : labelOf(known, sector, format.language)}</Link>
            </td>
            {([['opened', opened], ['open', open], ['overdue', overdue], ['verified', verified]] as const).map(([name, count]) => (
              <td key={name} data-align="end" data-label={t(`loop.${name}`)}>
                {format.number(count)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Trend({ weeks }: { weeks: LoopFigures['weeks'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const option = useCallback((ink: Ink) => trendOption({ weeks, format, ink, names: { opened: t('loop.opened'), verified: t('loop.verified'), reopened: t('loop.reopened') } }), [weeks, format, t]);
  return (
    <>
      <ul className="k-trend-names">
        {trendParts.map((part) => (
          <li key={part} data-ink={trendInk[part]}>
            {t(`loop.${part}`)}
          </li>
        ))}
      </ul>
      <Chart label={t('loop.trend')} height={240} option={option} />
      <details>
        <summary>{t('picture.as_table')}</summary>
        <table className="k-table">
          <thead>
            <tr>
              <th scope="col">{t('loop.week')}</th>
              {trendParts.map((part) => (
                <th key={part} scope="col" data-align="end">
                  {t(`loop.${part}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.toReversed().map((week) => (
              <tr key={week.from}>
                <td data-narrow="title">{format.day(week.from)}</td>
                {trendParts.map((part) => (
                  <td key={part} data-align="end" data-label={t(`loop.${part}`)}>
                    {format.number(week[part])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

/** Whether it helped: how many were told, answered and are gone, how long it took, where, and which way it goes. */
export function LoopPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const span = useSpan();
  const { data, error, refetch } = useQuery({ queryKey: ['loop'], queryFn: ({ signal }) => read<LoopFigures>('/findings/figures', {}, signal) });
  const answer =
    data === undefined
      ? '\u00a0'
      : data.funnel.opened === 0
        ? t('loop.answer_none')
        : t('loop.answer', { count: data.funnel.opened, n: format.number(data.funnel.opened), verified: format.number(data.funnel.verified), relapsed: format.number(data.funnel.relapsed) });
  return (
    <>
      <PageHeader title={t('loop.title')} answer={answer} />
      <Places />
      {data === undefined && (error === null ? <TableSkeleton rows={10} /> : <Failure error={error} retry={() => void refetch()} />)}
      {data !== undefined && (
        <div className="k-columns">
          <div>
            <Panel title={t('loop.funnel')} note={t('loop.since', { day: format.day(data.from) })}>
              <Funnel funnel={data.funnel} span={{ opened_from: data.from, opened_to: data.to }} />
            </Panel>
            <Panel title={t('loop.trend')}>
              <Trend weeks={data.weeks} />
            </Panel>
            <Panel title={t('loop.sectors')} flush>
              <Sectors sectors={data.sectors} span={{ opened_from: data.from, opened_to: data.to }} />
            </Panel>
          </div>
          <div>
            <Panel title={t('loop.medians')} note={t('loop.medians_note')}>
              <Facts items={medians.map((name) => [t(`loop.${name}`), span(data.median_seconds[name])] as const)} longNames />
            </Panel>
          </div>
        </div>
      )}
    </>
  );
}
