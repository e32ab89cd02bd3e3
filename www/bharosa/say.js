// The message beside the launcher, drawn without the panel's code. Fetched when there is something to say.

const element = (parent, tag, className, textContent) => {
  const made = Object.assign(document.createElement(tag), { className, textContent });
  parent.append(made);
  return made;
};

/**
 * Shows `prompt` in `root` and answers with the way to take it away. `words` are the language file's; what the
 * visitor does with the message goes to `send`. Focus stays where it is.
 */
export const draw = (root, prompt, words, send) => {
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
  prompt.replies.forEach((reply, index) => button(replies, 'reply', reply, () => send('replied', index)));
  if (prompt.shares.length) {
    // A function, so that no sign in the value means anything.
    const shares = prompt.shares.map(({ key, shown }) => word(`share.${key}`).replace('{value}', () => shown));
    element(section, 'p', 'shares', `${word('say.shares')} ${shares.join(' · ')}`);
  }
  root.append(section);
  return () => section.remove();
};
