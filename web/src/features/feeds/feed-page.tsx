import { Button } from '@mantine/core';
import { IconPencil, IconPlayerPlay, IconRss, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { address } from '@/contract/client';
import { paths } from '@/contract/paths';
import type { Feed } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { AwaitedPage } from '@/ui/awaited-page';
import { BackLink } from '@/ui/back-link';
import { DeedDialog } from '@/ui/deed-dialog';
import { Facts } from '@/ui/facts';
import { Failure } from '@/ui/failure';
import { HistoryOf } from '@/ui/history-of';
import { Moment } from '@/ui/moment';
import { useNavigate } from '@/ui/navigate';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { say } from '@/ui/toast';
import { WhyField } from '@/ui/why-field';
import { Fault, HealthMark } from './health';
import { Runs } from './runs';
import { Sending } from './sending';
import { spanText } from './spans';
import { useFeed, useRemoveFeed, useRunFeed } from './use-feeds';

/** What whoever brings deliveries has to know. */
const wayOf = (feed: Feed): string | null => {
  if (feed.kind === 'sightings') return null;
  if (feed.kind === 'pull' || feed.kind === 'misp') return feed.url ?? '';
  if (feed.kind === 'mailbox') return `${feed.url ?? ''}\n${feed.mailbox?.user ?? ''}\n${feed.mailbox?.folder ?? ''}`;
  if (feed.shadowserver !== null) return [feed.url, feed.shadowserver.downloads].join('\n');
  if (feed.kind === 'folder') return feed.drop_folder ?? '';
  const to = window.location.origin + address(`/feeds/${feed.id}/deliveries`);
  return ['curl -H "Authorization: Bearer $TOKEN"', '-H "Content-Type: application/octet-stream"', '--data-binary @report.csv', `"${to}?name=report.csv"`].join(' \\\n  ');
};

function Way({ feed }: { feed: Feed }) {
  const { t } = useTranslation();
  const way = wayOf(feed);
  return (
    <Panel title={t('feeds.way')}>
      <div className="k-stack">
        <p>{t(`feeds.way_${feed.kind}`)}</p>
        {way !== null && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
          <pre className="k-code" tabIndex={0} translate="no">
            {way}
          </pre>
        )}
      </div>
    </Panel>
  );
}

function About({ feed }: { feed: Feed }) {
  const { t } = useTranslation();
  const reading = feed.mapping === null ? <span translate="no">{feed.format}</span> : t('feeds.own_mapping');
  return (
    <Panel title={t('feeds.about')}>
      <Facts
        items={[
          [t('field.name'), <span key="name" translate="no">{feed.name}</span>],
          [t('field.source'), feed.source],
          [t('feeds.how'), t(`feed_kind.${feed.kind}`)],
          [t('feeds.format'), reading],
          ...(feed.kind === 'push' ? [] : [[t('feeds.period'), spanText(feed.period, t)] as const]),
          [t('feeds.expected'), feed.expected === null ? t('feeds.expected_none') : spanText(feed.expected, t)],
          ...(feed.headers.length === 0 ? [] : [[t('feeds.headers'), feed.headers.map(({ name }) => name).join(', ')] as const]),
          ...(feed.mailbox === null || feed.mailbox.senders?.length === 0 ? [] : [[t('feeds.mail_senders'), <span key="senders" translate="no">{feed.mailbox.senders?.join(', ')}</span>] as const]),
          ...(feed.mailbox === null ? [] : [[t('feeds.mail_after'), feed.mailbox.moved_to == null ? t('feeds.mail_marked') : t('feeds.mail_moved', { folder: feed.mailbox.moved_to })] as const]),
          ...(feed.shadowserver === null ? [] : [[t('feeds.days_back'), feed.shadowserver.days] as const]),
          ...(feed.shadowserver === null || feed.shadowserver.types?.length === 0 ? [] : [[t('feeds.report_types'), <span key="types" translate="no">{feed.shadowserver.types?.join(', ')}</span>] as const]),
          ...(feed.shadowserver === null || feed.shadowserver.reports?.length === 0 ? [] : [[t('feeds.subscriptions'), <span key="reports" translate="no">{feed.shadowserver.reports?.join(', ')}</span>] as const]),
          [t('feeds.delivered'), <Moment key="delivered" at={feed.delivered_at} as="ago" absent={t('feeds.not_yet')} />],
          [t('feeds.succeeded'), <Moment key="succeeded" at={feed.succeeded_at} as="ago" absent={t('feeds.not_yet')} />],
          ...(feed.next_due === null ? [] : [[t('feeds.next'), feed.running ? t('feeds.running') : <Moment key="next" at={feed.next_due} />] as const]),
          [t('field.changed'), <Moment key="changed" at={feed.changed_at} />],
        ]}
      />
    </Panel>
  );
}

function Removal({ feed, onClose }: { feed: Feed; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [why, setWhy] = useState('');
  const remove = useRemoveFeed();
  const done = () => {
    say(t('feeds.removed', { name: feed.title }));
    navigate(paths.feeds);
  };
  return (
    <DeedDialog title={t('feeds.remove_title', { name: feed.title })} deed={t('action.remove')} tone="grave" doing={remove} onDo={() => remove.mutate({ feed, why }, { onSuccess: done })} onClose={onClose}>
      <p>{t('feeds.remove_text')}</p>
      <WhyField value={why} onChange={setWhy} />
    </DeedDialog>
  );
}

/** One feed: how it is, what its latest attempts brought, and what can be done about it. */
export function FeedPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const may = useMay();
  const { data: feed, error, refetch } = useFeed(id);
  const [removing, setRemoving] = useState(false);
  const run = useRunFeed();
  const above = <BackLink to={paths.feeds} icon={IconRss}>{t('nav.feeds')}</BackLink>;
  if (feed === undefined) return <AwaitedPage title={t('feeds.feed')} above={above} asked={{ error, refetch }} />;
  const sends = may('deliveries.send') && feed.enabled;
  return (
    <>
      <PageHeader
        title={feed.title}
        above={above}
        marks={<HealthMark health={feed.health} />}
        answer={
          <>
            {t(`feed_health_text.${feed.health}`)} <Fault feed={feed} />
          </>
        }
        actions={
          <>
            {sends && feed.kind !== 'push' && (
              <Button leftSection={<IconPlayerPlay size={14} aria-hidden />} loading={run.isPending || feed.running} onClick={() => run.mutate(feed, { onSuccess: () => say(t('feeds.run_begun')) })}>
                {t('feeds.run')}
              </Button>
            )}
            {may('feeds.manage') && (
              <>
                <Button component={Link} to={paths.feedEdit(feed.id)} variant="default" leftSection={<IconPencil size={14} aria-hidden />}>
                  {t('action.edit')}
                </Button>
                <Button variant="default" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setRemoving(true)}>
                  {t('action.remove')}
                </Button>
              </>
            )}
          </>
        }
      />
      {run.error !== null && <Failure error={run.error} />}
      <div className="k-columns">
        <div>
          <Runs runs={feed.runs} />
          {sends && <Sending feed={feed} />}
          <HistoryOf subject={`feed:${feed.id}`} />
        </div>
        <div>
          <About feed={feed} />
          <Way feed={feed} />
        </div>
      </div>
      {removing && <Removal feed={feed} onClose={() => setRemoving(false)} />}
    </>
  );
}
