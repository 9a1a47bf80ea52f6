// A part of what was sent has a form of its own, which calls its fields without the whole.
import { expect, test } from 'vitest';
import { ContractError, within } from './problem';

test('the fields of a part are called as the part calls them, others as they are', () => {
  const error = new ContractError('invalid', 422, 'refused', new Map([['incident.title', 'is required'], ['incident.tags[0]', 'is empty'], ['group', 'must be an id']]));
  const told = within('incident', error);
  expect(told instanceof ContractError && [...told.fields.keys()]).toEqual(['title', 'tags[0]', 'group']);
  expect(within('incident', null)).toBeNull();
});
