// What the widget says in a language, from the same files it reads itself.

import fs from 'node:fs';
import path from 'node:path';

import { demoConfig, root } from './paths';

const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const config = read(demoConfig);

/** `say('line.queued', { queue: 'Loans' })` in `lang`; `launcher`, `offer` and such come from the config. */
export function wordsOf(lang) {
  const texts = read(path.join(root, `www/bharosa/lang/${lang}.json`));
  const rule = config.rules[0].then[0].say;
  const say = (key, slots = {}) =>
    Object.entries(slots).reduce((text, [slot, value]) => text.replace(`{${slot}}`, value), texts[key]);
  return {
    say,
    launcher: config.launcher.label[lang],
    page: config.pages['auto-loans'].name[lang],
    offer: rule.text[lang].replace('{page.name}', config.pages['auto-loans'].name[lang]),
    yes: rule.replies[0].text[lang],
    no: rule.replies[1].text[lang],
    queue: (id) => config.queues[id].name[lang],
  };
}
