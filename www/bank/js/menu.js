// The main menu is a popover on phones and a plain row on wider screens. The
// browser opens and closes it; this marks where we are and closes it in time.

export function watchMenu() {
  const menu = document.getElementById("menu");
  if (!menu) return;
  for (const link of menu.querySelectorAll("a")) {
    if (link.pathname === location.pathname.replace(/\.html$/, "")) {
      link.setAttribute("aria-current", "page");
    }
  }
  // A popover left open would float above the wide layout after a rotation.
  matchMedia("(min-width: 60rem)").addEventListener("change", (wide) => {
    if (wide.matches && menu.matches(":popover-open")) menu.hidePopover();
  });
}
