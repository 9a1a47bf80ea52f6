import { lazy, type ComponentType } from 'react';
import { Redirect, Route, Switch, useSearch } from 'wouter';
import { paths } from '@/contract/paths';
import type { Permission } from '@/contract/types';
import { useMay, useStanding } from '@/contract/use-session';
import { Frame } from './frame';
import { IdleWatch } from './idle-watch';
import { LanguageChoice } from './language-choice';
import { NotFoundPage } from './not-found-page';
import { homeFor } from './place-list';
import { RefusedPage } from './refused-page';

const TodayPage = lazy(async () => ({ default: (await import('@/features/today/today-page')).TodayPage }));
const OwnDay = lazy(async () => ({ default: (await import('./own-day')).OwnDay }));
const PicturePage = lazy(async () => ({ default: (await import('@/features/picture/picture-page')).PicturePage }));
const SightingsPage = lazy(async () => ({ default: (await import('@/features/sightings/sightings-page')).SightingsPage }));
const SightingPage = lazy(async () => ({ default: (await import('@/features/sightings/sighting-page')).SightingPage }));
const EventsPage = lazy(async () => ({ default: (await import('@/features/events/events-page')).EventsPage }));
const EventPage = lazy(async () => ({ default: (await import('@/features/events/event-page')).EventPage }));
const IncidentsPage = lazy(async () => ({ default: (await import('@/features/incidents/incidents-page')).IncidentsPage }));
const IncidentPage = lazy(async () => ({ default: (await import('@/features/incidents/incident-page')).IncidentPage }));
const IncidentFormPage = lazy(async () => ({ default: (await import('@/features/incidents/incident-form-page')).IncidentFormPage }));
const TriagePage = lazy(async () => ({ default: (await import('@/features/triage/triage-page')).TriagePage }));
const ReportPage = lazy(async () => ({ default: (await import('@/features/triage/report-page')).ReportPage }));
const ReportFormPage = lazy(async () => ({ default: (await import('@/features/triage/report-form-page')).ReportFormPage }));
const AcceptPage = lazy(async () => ({ default: (await import('./accept-page')).AcceptPage }));
const SeenPage = lazy(async () => ({ default: (await import('@/features/seen/seen-page')).SeenPage }));
const FindingsPage = lazy(async () => ({ default: (await import('@/features/findings/findings-page')).FindingsPage }));
const LoopPage = lazy(async () => ({ default: (await import('@/features/findings/loop-page')).LoopPage }));
const FindingPage = lazy(async () => ({ default: (await import('@/features/findings/finding-page')).FindingPage }));
const OrganisationsPage = lazy(async () => ({ default: (await import('@/features/organisations/organisations-page')).OrganisationsPage }));
const OrganisationPage = lazy(async () => ({ default: (await import('@/features/organisations/organisation-page')).OrganisationPage }));
const OrganisationFormPage = lazy(async () => ({ default: (await import('@/features/organisations/organisation-form-page')).OrganisationFormPage }));
const OrganisationImportPage = lazy(async () => ({ default: (await import('@/features/organisations/organisation-import-page')).OrganisationImportPage }));
const ProposalsPage = lazy(async () => ({ default: (await import('@/features/organisations/proposals-page')).ProposalsPage }));
const ProposalFormPage = lazy(async () => ({ default: (await import('@/features/organisations/proposal-form-page')).ProposalFormPage }));
const ConflictsPage = lazy(async () => ({ default: (await import('@/features/organisations/conflicts-page')).ConflictsPage }));
const NationalSpacePage = lazy(async () => ({ default: (await import('@/features/organisations/national-space-page')).NationalSpacePage }));
const IndicatorsPage = lazy(async () => ({ default: (await import('@/features/indicators/indicators-page')).IndicatorsPage }));
const IndicatorPage = lazy(async () => ({ default: (await import('@/features/indicators/indicator-page')).IndicatorPage }));
const IndicatorImportPage = lazy(async () => ({ default: (await import('@/features/indicators/indicator-import-page')).IndicatorImportPage }));
const SourcesPage = lazy(async () => ({ default: (await import('@/features/indicators/sources-page')).SourcesPage }));
const FeedsPage = lazy(async () => ({ default: (await import('@/features/feeds/feeds-page')).FeedsPage }));
const FeedPage = lazy(async () => ({ default: (await import('@/features/feeds/feed-page')).FeedPage }));
const FeedFormPage = lazy(async () => ({ default: (await import('@/features/feeds/feed-form-page')).FeedFormPage }));
const RulesPage = lazy(async () => ({ default: (await import('@/features/routing/rules-page')).RulesPage }));
const OutboxPage = lazy(async () => ({ default: (await import('@/features/messages/outbox-page')).OutboxPage }));
const MessagePage = lazy(async () => ({ default: (await import('@/features/messages/message-page')).MessagePage }));
const WritePage = lazy(async () => ({ default: (await import('@/features/messages/write-page')).WritePage }));
const DeliveriesPage = lazy(async () => ({ default: (await import('@/features/deliveries/deliveries-page')).DeliveriesPage }));
const DeliveryPage = lazy(async () => ({ default: (await import('@/features/deliveries/delivery-page')).DeliveryPage }));
const MappingTrialPage = lazy(async () => ({ default: (await import('@/features/deliveries/mapping-trial-page')).MappingTrialPage }));
const CollectorsPage = lazy(async () => ({ default: (await import('@/features/collectors/collectors-page')).CollectorsPage }));
const PeoplePage = lazy(async () => ({ default: (await import('@/features/people/people-page')).PeoplePage }));
const PersonPage = lazy(async () => ({ default: (await import('@/features/people/person-page')).PersonPage }));
const PersonFormPage = lazy(async () => ({ default: (await import('@/features/people/person-form-page')).PersonFormPage }));
const SessionsPage = lazy(async () => ({ default: (await import('@/features/sessions/sessions-page')).SessionsPage }));
const UpkeepPage = lazy(async () => ({ default: (await import('@/features/upkeep/upkeep-page')).UpkeepPage }));
const TokensPage = lazy(async () => ({ default: (await import('@/features/tokens/tokens-page')).TokensPage }));
const TokenFormPage = lazy(async () => ({ default: (await import('@/features/tokens/token-form-page')).TokenFormPage }));
const TeamPage = lazy(async () => ({ default: (await import('@/features/team/team-page')).TeamPage }));
const TrailPage = lazy(async () => ({ default: (await import('@/features/trail/trail-page')).TrailPage }));
const AccountPage = lazy(async () => ({ default: (await import('@/features/access/account-page')).AccountPage }));

