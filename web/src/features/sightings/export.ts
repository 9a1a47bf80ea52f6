import type { Sighting } from '@/contract/types';
import { toCsv } from '@/ui/csv';

/** Column names are the contract's, in English, because machines read them too. */
const columns: readonly (readonly [string, (sighting: Sighting) => string | number | null])[] = [
  ['id', (s) => s.id],
  ['hour', (s) => s.hour],
  ['first', (s) => s.first],
  ['last', (s) => s.last],
  ['direction', (s) => s.direction],
  ['national_address', (s) => s.national_address],
  ['organisation', (s) => s.organisation?.name ?? null],
  ['foreign_address', (s) => s.foreign_address],
  ['country', (s) => s.country],
  ['indicator', (s) => s.indicator.value],
  ['matched', (s) => s.matched],
  ['peer', (s) => s.peer],
  ['side', (s) => s.side],
  ['class', (s) => s.indicator.class],
  ['type', (s) => s.indicator.type],
  ['protocol', (s) => s.protocol],
  ['port', (s) => s.port],
  ['flows', (s) => s.flows],
  ['packets', (s) => s.packets],
  ['bytes', (s) => s.bytes],
  ['sources', (s) => s.sources.join('; ')],
  ['tlp', (s) => s.tlp],
];

export const sightingsCsv = (sightings: readonly Sighting[]): string =>
  toCsv(
    columns.map(([name]) => name),
    sightings.map((sighting) => columns.map(([, value]) => value(sighting))),
  );
