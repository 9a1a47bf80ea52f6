import './messages.css';
import { Button } from '@mantine/core';
import { IconPencil, IconSend } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { MessagePage, MessageSummary } from '@/contract/types';
import { Allowed } from '@/ui/allowed';
import { Chip } from '@/ui/chip';
import { useHiddenColumns } from '@/ui/column-choice';
import { Empty } from '@/ui/empty';
import { useFormat } from '@/ui/format';
import { ListActions } from '@/ui/list-actions';
import { ListBeside } from '@/ui/list-beside';
import { OrganisationLink } from '@/ui/organisation-link';
import { PageHeader } from '@/ui/page-header';
import { SavedViews } from '@/ui/saved-views';
import { useBeside } from '@/ui/use-beside';
import { usePages } from '@/ui/use-pages';
import { useQueryState } from '@/ui/use-query-state';
import { besidePanel, initiallyHidden, messageColumns, messagesCsv } from './columns';
import { MessagePanel } from './message-panel';
import { figuresOf } from './stand';
import { StateTabs } from './state-tabs';

const queryNames = ['state', 'organisation', 'open'] as const;
const idOf = (message: MessageSummary) => message.id;

function useSentence(): (page: MessagePage | undefined) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (page) => {
    if (page === undefined) return '\u00a0';
    const { all, needy, underWay } = figuresOf(page.states);
    if (all === 0) return t('messages.sentence_none');
    const first = needy === 0 ? t('messages.sentence_calm') : t('messages.sentence_needy', { count: needy, n: format.number(needy) });
    return underWay === 0 ? first : `${first} ${t('messages.sentence_under_way', { count: underWay, n: format.number(underWay) })}`;
  };
}

/** What the team writes to organisations, and what became of it: first what needs a person. */
export function OutboxPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const sentence = useSentence();
  const [{ open, ...filter }, change] = useQueryState(queryNames);
  const beside = useBeside({ open, change, id: idOf, chosen: useHiddenColumns('messages', initiallyHidden), giveWay: besidePanel });
  const pages = usePages<MessageSummary, MessagePage>('/messages', filter);
  const columns = useMemo(() => messageColumns(t, format), [t, format]);
  const { state, organisation } = filter;
  return (
    <>
      <PageHeader
        title={t('nav.outbox')}
        answer={sentence(pages.first)}
        actions={
          <>
            <Allowed to="messages.write">
              <Button component={Link} to={paths.messageNew(organisation === undefined ? {} : { organisation })} leftSection={<IconPencil size={14} aria-hidden />}>
                {t('messages.write')}
              </Button>
            </Allowed>
            <SavedViews list="messages" />
            <ListActions name="messages" columns={columns} initially={initiallyHidden} csv={messagesCsv} rows={{ path: '/messages', query: filter }} />
          </>
        }
      />
      {pages.first?.mail_from === null && (
        <p className="k-warning k-outbox-note" role="note">
          {t('messages.no_server')}
        </p>
      )}
      <StateTabs page={pages.first} state={state} organisation={organisation} />
      {organisation !== undefined && (
        <ul className="k-chips k-outbox-chips" aria-label={t('filter.active')}>
          <Chip name={t('field.organisation')} onDrop={() => change({ organisation: undefined, open: undefined })}>
            <OrganisationLink id={organisation} />
          </Chip>
        </ul>
      )}
      <ListBeside
        label={t('nav.outbox')}
        columns={columns}
        pages={pages}
        total={pages.first?.total}
        beside={beside}
        panel={(id, close) => <MessagePanel key={id} id={id} onClose={close} />}
        whenEmpty={
          state === undefined && organisation === undefined ? (
            <Empty icon={<IconSend size={26} />} title={t('messages.empty_title')}>
              <p>{t('messages.empty_text')}</p>
            </Empty>
          ) : undefined
        }
      />
    </>
  );
}
