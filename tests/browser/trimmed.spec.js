// A desk that keeps few entries of each conversation tells the agent that there was more.

import { Agent, SANA } from './helpers/agent';
import { expect, test } from './helpers/test';

test.use({ deskOptions: { more: ['--keep-entries', '3'] } });

/** A visitor without a widget: asks for a person and says so many things. Resolves when all of it is stored. */
function say(page, messages) {
  return page.evaluate(
    (messages) =>
      new Promise((resolve) => {
        const socket = new WebSocket('/ws', 'bharosa.v1');
        const tell = (frame) => socket.send(JSON.stringify(frame));
        socket.onopen = () => {
          tell({ type: 'hello', version: 1 });
          tell({ type: 'route', cid: 'r', queue: 'loans' });
          for (const text of messages) tell({ type: 'message', cid: text, body: { kind: 'text', text } });
        };
        socket.onmessage = ({ data }) => {
          const frame = JSON.parse(data);
          if (frame.type === 'ack' && frame.cid === messages.at(-1)) resolve();
        };
      }),
    messages,
  );
}

test('an agent sees what is kept, and that it is not the beginning', async ({ page, browser, desk }) => {
  await page.goto(desk.url('/contact'));
  await say(page, ['One', 'Two', 'Three', 'Four']);
  const sana = await Agent.signIn(await (await browser.newContext()).newPage(), desk, SANA);
  await sana.accept();
  // That she joined is the third entry.
  await expect(sana.bubbles).toHaveText(['Three', 'Four']);
  const lines = sana.log.getByRole('listitem').filter({ hasText: /no longer kept|joined/ });
  await expect(lines).toHaveText([/^Earlier messages are no longer kept/, /^You joined/]);
  await sana.write('Hello');
  await expect(sana.bubbles).toHaveText(['Three', 'Four', 'Hello']);
});
