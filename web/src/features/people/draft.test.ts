// The form of a person sends what the contract wants: roles of one side, an organisation only where they need one.
import { expect, test } from 'vitest';
import type { Role, User } from '@/contract/types';
import { draftOf, inputOf, isName } from './draft';

const roles = [
  { id: 'duty_analyst', side: 'team' },
  { id: 'auditor', side: 'team' },
  { id: 'constituent_member', side: 'organisation' },
] as unknown as Role[];

const draft = { ...draftOf(undefined, roles), name: ' Ana.P ', full_name: ' Ana P ' };

test('only roles of the chosen side are sent, in the order of the table', () => {
  expect(inputOf({ ...draft, roles: ['constituent_member', 'auditor', 'duty_analyst'], organisation: 'x' }, roles)).toEqual({
    name: 'ana.p', full_name: 'Ana P', email: null, language: 'mk', roles: ['duty_analyst', 'auditor'], organisation: null,
  });
});

test('begins on the side that the person is on', () => expect(draftOf({ roles: ['constituent_member'] } as unknown as User, roles).side).toBe('organisation'));

test.each([['ana.p', true], ['it@hospital.example', true], ['a', false], ['ана', false], ['a b', false]])('%s: %s', (name, good) => expect(isName(name)).toBe(good));
