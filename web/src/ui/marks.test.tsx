// @vitest-environment jsdom
// Labels are words first: nothing is told by colour alone.
import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { fillJsdomGaps } from './jsdom-gaps';
import { TlpBadge } from './tlp-badge';
import { Meter } from './meter';

afterEach(cleanup);
fillJsdomGaps();

test('a TLP label carries FIRST’s own name', () => {
  render(<MantineProvider><TlpBadge tlp="amber+strict" /></MantineProvider>);
  expect(screen.getByText('TLP:AMBER+STRICT').dataset['tlp']).toBe('amber+strict');
});

test('a meter says its figure', () => {
  render(<Meter value={85} label="Confidence" />);
  expect(screen.getByRole('img', { name: 'Confidence: 85/100' })).toBeDefined();
  expect(screen.getByText('85')).toBeDefined();
});
