// Sets the page's language and direction before anything is drawn, so that a
// right-to-left page never shows the wrong way round and every later script
// reads the right <html lang>. It is a classic, blocking script for that reason.
(() => {
  const directions = new Map([["en", "ltr"], ["ur", "rtl"], ["hi", "ltr"]]);
  const asked = new URLSearchParams(location.search).get("lang");
  let language = directions.has(asked) ? asked : null;
  try {
    // Storage can be switched off; then the language simply holds for this page.
    if (language) localStorage.setItem("bank.lang", language);
    else language = localStorage.getItem("bank.lang");
  } catch {}
  if (!directions.has(language)) language = "en";

  const html = document.documentElement;
  html.lang = language;
  html.dir = directions.get(language);
  if (language === "en") return;

  // The texts are on their way: bank.css keeps the page unpainted until they
  // are in, for less than a second at most, so that nothing jumps when they arrive.
  html.dataset.texts = "pending";
  const early = document.createElement("link");
  early.rel = "preload";
  early.as = "fetch";
  early.crossOrigin = "anonymous";
  early.href = `/i18n/${language}.json`;
  document.head.append(early);
})();
