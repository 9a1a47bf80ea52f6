// The way through the triage, for the journey through the desk.
import path from 'node:path';

/** Reports are taken down, stand as one group, are merged and let wait again, refused, and accepted into an incident that tells of them. */
export async function sortReports({ browser, open, visit, judge, note, words: mk, folder }) {
  const page = await open(browser, { language: 'mk', width: 1440, as: 'example.analyst' });
  page.where = 'sort';
  const takeDown = async (subject, text, email) => {
    await visit(page, '/triage');
    await page.keyboard.press('n');
    await page.waitForURL(/\/desk\/triage\/new$/);
    await page.getByLabel(mk['report_field.subject']).fill(subject);
    await page.getByLabel(mk['report_field.text']).fill(text);
    await page.getByLabel(mk['contact.email']).fill(email);
    await page.getByRole('button', { name: mk['triage.send'], exact: true }).click();
    await page.getByRole('heading', { level: 1, name: subject }).waitFor();
  };
  await takeDown('Чуден мејл од банката', 'Ми бара картичка на hxxps://card.login-bank[.]example/kartica. <img src=x>', 'first@mail.example');
  await page.locator('.k-report-text', { hasText: 'hxxps://card.login-bank[.]example/kartica. <img src=x>' }).waitFor();
  if ((await page.locator('.k-report-text *').count()) > 0) note(page.where, 'what was told is rendered');
  await takeDown('Дали е ова од банката?', 'Ова ми дојде: https://card.login-bank.example/kartica', 'second@mail.example');
  await takeDown('Порака за пратка', 'Платете царина на hxxp://parcel.post-office[.]example/pay', 'third@mail.example');
  await visit(page, '/triage');
  const lines = page.locator('tbody tr');
  await lines.filter({ hasText: 'Дали е ова од банката?' }).getByText('2 чекаат').waitFor();
  const deeds = page.getByRole('group', { name: mk['triage.decide'] });
  await page.keyboard.press('j');
  await deeds.waitFor();
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(mk['report_field.reason']).fill('Не е за нас.');
  await dialog.getByRole('button', { name: mk['triage.refuse'], exact: true }).click();
  await lines.filter({ hasText: 'Порака за пратка' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: mk['action.undo'] }).last().click();
  await lines.filter({ hasText: 'Порака за пратка' }).waitFor();
  await lines.filter({ hasText: 'Дали е ова од банката?' }).getByText('2 чекаат').click();
  await page.locator('.k-side .k-report-text').waitFor();
  await judge(page, 'mk');
  await page.screenshot({ path: path.join(folder, 'sort-mk-1440.png') });
  await page.keyboard.press('m');
  await dialog.getByRole('combobox', { name: mk['incidents.one'] }).fill('Рансомвер');
  await page.getByRole('option', { name: /Рансомвер во болница$/ }).click();
  await dialog.getByRole('button', { name: mk['triage.join'], exact: true }).click();
  await page.getByRole('button', { name: mk['action.undo'] }).last().click();
  await lines.filter({ hasText: 'Дали е ова од банката?' }).getByText('2 чекаат').click();
  await deeds.waitFor();
  await page.keyboard.press('a');
  await page.waitForURL(/\/accept$/);
  await page.getByRole('combobox', { name: mk['field.class'] }).click();
  await page.getByRole('option', { name: mk['rsit.class.fraud'], exact: true }).click();
  await page.getByRole('combobox', { name: mk['field.type'] }).click();
  await page.getByRole('option', { name: mk['rsit.type.phishing'], exact: true }).click();
  await page.getByRole('radio', { name: new RegExp(`^${mk['severity.medium']}`) }).check();
  await page.getByRole('button', { name: mk['incidents.open'], exact: true }).click();
  await page.waitForURL(/\/desk\/triage$/);
  await visit(page, '/triage?state=accepted');
  await lines.filter({ hasText: 'Дали е ова од банката?' }).locator('.k-incident-name').first().click();
  await page.locator('.k-entry[data-kind="reported"] a', { hasText: 'Чуден мејл од банката' }).waitFor();
  await page.context().close();
}
