// The transfer form: checks what was typed, shows what it would cost, and then
// says honestly that nothing was sent. No field's content leaves the page.
import { amountOf, costOf } from "./cost.js";
import { compact, grouped, ibanMistake } from "./iban.js";

const form = document.getElementById("transfer");
const review = document.getElementById("review");
const done = document.getElementById("done");
const { payee, iban, amount, currency } = form.elements;
let attempted = false;

const checks = new Map([
  [payee, () => (payee.value.trim() ? null : "missing")],
  [iban, () => ibanMistake(iban.value)],
  [amount, () => {
    const { mistake, cents } = amountOf(amount.value);
    return mistake ?? (cost(cents).tooMuch ? "limit" : null);
  }],
]);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  attempted = true;
  const wrong = [...checks.keys()].filter((field) => !check(field));
  showOnly(document.getElementById("form-error"), wrong.length ? "form" : null);
  if (wrong.length) return wrong[0].focus();
  fillReview();
  show(review);
});

// Nobody is told off while still typing: fields speak up after the first
// attempt only, and then take the mark away as soon as it no longer applies.
form.addEventListener("input", () => {
  if (!attempted) return;
  const wrong = [...checks.keys()].filter((field) => field.ariaInvalid === "true" && !check(field));
  if (!wrong.length) showOnly(document.getElementById("form-error"), null);
});
iban.addEventListener("change", () => {
  iban.value = grouped(iban.value);
});

document.getElementById("change").addEventListener("click", () => {
  show(form);
  payee.focus();
});
document.getElementById("confirm").addEventListener("click", () => show(done));
document.getElementById("again").addEventListener("click", () => {
  form.reset();
  attempted = false;
  show(form);
  payee.focus();
});

function check(field) {
  const mistake = checks.get(field)();
  field.ariaInvalid = mistake ? "true" : null;
  showOnly(document.getElementById(`${field.id}-error`), mistake);
  return !mistake;
}

/** The sentences stand in the page, translated; this only chooses one. */
function showOnly(place, mistake) {
  for (const text of place.querySelectorAll("[data-error]")) {
    text.hidden = text.dataset.error !== mistake;
  }
}

function show(panel) {
  for (const each of [form, review, done]) each.hidden = each !== panel;
  panel.querySelector("h2[tabindex]")?.focus();
}

function cost(cents) {
  const { rate, middle } = currency.selectedOptions[0].dataset;
  return costOf({
    cents,
    foreign: currency.value !== "EUR",
    rate: Number(rate),
    middle: Number(middle),
    speed: form.elements.speed.value,
  });
}

function fillReview() {
  const { cents } = amountOf(amount.value);
  const { fee, margin, total } = cost(cents);
  const chosen = form.querySelector("input[name=speed]:checked");
  const values = {
    payee: payee.value.trim(),
    iban: grouped(compact(iban.value)),
    speed: chosen.labels[0].querySelector("strong").textContent,
    arrives: money(cents, currency.value),
    rate: `${currency.selectedOptions[0].dataset.rate} ${currency.value}`,
    margin: money(margin, "EUR"),
    fee: money(fee, "EUR"),
    total: money(total, "EUR"),
  };
  for (const [name, value] of Object.entries(values)) {
    review.querySelector(`[data-show=${name}]`).textContent = value;
  }
  for (const row of review.querySelectorAll("[data-foreign]")) {
    row.hidden = currency.value === "EUR";
  }
}

/** One number format in all languages, the one the printed figures use. */
function money(cents, code) {
  return new Intl.NumberFormat("en-IE", { style: "currency", currency: code }).format(cents / 100);
}
