import { OwnFindingsPage } from '@/features/findings/own-findings-page';
import { ContactsAsked } from '@/features/organisations/contacts-asked';
import { OwnSightings } from '@/features/today/own-sightings';

/** What those see first who look after one organisation. */
export const OwnDay = () => <OwnFindingsPage above={<ContactsAsked />} below={<OwnSightings />} />;
