// Times everything in batches, by turns, so that what else the machine does falls on all alike.

import start, * as figures from './figures.js';
import { yardsticks } from './yardstick.js';

const BATCH_MS = 20;
const ROUNDS = 31;

const timed = (act, times) => {
  const began = performance.now();
  act(times);
  const took = performance.now() - began;
  figures.settle();
  return took;
};

/** How often `act` is done in a batch that is long enough for a coarse clock. */
const batch = (act) => {
  let times = 1;
  for (;;) {
    const took = timed(act, times);
    if (took >= BATCH_MS) return times;
    times = took < 1 ? times * 10 : Math.ceil((times * BATCH_MS * 1.2) / took);
  }
};

const repeated = (once) => (times) => {
  let sum = 0;
  for (let n = 0; n < times; n += 1) sum += once();
  globalThis.kept = sum;
};

const at = (sorted, part) => sorted[Math.round((sorted.length - 1) * part)];

const summary = ({ act, times, took, ...rest }) => {
  const each = took.map((ms) => (ms * 1000) / times).sort((a, b) => a - b);
  return { ...rest, times, median: at(each, 0.5), low: at(each, 0.1), high: at(each, 0.9) };
};

/** The figures in microseconds, with what they are about. */
globalThis.measure = async () => {
  await start(await fetch('figures.wasm'));
  const wrong = figures.prepare();
  if (wrong) throw Error(wrong);
  const given = { rules: figures.rules(), facts: figures.facts(), urls: figures.urls(), tour: figures.tour() };
  const plain = yardsticks(given);
  const works = figures.works().split('\n').map((line) => line.split('|')[0]);
  const held = { ours: figures.run('sweep', 1), plain: plain.sweep() };
  if (held.ours !== held.plain) throw Error(`the sweeps disagree: ${held.ours} rules and ${held.plain}`);
  const series = [];
  works.forEach((id) => {
    series.push({ id, kind: 'wasm', act: (times) => figures.run(id, times) });
    if (plain[id]) series.push({ id, kind: 'plain', act: repeated(plain[id]) });
  });
  for (const one of series) {
    // The second time by what the browser has made of it meanwhile.
    batch(one.act);
    Object.assign(one, { times: batch(one.act), took: [] });
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const one of series) one.took.push(timed(one.act, one.times));
  }
  const allocations = works.map((id) => figures.allocations(id));
  return { about: figures.about(), held: held.ours, works: figures.works(), allocations, series: series.map(summary) };
};
