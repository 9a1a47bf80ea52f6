// What looks like an address is looked up as one.
import { expect, test } from 'vitest';
import { looksLikeAddress } from './use-findings';

test.each(['192.0.2.1', '192.0.2.0/24', '2001:db8::1', '2001:db8::/32', '::1'])('%s does', (text) => expect(looksLikeAddress(text)).toBe(true));
test.each(['192.0.2', 'example.org', '12:30', 'AS64500', ''])('%s does not', (text) => expect(looksLikeAddress(text)).toBe(false));
