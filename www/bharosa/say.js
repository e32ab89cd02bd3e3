// The message beside the launcher, drawn without the panel's code. Fetched when there is something to say.

const element = (parent, tag, className, textContent) => {
  const made = Object.assign(document.createElement(tag), { className, textContent });
  parent.append(made);
  return made;
};

/** Only what leads to a page of the bank's, an encrypted one elsewhere, a letter or a call. */
const safe = (address) => {
  try {
    const { protocol, origin, href } = new URL(address, location);
    const here = protocol === 'http:' && origin === location.origin;
    return here || /^(https|mailto|tel):$/.test(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
};

/** Seconds as people say them. */
const duration = (seconds, lang) => {
  const [unit, length] = seconds < 120 ? ['second', 1] : seconds < 7200 ? ['minute', 60] : ['hour', 3600];
  const style = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 };
  return Intl.NumberFormat(lang, style).format(Math.floor(seconds / length));
};

/**
 * The sentence for one fact; undefined where the language has none, or a slot of it would stay empty. The words may
 * be different ones for certain values, or for one and for many.
 */
const sentence = ({ key, value, name }, words, lang) => {
  let text = words[`because.${key}`];
  if (text && typeof text === 'object') text = text[value] ?? text[new Intl.PluralRules(lang).select(value)];
  // Nobody wants to read what did not happen.
  if (typeof text !== 'string' || value === '0') return undefined;
  const slots = { name, value: key.endsWith('_s') && value !== '' ? duration(Number(value), lang) : value };
  let whole = true;
  const filled = text.replace(/\{(name|value)\}/g, (_, slot) => {
    whole &&= Boolean(slots[slot]);
    return slots[slot];
  });
  return whole ? filled : undefined;
};

/** The sentences for what made a rule act, each once; one that the language lacks is left out. */
export const sentences = (because, words, lang) =>
  [...new Set(because.map((one) => sentence(one, words, lang)).filter(Boolean))];

/**
 * Shows `prompt` in `root` and answers with the way to take it away. `words` are the language file's; what the
 * visitor does with the message goes to `send`. Focus stays where it is.
 */
export const draw = (root, prompt, words, send) => {
  const { lang } = root.host;
  const word = (key) => words[key] ?? '';
  const button = (parent, className, text, act) => {
    const made = element(parent, 'button', className, text);
    made.type = 'button';
    made.onclick = act;
    return made;
  };
  const dismiss = () => send('dismissed');

  const section = document.createElement('section');
  section.className = 'say';
  section.setAttribute('aria-label', word('say.label'));
  // In braces: a handler that answers false would take the key from the browser.
  section.onkeydown = ({ key }) => {
    if (key === 'Escape') dismiss();
  };
  button(section, 'close', '', dismiss).setAttribute('aria-label', word('say.dismiss'));
  element(section, 'p', 'text', prompt.text).dir = 'auto';

  const replies = element(section, 'div', 'replies', '');
  const address = prompt.link && safe(prompt.link);
  if (address) {
    const link = element(replies, 'a', 'reply', prompt.label || address);
    link.href = address;
    link.onclick = () => void send('followed');
  }
  prompt.replies.forEach((reply, index) => button(replies, 'reply', reply, () => send('replied', index)));

  if (prompt.shares.length) {
    // A function, so that no sign in the value means anything.
    const shares = prompt.shares.map(({ key, shown }) => word(`share.${key}`).replace('{value}', () => shown));
    element(section, 'p', 'shares', `${word('say.shares')} ${shares.join(' · ')}`);
  }

  const reasons = sentences(prompt.because, words, lang);
  if (reasons.length) {
    const because = element(section, 'details', 'because', '');
    element(because, 'summary', '', word('say.because'));
    const list = element(because, 'ul', '', '');
    for (const reason of reasons) element(list, 'li', '', reason).dir = 'auto';
  }
  root.append(section);
  return () => section.remove();
};
