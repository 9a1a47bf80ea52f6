import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { Frame } from './frame';
import { NotFoundPage } from './not-found-page';

const PicturePage = lazy(async () => ({ default: (await import('@/features/picture/picture-page')).PicturePage }));
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

/** Every page has an address of its own; a feature comes when it is first opened. */
export function DeskRoutes() {
  return (
    <Routes>
      <Route element={<Frame />}>
        <Route index element={<PicturePage />} />
        <Route path="sightings" element={<SightingsPage />} />
        <Route path="sightings/:id" element={<SightingPage />} />
        <Route path="organisations" element={<OrganisationsPage />} />
        <Route path="organisations/new" element={<OrganisationFormPage />} />
        <Route path="organisations/import" element={<OrganisationImportPage />} />
        <Route path="organisations/conflicts" element={<ConflictsPage />} />
        <Route path="organisations/national-space" element={<NationalSpacePage />} />
        <Route path="organisations/:id" element={<OrganisationPage />} />
        <Route path="organisations/:id/edit" element={<OrganisationFormPage />} />
        <Route path="indicators" element={<IndicatorsPage />} />
        <Route path="indicators/import" element={<IndicatorImportPage />} />
        <Route path="indicators/sources" element={<SourcesPage />} />
        <Route path="indicators/:id" element={<IndicatorPage />} />
        <Route path="collectors" element={<CollectorsPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}
