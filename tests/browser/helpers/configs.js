// Changes to the demo bank's config that make for a short test; for `deskOptions: { config: quick }`.

/** The offer comes after one second of reading. */
export function quick(config) {
  config.rules[0].when['page.dwell_s'].$gte = 1;
}

/** Nothing is offered: the visitor has to ask. */
export function silent(config) {
  config.rules = [];
}
