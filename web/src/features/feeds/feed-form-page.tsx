import { IconRss } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { paths } from '@/contract/paths';
import type { FeedInput } from '@/contract/types';
import { BackLink } from '@/ui/back-link';
import { Failure } from '@/ui/failure';
import { useNavigate } from '@/ui/navigate';
import { PageHeader } from '@/ui/page-header';
import { TableSkeleton } from '@/ui/table-skeleton';
import { say } from '@/ui/toast';
import { useBegun } from '@/ui/use-begun';
import { FeedForm } from './feed-form';
import { useAddFeed, useFeed, useFeeds, useSaveFeed } from './use-feeds';

/** Adds a feed, or changes one. A key that was replaced is gone, so that nothing here can be undone. */
export function FeedFormPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const feeds = useFeeds();
  const feed = useFeed(id);
  const { begun, renew } = useBegun(feed);
  const add = useAddFeed();
  const save = useSaveFeed();
  const submit = (input: FeedInput, letGo: () => void) => {
    const onSuccess = (saved: { id: string; title: string }) => {
      letGo();
      say(t(begun === undefined ? 'feeds.added' : 'feeds.saved', { name: saved.title }));
      navigate(paths.feed(saved.id));
    };
    if (begun === undefined) add.mutate(input, { onSuccess });
    else save.mutate({ present: begun, input }, { onSuccess });
  };
  const error = feed.error ?? feeds.error;
  const ready = feeds.data !== undefined && (id === undefined || begun !== undefined);
  return (
    <>
      <PageHeader title={t(id === undefined ? 'feeds.add' : 'feeds.edit')} answer={begun?.title ?? t('feeds.form_text')} above={<BackLink to={paths.feeds} icon={IconRss}>{t('nav.feeds')}</BackLink>} />
      {error !== null && <Failure error={error} retry={() => void Promise.all([feed.refetch(), feeds.refetch()])} />}
      {!ready && error === null && <TableSkeleton />}
      {ready && (
        <FeedForm key={begun?.version} feed={begun} formats={feeds.data.formats} error={add.error ?? save.error} saving={add.isPending || save.isPending} onSave={submit} onCancel={() => navigate(id === undefined ? paths.feeds : paths.feed(id))} onRenew={() => void renew(save.reset)} />
      )}
    </>
  );
}
