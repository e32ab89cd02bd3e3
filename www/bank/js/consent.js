// The bank's own cookie bar. It keeps the visitor's choice and passes it on to
// the help widget, which notices nothing about the visitor before it is told.

const place = "bank.consent";

export function watchConsent() {
  const bar = document.getElementById("cookies");
  const chosen = read();
  if (chosen) tellWidget(chosen);
  else bar.hidden = false;

  for (const button of document.querySelectorAll("[data-consent]")) {
    button.addEventListener("click", () => {
      const choice = button.dataset.consent;
      if (choice === "ask") return ask(bar);
      keep(choice);
      tellWidget(choice);
      close(bar);
    });
  }
}

/** The widget may not have loaded yet: then the call waits in its queue. */
function tellWidget(choice) {
  const consent = { personalisation: choice === "all" };
  const widget = (window.bharosa ??= { q: [] });
  if (widget.consent) widget.consent(consent);
  else (widget.q ??= []).push(["consent", consent]);
}

/** Opens the bar again from the footer, and brings the keyboard along. */
function ask(bar) {
  bar.hidden = false;
  bar.querySelector("button").focus();
}

/** The pressed button disappears, so focus must go somewhere sensible. */
function close(bar) {
  const hadFocus = bar.contains(document.activeElement);
  bar.hidden = true;
  if (!hadFocus) return;
  const main = document.getElementById("main");
  main.tabIndex = -1;
  main.focus({ preventScroll: true });
}

function read() {
  try {
    const choice = localStorage.getItem(place);
    return choice === "all" || choice === "necessary" ? choice : null;
  } catch {
    return null;
  }
}

function keep(choice) {
  try {
    localStorage.setItem(place, choice);
  } catch {
    // Without storage the choice holds for this page, and the next one asks again.
  }
}
