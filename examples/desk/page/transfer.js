// The right column: what is known about the conversation, and the two ways to let
// it go, each through its own dialog: handing it on, and ending it.

import { byId, el, keyed, redrawn, setAttribute, setText } from "./dom.js";
import { clockAndDay, hue, initials, language, lasting } from "./format.js";
import { find, queueName } from "./state.js";

/** Connects the actions; `given.transfer(id, to, note, name)` and `given.end(id)` carry them out. */
export function prepare(getState, given) {
  byId("transfer").addEventListener("click", () => openTransfer(getState()));
  byId("transfer-cancel").addEventListener("click", () => byId("transfer-dialog").close());
  byId("transfer-form").addEventListener("change", () => { byId("transfer-error").hidden = true; });
  byId("transfer-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = byId("transfer-form").querySelector("input[name=to]:checked");
    byId("transfer-error").hidden = Boolean(chosen);
    if (!chosen) {
      byId("transfer-form").querySelector("input[name=to]:enabled")?.focus();
      return;
    }
    byId("transfer-dialog").close();
    given.transfer(byId("transfer-dialog").dataset.conversation, { [chosen.dataset.kind]: chosen.value }, byId("note").value.trim(), chosen.dataset.name);
  });
  byId("end").addEventListener("click", async () => {
    const id = getState().selected;
    const sure = await confirm("End this conversation?", "The visitor sees that it is over. They can start a new one at any time.", "End conversation");
    if (sure) given.end(id);
  });
  byId("details-back").addEventListener("click", given.back);
  for (const dialog of document.querySelectorAll("dialog")) {
    // A click on the backdrop reaches the dialog itself, never its form.
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(""); });
  }
}

/** Asks before something that cannot be taken back. */
export function confirm(title, text, action) {
  const dialog = byId("confirm");
  setText(byId("confirm-title"), title);
  setText(byId("confirm-text"), text);
  setText(byId("confirm-yes"), action);
  setAttribute(byId("confirm-yes"), "class", "button danger-solid");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}

export function render(state, now, connected) {
  const summary = find(state, state.selected);
  const shown = summary && summary.state !== "waiting";
  byId("app").dataset.details = String(Boolean(shown));
  const dialog = byId("transfer-dialog");
  if (dialog.open && (summary?.id !== dialog.dataset.conversation || summary?.state !== "active")) dialog.close();
  if (!shown) return;
  contextLines(byId("context"), summary.context);
  byId("context-none").hidden = Boolean(summary.context?.length);
  byId("reason-section").hidden = !summary.reason;
  setText(byId("reason"), summary.reason);
  facts(byId("facts"), [
    ["Queue", queueName(state, summary.queue)],
    ["Skill", summary.skill],
    ["Language", language(summary.locale)],
    ["Since", `${clockAndDay(summary.since, now)} (${lasting(now - summary.since)})`],
    ["Visitor", summary.online ? "Online" : "Offline"],
  ]);
  byId("notes-section").hidden = !summary.notes?.length;
  noteLines(byId("notes"), summary.notes, now);
  byId("actions").hidden = summary.state !== "active";
  for (const id of ["transfer", "end"]) byId(id).disabled = !connected;
}

/** Exactly the lines the visitor agreed to share, as they were shown to them. */
export function contextLines(list, lines = []) {
  keyed(list, lines.map(({ label, value }, index) => ({ key: String(index), label, value })), redrawn(({ label, value }) =>
    el("div", {}, el("dt", { dir: "auto" }, label), el("dd", { dir: "auto" }, value))));
}

export function noteLines(list, notes = [], now) {
  keyed(list, notes.map(({ from, text, ts }, index) => ({ key: String(index), from, text, time: clockAndDay(ts, now) })), redrawn(({ from, text, time }) =>
    el("li", {}, el("p", { dir: "auto" }, text), el("p", { class: "hint" }, el("bdi", {}, from), ` · ${time}`))));
}

function facts(list, lines) {
  contextLines(list, lines.filter(([, value]) => value).map(([label, value]) => ({ label, value })));
}

function openTransfer(state) {
  const summary = find(state, state.selected);
  if (!summary) return;
  const queues = state.queues.filter((queue) => queue.id !== summary.queue);
  const agents = state.board.agents.filter((agent) => agent.id !== state.agent.id)
    .sort((a, b) => Number(b.online) - Number(a.online) || a.name.localeCompare(b.name));
  byId("to-queues").replaceChildren(...queues.map((queue) => {
    const online = agents.filter((agent) => agent.online && agent.queues?.includes(queue.id)).length;
    return radio("queue", queue.id, queue.name, online ? `${online} online` : "Nobody online", online > 0);
  }));
  byId("to-agents").replaceChildren(...agents.map((agent) =>
    radio("agent", agent.id, agent.name, [agent.role, agent.online ? "Online" : "Offline"].filter(Boolean).join(" · "), agent.online, !agent.online)));
  byId("no-agents").hidden = agents.length > 0;
  byId("transfer-error").hidden = true;
  byId("note").value = "";
  byId("transfer-dialog").dataset.conversation = summary.id;
  byId("transfer-dialog").showModal();
}

function radio(kind, value, name, hint, online, disabled) {
  return el("label", { class: "radio" },
    el("input", { type: "radio", name: "to", value, disabled, "data-kind": kind, "data-name": name }),
    kind === "agent" && el("span", { class: "avatar", "data-hue": hue(value), "aria-hidden": "true" },
      el("span", { dir: "auto" }, initials(name)), el("span", { class: "dot", "data-online": String(Boolean(online)) })),
    el("span", { class: "radio-text" }, el("span", { class: "radio-name", dir: "auto" }, name), el("span", { class: "hint", dir: "auto" }, hint)));
}
