// Saved filters, by list, of one person: kept at this browser. The one place that would change if the server kept them.
import { useSyncExternalStore } from 'react';

/** A list as somebody narrowed and sorted it: the query of its page. */
export interface View {
  name: string;
  query: string;
}

type Views = Readonly<Record<string, readonly View[]>>;

/** More than one keeps apart by name. */
export const mostViews = 30;
const keyOf = (person: string) => `kula.views.${person}`;
const nothing: Views = {};
const known = new Map<string, Views>();
const watchers = new Set<() => void>();

function read(person: string): Views {
  const before = known.get(person);
  if (before !== undefined) return before;
  let found = nothing;
  try {
    found = JSON.parse(localStorage.getItem(keyOf(person)) ?? '{}') as Views;
  } catch {
    // Unreadable is as good as none.
  }
  known.set(person, found);
  return found;
}

function write(person: string, views: Views): void {
  known.set(person, views);
  try {
    localStorage.setItem(keyOf(person), JSON.stringify(views));
  } catch {
    // Without storage they hold for this visit.
  }
  for (const watcher of watchers) watcher();
}

const byName = (one: View, other: View) => one.name.localeCompare(other.name);

/** A view of the same name is replaced. */
export function saveView(person: string, list: string, view: View): void {
  const views = read(person);
  write(person, { ...views, [list]: [...(views[list] ?? []).filter(({ name }) => name !== view.name), view].sort(byName).slice(0, mostViews) });
}

export function dropView(person: string, list: string, name: string): void {
  const views = read(person);
  write(person, { ...views, [list]: (views[list] ?? []).filter((view) => view.name !== name) });
}

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

const none: readonly View[] = [];

export const useViews = (person: string, list: string): readonly View[] => useSyncExternalStore(subscribe, () => read(person)[list] ?? none);
