import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import { messageStates, type MessagePage } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { Tabs } from '@/ui/tabs';
import { figuresOf } from './stand';

/** The outbox by states, each with how many; what needs a person first. */
export function StateTabs({ page, state, organisation }: { page: MessagePage | undefined; state: string | undefined; organisation: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const of = (count: number | undefined) => (page === undefined ? '' : ` (${format.number(count ?? 0)})`);
  const tabs = [
    [undefined, `${t('messages.all')}${of(page && figuresOf(page.states).all)}`] as const,
    // Nobody looks for what is sent in this moment, unless it stays so.
    ...messageStates.filter((each) => each !== 'sending' || state === each || (page?.states[each] ?? 0) > 0).map((each) => [each, `${t(`message_state.${each}`)}${of(page?.states[each])}`] as const),
  ];
  return (
    <Tabs label={t('field.state')}>
      {tabs.map(([each, text]) => (
        <Link key={each ?? 'all'} to={paths.messages({ ...(each === undefined ? {} : { state: each }), ...(organisation === undefined ? {} : { organisation }) })} className={each === state ? 'active' : ''} aria-current={each === state ? 'page' : undefined}>
          {text}
        </Link>
      ))}
    </Tabs>
  );
}
