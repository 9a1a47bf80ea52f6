import '@mantine/spotlight/styles.css';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconArrowRight, IconBolt, IconBuildingCommunity, IconEye, IconFirstAidKit, IconFlag3, IconHistory, IconKey, IconMessageReport, IconSearch, IconUser, IconZoomQuestion } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import type { Permission } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { useNavigate } from '@/ui/navigate';
import { takeTyped } from './palette-store';
import { looksLikeAddress, useFindings } from './use-findings';

const [store, palette] = createSpotlight();
const listId = 'k-palette-results';

const pages: readonly (readonly [key: string, to: string, needs: Permission | 'nothing'])[] = [
  ['nav.today', paths.today, 'nothing'],
  ['nav.picture', paths.picture, 'picture.read'],
  ['nav.triage', paths.triage(), 'incidents.read'],
  ['triage.add', paths.reportNew, 'reports.send'],
  ['nav.incidents', paths.incidents(), 'incidents.read'],
  ['incidents.open', paths.incidentNew, 'incidents.manage'],
  ['nav.sightings', paths.sightings(), 'sightings.read'],
  ['nav.events', paths.events(), 'events.read'],
  ['nav.indicators', paths.indicators(), 'indicators.read'],
  ['indicators.sources', paths.sources, 'indicators.read'],
  ['indicators.import', paths.indicatorImport, 'indicators.import'],
  ['nav.deliveries', paths.deliveries(), 'deliveries.read'],
  ['mapping.title', paths.mappingTrial(), 'deliveries.read'],
  ['nav.organisations', paths.organisations(), 'organisations.read'],
  ['organisations.add', paths.organisationNew, 'organisations.write'],
  ['organisations.import', paths.organisationImport, 'organisations.write'],
  ['organisations.conflicts', paths.conflicts, 'organisations.read'],
  ['organisations.space', paths.nationalSpace, 'organisations.read'],
  ['routing.title', paths.rules, 'routing.read'],
  ['nav.collectors', paths.collectors, 'collection.read'],
  ['nav.people', paths.people(), 'users.read'],
  ['people.invite', paths.personNew, 'users.manage'],
  ['nav.team', paths.team, 'team.manage'],
  ['nav.tokens', paths.tokens, 'users.read'],
  ['tokens.make', paths.tokenNew, 'tokens.manage'],
  ['nav.trail', paths.trail(), 'journal.read'],
  ['account.title', paths.account, 'nothing'],
];

/** Marks the first result as the one that Enter opens, as the palette itself does only at the moment of typing. */
function selectFirst(): HTMLElement | null {
  const list = document.getElementById(listId);
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
  const first = list?.querySelector<HTMLElement>('[data-action]') ?? null;
  first?.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
  return first;
}

