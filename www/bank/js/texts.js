// Puts the page into the visitor's language. English is the page itself; the
// other languages are one file each, keyed by the data-t attributes.

const attributes = ["content", "aria-label", "data-label"];

/** Resolves when the page's texts are in the language of <html lang>. */
export const textsReady = load();

export async function applyTexts() {
  await textsReady;
}

async function load() {
  const html = document.documentElement;
  if (html.lang === "en") return;
  try {
    const answer = await fetch(`/i18n/${html.lang}.json`);
    if (!answer.ok) throw new Error(`/i18n/${html.lang}.json: ${answer.status}`);
    translate(await answer.json());
  } catch (error) {
    // The page stays English, so it must say so to screen readers as well.
    console.warn("The translation could not be loaded; the page stays in English.", error);
    html.lang = "en";
    html.dir = "ltr";
  } finally {
    delete html.dataset.texts;
  }
}

function translate(texts) {
  for (const element of document.querySelectorAll("[data-t]")) {
    const text = texts[element.dataset.t];
    if (text) element.textContent = text;
  }
  for (const attribute of attributes) {
    for (const element of document.querySelectorAll(`[data-t-${attribute}]`)) {
      const text = texts[element.getAttribute(`data-t-${attribute}`)];
      if (text) element.setAttribute(attribute, text);
    }
  }
}
