// @vitest-environment jsdom
// Saved filters are one person's own, and outlive the page.
import { renderHook } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => {
  localStorage.clear();
  vi.resetModules();
});

const load = () => import('./views-store');
const namesOf = ({ useViews }: Awaited<ReturnType<typeof load>>, person: string, list: string) => renderHook(() => useViews(person, list)).result.current.map(({ name, query }) => `${name} ${query}`);

test('are found again after reloading, by name, and by nobody else', async () => {
  const before = await load();
  before.saveView('7', 'sightings', { name: 'Outbound', query: 'direction=outbound' });
  before.saveView('7', 'sightings', { name: 'Health', query: 'sector=health' });
  vi.resetModules();
  const after = await load();
  expect(namesOf(after, '7', 'sightings')).toEqual(['Health sector=health', 'Outbound direction=outbound']);
  expect(namesOf(after, '7', 'people')).toEqual([]);
  expect(namesOf(after, '8', 'sightings')).toEqual([]);
});

test('one of the same name is replaced, one that was removed can be put back', async () => {
  const store = await load();
  store.saveView('7', 'trail', { name: 'Mine', query: 'actor=user:7' });
  store.saveView('7', 'trail', { name: 'Mine', query: 'actor=user:7&window=24h' });
  expect(namesOf(store, '7', 'trail')).toEqual(['Mine actor=user:7&window=24h']);
  store.dropView('7', 'trail', 'Mine');
  expect(namesOf(store, '7', 'trail')).toEqual([]);
  store.saveView('7', 'trail', { name: 'Mine', query: 'actor=user:7&window=24h' });
  expect(namesOf(store, '7', 'trail')).toHaveLength(1);
});