/** Search over everything and the way to every page, from the keyboard: `/` or Ctrl K. */
export function Palette({ calls }: { calls: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const [query, setQuery] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const take = () => {
    const typed = takeTyped();
    setQuery((present) => present + typed);
  };
  useEffect(() => {
    palette.open();
    if (document.activeElement === input.current) takeTyped();
  }, [calls]);
  const text = query.trim();
  const [asked] = useDebouncedValue(text, 180);
  const { reports, incidents, indicators, organisations, owners, people, tokens, busy } = useFindings(asked);
  const settled = text !== '' && asked === text && !busy;
  const entered = useRef<string>(undefined);
  useEffect(() => {
    if (!settled) return;
    const first = selectFirst();
    if (entered.current === text) first?.click();
    entered.current = undefined;
  }, [settled, text]);
  // What was typed has no results yet, and those of an earlier text are not what is asked for: Enter waits for its own.
  const wait = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || text === '' || settled) return;
    event.stopPropagation();
    entered.current = text;
  };
  const type = (next: string) => {
    entered.current = undefined;
    setQuery(next);
  };
  const forget = () => {
    entered.current = undefined;
  };
  const go = (to: string) => () => navigate(to);
  const wanted = text.toLocaleLowerCase();
  const matching = pages.filter(([key, , needs]) => (needs === 'nothing' || may(needs)) && t(key).toLocaleLowerCase().includes(wanted));
  const isAddress = looksLikeAddress(text);
  const nothing = [reports, incidents, indicators, organisations, owners, people, tokens, matching].every((found) => found.length === 0) && !isAddress;

  return (
    <Spotlight.Root store={store} query={query} onQueryChange={type} onSpotlightClose={forget} shortcut={null} clearQueryOnClose scrollable maxHeight={440} size={620} attributes={{ content: { 'aria-label': t('search.invite') } }}>
      <Spotlight.Search ref={input} onFocus={take} onKeyDownCapture={wait} placeholder={t('search.invite')} aria-label={t('search.invite')} leftSection={<IconSearch size={18} aria-hidden />} />
      <Spotlight.ActionsList id={listId} aria-label={t('search.results')} aria-busy={text !== '' && !settled}>
        {isAddress && (may('sightings.read') || may('events.read') || may('incidents.read')) && (
          <Spotlight.ActionsGroup label={t('search.address')}>
            {may('incidents.read') && <Spotlight.Action leftSection={<IconZoomQuestion size={18} aria-hidden />} label={t('seen.ask_of', { value: text })} onClick={go(paths.seen({ kind: text.includes('/') ? 'prefix' : 'address', value: text }))} />}
            {may('sightings.read') && <Spotlight.Action leftSection={<IconEye size={18} aria-hidden />} label={t('search.seen_at', { address: text })} onClick={go(paths.sightings({ address: text, window: '30d' }))} />}
            {may('events.read') && <Spotlight.Action leftSection={<IconBolt size={18} aria-hidden />} label={t('search.told_of', { address: text })} onClick={go(paths.events({ address: text, window: 'all' }))} />}
          </Spotlight.ActionsGroup>
        )}
        {owners.length > 0 && (
          <Spotlight.ActionsGroup label={t('organisation.networks')}>
            {owners.map((owner) => (
              <Spotlight.Action key={owner.id} leftSection={<IconBuildingCommunity size={18} aria-hidden />} label={owner.name} description={t('search.owner', { network: owner.network })} onClick={go(paths.organisation(owner.id))} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {incidents.length > 0 && (
          <Spotlight.ActionsGroup label={t('nav.incidents')}>
            {incidents.map((incident) => (
              <Spotlight.Action key={incident.id} leftSection={<IconFirstAidKit size={18} aria-hidden />} label={incident.title} description={incident.number} onClick={go(paths.incident(incident.id))} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {reports.length > 0 && (
          <Spotlight.ActionsGroup label={t('nav.triage')}>
            {reports.map((report) => (
              <Spotlight.Action key={report.id} leftSection={<IconMessageReport size={18} aria-hidden />} label={report.subject ?? report.excerpt} description={t(`report_state.${report.state}`)} onClick={go(paths.report(report.id))} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {indicators.length > 0 && (
          <Spotlight.ActionsGroup label={t('nav.indicators')}>
            {indicators.map((indicator) => (
              <Spotlight.Action key={indicator.id} leftSection={<IconFlag3 size={18} aria-hidden />} label={indicator.value} description={t(`kind.${indicator.kind}`)} onClick={go(paths.indicator(indicator.id))} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {organisations.length > 0 && (
          <Spotlight.ActionsGroup label={t('nav.organisations')}>
            {organisations.map((organisation) => (
              <Spotlight.Action key={organisation.id} leftSection={<IconBuildingCommunity size={18} aria-hidden />} label={organisation.name} onClick={go(paths.organisation(organisation.id))} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {people.length > 0 && (
          <Spotlight.ActionsGroup label={t('nav.people')}>
            {people.map((person) => (
              <Spotlight.Action key={person.id} leftSection={<IconUser size={18} aria-hidden />} label={person.full_name} description={person.name} onClick={go(paths.person(person.id))} />
            ))}
            {may('journal.read') &&
              people.slice(0, 2).map((person) => (
                <Spotlight.Action key={`trail ${person.id}`} leftSection={<IconHistory size={18} aria-hidden />} label={t('search.trail_of', { name: person.full_name })} onClick={go(paths.trail({ actor: `user:${person.id}` }))} />
              ))}
          </Spotlight.ActionsGroup>
        )}
        {tokens.length > 0 && (
          <Spotlight.ActionsGroup label={t('nav.tokens')}>
            {tokens.map((token) => (
              <Spotlight.Action key={token.id} leftSection={<IconKey size={18} aria-hidden />} label={token.name} description={token.revoked_at === null ? undefined : t('token_state.revoked')} onClick={go(paths.tokens)} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {matching.length > 0 && (
          <Spotlight.ActionsGroup label={t('search.go')}>
            {matching.map(([key, to]) => (
              <Spotlight.Action key={to} leftSection={<IconArrowRight size={18} aria-hidden />} label={t(key)} onClick={go(to)} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {nothing && <Spotlight.Empty>{busy ? t('state.loading') : t('search.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
