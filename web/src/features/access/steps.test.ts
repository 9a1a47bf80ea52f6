// One thing is asked at a time, and the way in leads to where one wanted to go.
import { expect, test } from 'vitest';
import type { Session } from '@/contract/types';
import { destinationOf, firstStep, stepsFor } from './steps';

const session = (state: Session['state'], factors: Session['second_factors'] = []) => ({ state, second_factors: factors }) as unknown as Session;

test('asks for what is still to come', () => {
  expect(firstStep(undefined)).toBe('password');
  expect(firstStep(session('second_factor_to_enrol'))).toBe('enrol');
  expect(firstStep(session('second_factor_needed', ['totp', 'recovery_code']))).toBe('code');
  expect(firstStep(session('second_factor_needed', ['passkey', 'recovery_code']))).toBe('passkey');
  expect(firstStep(session('second_factor_needed', ['recovery_code']))).toBe('recovery');
});

test('offers every second factor a person has, the quickest first', () => {
  expect(stepsFor(session('second_factor_needed', ['recovery_code', 'passkey', 'totp']))).toEqual(['code', 'passkey', 'recovery']);
});

test.each([
  ['/sightings?port=443', '/sightings?port=443'],
  [null, '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/sign-in?to=/x', '/'],
  ['/welcome', '/'],
])('%s leads to %s', (wanted, destination) => expect(destinationOf(wanted)).toBe(destination));
