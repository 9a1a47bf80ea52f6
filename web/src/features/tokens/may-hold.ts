import { forPeopleOnly, ofOrganisations, type Permission } from '@/contract/types';

/** Whether the server makes a token with this permission, for everything or for one organisation only. */
export const mayHold = (permission: Permission, organisation: string | null): boolean =>
  !forPeopleOnly.includes(permission) && (organisation === null || ofOrganisations.includes(permission));