/** Every page has an address of its own and a permission; the first that matches is shown. */
const pages: readonly (readonly [path: string, needs: Permission, page: ComponentType])[] = [
  [paths.picture, 'picture.read', PicturePage],
  ['/sightings', 'sightings.read', SightingsPage],
  ['/sightings/:id', 'sightings.read', SightingPage],
  ['/events', 'events.read', EventsPage],
  ['/events/:id', 'events.read', EventPage],
  ['/triage', 'incidents.read', TriagePage],
  [paths.reportNew, 'reports.send', ReportFormPage],
  ['/triage/:id', 'incidents.read', ReportPage],
  ['/triage/:id/accept', 'incidents.manage', AcceptPage],
  ['/incidents', 'incidents.read', IncidentsPage],
  [paths.incidentNew, 'incidents.manage', IncidentFormPage],
  ['/incidents/:id', 'incidents.read', IncidentPage],
  ['/incidents/:id/edit', 'incidents.manage', IncidentFormPage],
  ['/seen', 'incidents.read', SeenPage],
  ['/findings', 'findings.read', FindingsPage],
  [paths.loop, 'findings.read', LoopPage],
  ['/findings/:id', 'findings.read', FindingPage],
  ['/organisations', 'organisations.read', OrganisationsPage],
  ['/organisations/new', 'organisations.write', OrganisationFormPage],
  ['/organisations/import', 'organisations.write', OrganisationImportPage],
  ['/organisations/proposals', 'organisations.read', ProposalsPage],
  ['/organisations/conflicts', 'organisations.read', ConflictsPage],
  ['/organisations/national-space', 'organisations.read', NationalSpacePage],
  ['/organisations/:id', 'organisations.read', OrganisationPage],
  ['/organisations/:id/propose', 'organisations.propose', ProposalFormPage],
  ['/organisations/:id/edit', 'organisations.write', OrganisationFormPage],
  ['/indicators', 'indicators.read', IndicatorsPage],
  ['/indicators/import', 'indicators.import', IndicatorImportPage],
  ['/indicators/sources', 'indicators.read', SourcesPage],
  ['/indicators/:id', 'indicators.read', IndicatorPage],
  [paths.feeds, 'feeds.read', FeedsPage],
  [paths.feedNew, 'feeds.manage', FeedFormPage],
  ['/feeds/:id', 'feeds.read', FeedPage],
  ['/feeds/:id/edit', 'feeds.manage', FeedFormPage],
  [paths.rules, 'routing.read', RulesPage],
  ['/outbox', 'messages.read', OutboxPage],
  ['/outbox/new', 'messages.write', WritePage],
  ['/outbox/:id', 'messages.read', MessagePage],
  ['/deliveries', 'deliveries.read', DeliveriesPage],
  ['/deliveries/mapping', 'deliveries.read', MappingTrialPage],
  ['/deliveries/:id', 'deliveries.read', DeliveryPage],
  ['/collectors', 'collection.read', CollectorsPage],
  ['/people', 'users.read', PeoplePage],
  ['/people/new', 'users.manage', PersonFormPage],
  ['/people/:id', 'users.read', PersonPage],
  ['/people/:id/edit', 'users.manage', PersonFormPage],
  ['/sessions', 'users.read', SessionsPage],
  ['/tokens', 'users.read', TokensPage],
  ['/tokens/new', 'tokens.manage', TokenFormPage],
  ['/team', 'team.manage', TeamPage],
  ['/trail', 'journal.read', TrailPage],
  ['/upkeep', 'operation.read', UpkeepPage],
];

/** Where the person begins; a filter is one of the picture, which stood here once. */
function Home() {
  const may = useMay();
  const search = useSearch();
  return <Redirect to={search !== '' && may('picture.read') ? `${paths.picture}?${search}` : homeFor(may)} replace />;
}

/** The team's day, or that of one organisation. */
function Today() {
  const may = useMay();
  return may('findings.answer') ? <OwnDay /> : <TodayPage />;
}

/** All that stands behind the door. */
export function Inside() {
  const may = useMay();
  const standing = useStanding();
  return (
    <>
      <Frame>
        <Switch>
          <Route path={paths.home} component={Home} />
          <Route path={paths.today} component={Today} />
          <Route path={paths.account}>
            <AccountPage language={<LanguageChoice />} />
          </Route>
          {pages.map(([path, needs, Page]) => (
            <Route key={path} path={path} component={may(needs) ? Page : RefusedPage} />
          ))}
          <Route component={NotFoundPage} />
        </Switch>
      </Frame>
      {standing.is === 'in' && <IdleWatch session={standing.session} />}
    </>
  );
}

