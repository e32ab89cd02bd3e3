// The sign-in form, and what of a sign-in is kept: the token of the link until it
// has been used, the secret that signs this tab in again, and the last answers.
// All of it in sessionStorage, so that several agents can work in several tabs.

import { byId, el, setText, showText } from "./dom.js";
import { nextTry } from "./format.js";

const KEPT = { token: "desk.token", secret: "desk.secret", answers: "desk.answers" };

export const secret = {
  read: () => sessionStorage.getItem(KEPT.secret),
  keep(value) {
    sessionStorage.setItem(KEPT.secret, value);
    sessionStorage.removeItem(KEPT.token);
  },
  forget: () => sessionStorage.removeItem(KEPT.secret),
};

/** Takes the token out of the address, where a screen, a history or a screenshot would show it. */
export function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) return false;
  sessionStorage.setItem(KEPT.token, token);
  history.replaceState(history.state, "", location.pathname + location.search);
  return true;
}

/** Sets the form up; `submit` receives the answers of a filled-in form. */
export function prepare(submit) {
  const form = byId("signin-form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (byId("signin-button").getAttribute("aria-busy") === "true") return;
    const answers = read();
    if (!check(["name", "token"])) return;
    const { token: _, ...kept } = answers;
    sessionStorage.setItem(KEPT.answers, JSON.stringify(kept));
    submit(answers);
  });
  for (const id of ["name", "token"]) byId(id).addEventListener("input", () => mark(id, true));
  byId("skills").addEventListener("input", showIdeas);
  fill();
}

/** Puts the form on the screen as it should be found: filled in, and with the cursor where something is missing. */
export function fill() {
  const answers = keptAnswers();
  for (const id of ["name", "role"]) byId(id).value = byId(id).value || answers[id] || "";
  byId("skills").value = byId("skills").value || (answers.skills ?? []).join(", ");
  byId("token").value = sessionStorage.getItem(KEPT.token) ?? byId("token").value;
  setText(byId("token-hint"), sessionStorage.getItem(KEPT.token)
    ? "Taken from the link you opened."
    : "The desk prints it when it starts, at the end of its link.");
}

export function focusFirst() {
  const empty = ["name", "role", "token"].map(byId).find((input) => !input.value);
  (empty ?? byId("signin-button")).focus();
}

export function render(busy, error) {
  const button = byId("signin-button");
  button.setAttribute("aria-busy", String(busy));
  setText(button, busy ? "Signing in…" : "Sign in");
  showText(byId("signin-error"), error);
}

/** What is seen while a kept secret signs this tab in again. */
export function renderConnecting(socket, now) {
  setText(byId("connecting-text"), socket.phase === "waiting" ? `The desk cannot be reached. ${nextTry(socket, now)}` : "Connecting to the desk…");
  byId("connecting-retry").hidden = socket.phase !== "waiting";
}

/** The queues and skills to choose from are the ones the widget's own configuration names. */
export async function loadChoices() {
  try {
    const response = await fetch("/bharosa.json");
    if (!response.ok) throw new Error(`the desk answered ${response.status}`);
    const config = await response.json();
    showQueues(Object.entries(config.queues ?? {}).map(([id, queue]) => ({ id, name: nameOf(queue) ?? id })));
    ideas = Array.from(skillsIn(config)).sort();
    showIdeas();
  } catch (error) {
    const retry = el("button", { type: "button", class: "button small", onclick: loadChoices }, "Try again");
    byId("queues").replaceChildren(
      el("p", { class: "field-error" }, `The queues could not be read (${error.message}).`), retry);
  }
}

let ideas = [];

function showQueues(queues) {
  const chosen = keptAnswers().queues ?? [];
  byId("queues").replaceChildren(...queues.map(({ id, name }) =>
    el("label", { class: "choice" },
      el("input", { type: "checkbox", name: "queue", value: id, checked: chosen.includes(id) }),
      el("span", { dir: "auto" }, name))));
  if (!queues.length) byId("queues").append(el("p", { class: "muted" }, "The configuration names no queues."));
}

function nameOf(queue) {
  if (typeof queue?.name === "string") return queue.name;
  return queue?.name?.en ?? Object.values(queue?.name ?? {})[0];
}

/** Every `skill` that something in the configuration routes to, wherever it stands. */
function skillsIn(value, found = new Set()) {
  if (!value || typeof value !== "object") return found;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "skill" && typeof inner === "string") found.add(inner);
    else skillsIn(inner, found);
  }
  return found;
}

function showIdeas() {
  const chosen = new Set(skills());
  byId("skill-ideas").hidden = !ideas.length;
  const held = document.activeElement?.dataset.skill;
  byId("skill-ideas").replaceChildren(...ideas.map((skill) =>
    el("button", { type: "button", class: "idea", "data-skill": skill, "aria-pressed": String(chosen.has(skill)), onclick: () => toggle(skill) }, skill)));
  if (held) byId("skill-ideas").querySelector(`[data-skill="${CSS.escape(held)}"]`)?.focus();
}

function toggle(skill) {
  const chosen = skills();
  const next = chosen.includes(skill) ? chosen.filter((one) => one !== skill) : [...chosen, skill];
  byId("skills").value = next.join(", ");
  showIdeas();
}

const skills = () => byId("skills").value.split(",").map((skill) => skill.trim().toLowerCase()).filter(Boolean);

function read() {
  return {
    token: byId("token").value.trim(),
    name: byId("name").value.trim(),
    role: byId("role").value.trim(),
    queues: Array.from(document.querySelectorAll("#queues input:checked"), (box) => box.value),
    skills: skills(),
  };
}

function check(ids) {
  const missing = ids.filter((id) => !byId(id).value.trim());
  for (const id of ids) mark(id, !missing.includes(id));
  if (missing.length) byId(missing[0]).focus();
  return !missing.length;
}

function mark(id, fine) {
  byId(id).setAttribute("aria-invalid", String(!fine));
  byId(`${id}-error`).hidden = fine;
}

function keptAnswers() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT.answers)) ?? {};
  } catch {
    // Something else wrote there; an empty form is no harm.
    return {};
  }
}
