// The language links in the header. Without this script they still work, as
// links to ?lang=…; with it the address stays clean.

export function watchLanguageLinks() {
  const current = document.documentElement.lang;
  for (const link of document.querySelectorAll("[data-lang]")) {
    if (link.dataset.lang === current) link.setAttribute("aria-current", "true");
    link.addEventListener("click", (event) => {
      if (!remember(link.dataset.lang)) return;
      event.preventDefault();
      reload();
    });
  }
}

function remember(language) {
  try {
    localStorage.setItem("bank.lang", language);
    return true;
  } catch {
    return false;
  }
}

function reload() {
  const address = new URL(location.href);
  // A language in the address would win over the one just chosen.
  if (!address.searchParams.has("lang")) return location.reload();
  address.searchParams.delete("lang");
  location.replace(address);
}
