// @vitest-environment jsdom
// Of a line of links that is too long, the present one is brought into view whenever something changes its size.
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { PlaceLink } from './place-link';
import { Tabs } from './tabs';

afterEach(cleanup);

const measure = (name: 'offsetLeft' | 'offsetWidth' | 'clientWidth', value: number) =>
  vi.spyOn(name.startsWith('offset') ? HTMLElement.prototype : Element.prototype, name as 'clientWidth', 'get').mockReturnValue(value);

test('the present link stands in the middle, and one may scroll away from it', () => {
  const watched: Element[] = [];
  let tell = () => {};
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(heard: () => void) {
        tell = heard;
      }
      observe = (part: Element) => watched.push(part);
      disconnect = () => undefined;
    },
  );
  measure('offsetLeft', 250);
  measure('offsetWidth', 100);
  const width = measure('clientWidth', 336);
  window.history.replaceState(null, '', '/here');
  const tabs = () => (
    <Tabs label="Parts">
      <PlaceLink to="/there">There</PlaceLink>
      <PlaceLink to="/here">Here</PlaceLink>
    </Tabs>
  );
  const { rerender, getByRole, getByText } = render(tabs());
  const bar = getByRole('navigation');
  expect(watched).toEqual([bar, getByText('There'), getByText('Here')]);
  tell();
  expect(bar.scrollLeft).toBe(132);
  bar.scrollLeft = 0;
  rerender(tabs());
  expect(bar.scrollLeft).toBe(0);
  width.mockReturnValue(296);
  tell();
  expect(bar.scrollLeft).toBe(152);
});
