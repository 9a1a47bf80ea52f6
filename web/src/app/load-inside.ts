const beginsWithToday = /^\/desk\/(today)?$/.test(window.location.pathname);

/** What only those need who are in: the frame and the ways to all pages; and beside it the page with which most begin. */
export function loadInside() {
  if (beginsWithToday) void import('@/features/today/today-page').catch(() => undefined);
  return import('./inside');
}
