// The page behind the link of a mail about contacts (linked_page.mjs), where somebody says that they are right.
//
//   node confirm.mjs LINK FOLDER

import { visit } from './linked_page.mjs';

const [link, folder] = process.argv.slice(2);
await visit('confirm', link, folder, (page) => page.getByRole('button').click());
