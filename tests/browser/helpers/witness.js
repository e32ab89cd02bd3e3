// Looks at the panel after every change of it, however short, and says in the console what no later look can find.

/** In the page, before anything else there. */
export const witness = () => {
  const { attachShadow } = Element.prototype;
  const told = new Set();
  const tell = (how, text) => {
    if (!told.has(text)) console[how](text);
    told.add(text);
  };
  Element.prototype.attachShadow = function (...words) {
    const root = attachShadow.apply(this, words);
    const look = () => {
      const texts = [...root.querySelectorAll('.bubble')].map((bubble) => bubble.textContent);
      const twice = texts.find((text, at) => texts.indexOf(text) !== at);
      if (twice) tell('warn', `witness: twice on one screen: ${twice}`);
      for (const row of root.querySelectorAll('.row.mine')) {
        const mark = row.querySelector('.mark')?.textContent ?? '';
        if (/Delivered|Seen/.test(mark)) tell('debug', `witness: arrived: ${row.querySelector('.bubble').textContent}`);
      }
    };
    new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true });
    return root;
  };
};
