// The same work written by hand in JavaScript: what the figures can be compared with from machine to machine.

const escaped = (text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
const ofGlob = (glob) => new RegExp(`^${glob.split('*').map(escaped).join('.*')}$`, 's');

const prepared = (operator, value) => {
  if (operator === '$glob') return ofGlob(value);
  return operator === '$regex' ? new RegExp(value) : value;
};

/** Every rule's comparisons, read from the config: `{slot, operator, value}`. */
const compiled = (config, slots) =>
  config.rules.map((rule) =>
    Object.entries(rule.when).map(([fact, test]) => {
      const [operator, value] = typeof test === 'object' ? Object.entries(test)[0] : ['is', test];
      return { slot: slots.indexOf(fact), operator, value: prepared(operator, value) };
    }));

const isIn = (fact, values) =>
  Array.isArray(fact) ? fact.some((item) => values.includes(item)) : values.includes(fact);

const holds = ({ operator, value }, fact) => {
  if (operator === '$exists') return (fact !== null) === value;
  // What is not known lets no rule fire.
  if (fact === null) return false;
  switch (operator) {
    case 'is': return fact === value;
    case '$ne': return fact !== value;
    case '$gte': return fact >= value;
    case '$gt': return fact > value;
    case '$lt': return fact < value;
    case '$in': return isIn(fact, value);
    case '$all': return Array.isArray(fact) && value.every((item) => fact.includes(item));
    case '$glob':
    case '$regex': return value.test(fact);
    case '$startsWith': return fact.startsWith(value);
    case '$endsWith': return fact.endsWith(value);
    case '$contains': return fact.includes(value);
    default: throw Error(`no such operator: ${operator}`);
  }
};

/** One function for each work that has a yardstick: does it once, answers with a number. */
export const yardsticks = ({ rules, facts, urls, tour }) => {
  const known = JSON.parse(facts);
  const values = Object.values(known);
  const all = compiled(JSON.parse(rules), Object.keys(known));
  const sweep = () => {
    let held = 0;
    for (const tests of all) {
      let every = true;
      // To the last one, as the engine does.
      for (const test of tests) every = holds(test, values[test.slot]) && every;
      if (every) held += 1;
    }
    return held;
  };
  const addresses = compiled(JSON.parse(urls), ['page.path']).map(([test]) => test);
  const stops = tour.split('\n');
  let went = 0;
  const navigation = () => {
    went += 1;
    const path = stops[went % stops.length];
    let fitting = 0;
    for (const test of addresses) if (holds(test, path)) fitting += 1;
    return fitting;
  };
  const decode = () => JSON.parse(rules).rules.length;
  return { sweep, navigation, address: navigation, decode };
};
