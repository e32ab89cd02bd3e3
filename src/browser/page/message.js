// The message beside the launcher: fetches what draws it when there is something to say.

import { script, style, words } from './fetched.js';
import { finally_ } from './life.js';

/** Makes `show(prompt, cause)` and, without one, the message's end. */
export const message = (page, send) => {
  // A live region must be there before there is anything to say, else nothing is heard.
  const region = document.createElement('div');
  region.className = 'status';
  region.setAttribute('role', 'status');
  page.root.append(region);

  // Counts messages, so that one whose words come late does not appear after it was taken back.
  let latest = 0;
  let remove;
  const show = async (prompt, cause) => {
    const number = ++latest;
    remove?.();
    remove = undefined;
    region.textContent = '';
    if (!prompt) return;
    try {
      const [{ draw }, said] = await Promise.all([script('say.js'), words(), style('say.css')]);
      if (number !== latest) return;
      region.textContent = prompt.text;
      remove = draw(page.root, { ...prompt, ...cause }, said, send);
    } catch (error) {
      // Without the language file there are no words for the buttons: then nothing is said at all.
      page.warn(error.message);
      if (number === latest) send('unshown');
    }
  };
  finally_(() => {
    show();
    region.remove();
  });
  return show;
};
