// A clock that is wrong, or is set right in the middle of a conversation: order and delivery do not hang on it.

import { expect, test } from '../helpers/talk';

const HOUR_MS = 3_600_000;

/** In every page: the wall clock is off by what the tabs agree on. */
const shifted = () => {
  const right = Date.now;
  Date.now = () => right() + Number(localStorage.getItem('off') ?? 0);
};

for (const [words, first, later] of [
  ['an hour fast', HOUR_MS, HOUR_MS],
  ['an hour slow', -HOUR_MS, -HOUR_MS],
  ['set back by two hours', HOUR_MS, -HOUR_MS],
  ['put forward by two hours', -HOUR_MS, HOUR_MS],
]) {
  test(`a clock ${words}: two tabs and an agent see one conversation`, async ({ page, context, line, talk }) => {
    await context.addInitScript(shifted);
    await page.goto(new URL('/404', line.origin).href);
    const set = (off) => page.evaluate((off) => localStorage.setItem('off', off), off);
    await set(first);
    const visitor = await talk.tab(page);
    await visitor.write('First');
    const agent = await talk.agent();
    await agent.write('One');
    const other = await talk.tab(await context.newPage(), '/rates');
    await expect(other.bubbles).toHaveText(['First', 'One']);
    line.down();
    await visitor.write('Second');
    await set(later);
    await visitor.write('Third');
    await expect(other.bubble('Third')).toContainText('Sending …');
    await other.write('Fourth');
    await line.mend();
    await talk.whole({ visitor: ['First', 'Second', 'Third', 'Fourth'], agent: ['One'] });
  });
}
