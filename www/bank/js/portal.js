// The portal is one page with several views. Links change the view and the
// address; the browser's back and forward buttons change it back.
import { textsReady } from "./texts.js";

const views = new Map([...document.querySelectorAll("[data-view]")].map((view) => [view.dataset.view, view]));

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-portal]");
  // A click that asks for a new tab or window is the browser's business.
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (link.pathname !== location.pathname) history.pushState(null, "", link.pathname);
  show();
  moveToHeading();
});
// Nothing of what this customer and the bank have said is for whoever comes next.
document.querySelector("[data-logout]").addEventListener("click", () => window.bharosa?.logout?.());
addEventListener("popstate", () => {
  show();
  moveToHeading();
});

fillDates();
show();
// Once more when the texts are in: the title is the heading's translation.
textsReady.then(() => {
  fillDates();
  show();
});

function current() {
  return views.get(location.pathname.replace(/(.)\/$/, "$1")) ?? views.get("/portal");
}

function show() {
  const view = current();
  for (const each of views.values()) each.hidden = each !== view;
  for (const link of document.querySelectorAll(".tabs a")) {
    if (link.pathname === view.dataset.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const heading = view.querySelector("h1").textContent;
  document.title = `${heading} – ${document.querySelector(".brand span").textContent}`;
}

/** A screen reader reads the new heading, as it would on a new page. */
function moveToHeading() {
  current().querySelector("h1").focus({ preventScroll: true });
  scrollTo({ top: 0, behavior: "instant" });
}

/** Days are relative to today, so that the invented account looks alive. */
function fillDates() {
  const language = document.documentElement.lang;
  const format = new Intl.DateTimeFormat(language === "en" ? "en-IE" : language, {
    day: "numeric", month: "long", numberingSystem: "latn",
  });
  for (const time of document.querySelectorAll("time[data-days]")) {
    const day = new Date();
    day.setDate(day.getDate() + Number(time.dataset.days));
    time.dateTime = day.toLocaleDateString("en-CA");
    time.textContent = format.format(day);
  }
}
