import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { PicturePage } from '@/features/picture/picture-page';
import { Frame } from './frame';
import { NotFoundPage } from './not-found-page';

const SightingsPage = lazy(async () => ({ default: (await import('@/features/sightings/sightings-page')).SightingsPage }));
const SightingPage = lazy(async () => ({ default: (await import('@/features/sightings/sighting-page')).SightingPage }));
const OrganisationsPage = lazy(async () => ({ default: (await import('@/features/organisations/organisations-page')).OrganisationsPage }));
const OrganisationPage = lazy(async () => ({ default: (await import('@/features/organisations/organisation-page')).OrganisationPage }));
const OrganisationFormPage = lazy(async () => ({ default: (await import('@/features/organisations/organisation-form-page')).OrganisationFormPage }));
const OrganisationImportPage = lazy(async () => ({ default: (await import('@/features/organisations/organisation-import-page')).OrganisationImportPage }));
const ConflictsPage = lazy(async () => ({ default: (await import('@/features/organisations/conflicts-page')).ConflictsPage }));
const NationalSpacePage = lazy(async () => ({ default: (await import('@/features/organisations/national-space-page')).NationalSpacePage }));
const IndicatorsPage = lazy(async () => ({ default: (await import('@/features/indicators/indicators-page')).IndicatorsPage }));
const IndicatorPage = lazy(async () => ({ default: (await import('@/features/indicators/indicator-page')).IndicatorPage }));
const IndicatorImportPage = lazy(async () => ({ default: (await import('@/features/indicators/indicator-import-page')).IndicatorImportPage }));
const SourcesPage = lazy(async () => ({ default: (await import('@/features/indicators/sources-page')).SourcesPage }));
const CollectorsPage = lazy(async () => ({ default: (await import('@/features/collectors/collectors-page')).CollectorsPage }));

/** Every page has an address of its own; the picture comes with the desk, another feature when it is first opened. */
export const DeskRoutes = () => (
  <Frame>
    <Switch>
      <Route path="/" component={PicturePage} />
      <Route path="/sightings" component={SightingsPage} />
      <Route path="/sightings/:id" component={SightingPage} />
      <Route path="/organisations" component={OrganisationsPage} />
      <Route path="/organisations/new" component={OrganisationFormPage} />
      <Route path="/organisations/import" component={OrganisationImportPage} />
      <Route path="/organisations/conflicts" component={ConflictsPage} />
      <Route path="/organisations/national-space" component={NationalSpacePage} />
      <Route path="/organisations/:id" component={OrganisationPage} />
      <Route path="/organisations/:id/edit" component={OrganisationFormPage} />
      <Route path="/indicators" component={IndicatorsPage} />
      <Route path="/indicators/import" component={IndicatorImportPage} />
      <Route path="/indicators/sources" component={SourcesPage} />
      <Route path="/indicators/:id" component={IndicatorPage} />
      <Route path="/collectors" component={CollectorsPage} />
      <Route component={NotFoundPage} />
    </Switch>
  </Frame>
);
