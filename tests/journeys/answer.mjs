// The page behind the link of a mail about findings (linked_page.mjs), where somebody says that one of them is fixed.
//
//   node answer.mjs LINK FINDING FOLDER

import { visit } from './linked_page.mjs';

const [link, finding, folder] = process.argv.slice(2);
await visit('answer', link, folder, async (page) => {
  for (const box of await page.getByRole('checkbox').all()) if ((await box.getAttribute('value')) !== finding) await box.uncheck();
  await page.locator('#reason').fill('recursion is off');
  await page.locator('button[value=claimed_fixed]').click();
});
