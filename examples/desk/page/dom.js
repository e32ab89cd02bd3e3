// The few ways this page touches the document. Text from people goes in as
// text nodes only, so that nothing anybody writes can become markup.

export const byId = (id) => document.getElementById(id);

/** One column: the list and the conversation are never seen together. The style sheet draws the same line. */
export const narrow = () => !matchMedia("(min-width: 44rem)").matches;

/** Makes an element. Attributes that are undefined, null or false are left out; `onclick` and its like are listeners. */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

/** Writes text only when it differs: an unchanged node keeps its selection and is not read out again. */
export function setText(node, text) {
  const wanted = text ?? "";
  if (node.textContent !== wanted) node.textContent = wanted;
}

export function setAttribute(node, name, value) {
  if (value === undefined || value === null || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

/** Shows or hides, and puts the text in. */
export function showText(node, text) {
  node.hidden = !text;
  setText(node, text);
}

/**
 * Makes the children of `parent` follow `items`, each known by its `key`.
 * `draw(item, before)` answers with the node, the old one brought up to date or a
 * new one. Nodes that stay are not moved, because moving a node takes its focus away.
 */
export function keyed(parent, items, draw) {
  const active = document.activeElement;
  const wanted = new Set(items.map((item) => item.key));
  const held = new Map();
  for (const child of Array.from(parent.children)) {
    if (wanted.has(child.dataset.key)) held.set(child.dataset.key, child);
    else child.remove();
  }
  let place = parent.firstElementChild;
  for (const item of items) {
    const before = held.get(item.key);
    const node = draw(item, before);
    node.dataset.key = item.key;
    if (before && before !== node) {
      before.replaceWith(node);
      if (place === before) place = node;
    }
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
  if (parent.contains(active) && document.activeElement !== active) active.focus({ preventScroll: true });
}

/** A `keyed` drawer for things that are simply made anew when they differ. */
export function redrawn(make) {
  return (item, before) => {
    const signature = JSON.stringify(item);
    if (before?.dataset.signature === signature) return before;
    const node = make(item);
    node.dataset.signature = signature;
    return node;
  };
}

/** Says something to people who do not look at the screen, once, when they are free to listen. */
export function announce(text) {
  news.push(text);
  if (news.length > 1) return;
  // The same words twice in a row would be no change, so an empty moment goes between;
  // and what comes within that moment is said together instead of cutting it off.
  byId("announcer").textContent = "";
  setTimeout(() => {
    byId("announcer").textContent = news.join(". ");
    news.length = 0;
  }, 120);
}

const news = [];
