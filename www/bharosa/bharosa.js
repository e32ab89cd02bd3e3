// The loader: draws the launcher as a plain link, then makes more of it if everything else arrives and is what
// it should be. Whatever fails, the link stays. It never throws into the page.
(() => {
  'use strict';
  const page = window;
  const doc = document;
  const script = doc.currentScript;
  const given = page.bharosa ?? {};
  // Included twice: the first one is at work.
  if (given.version) return;

  const version = '__VERSION__';
  const warn = (...words) => console.warn('bharosa:', ...words);
  const option = (name) => given[name] ?? script?.dataset[name];
  const base = new URL('.', new URL(option('base') ?? script?.src ?? '', location));
  const queue = [...(given.q ?? [])];
  const listeners = {};
  let config = {};
  let lang = 'en';
  let host, root, launcher, label, home, core, tracker, gone;

  // Removes what is kept under such keys, and puts `left` in the place of a conversation. Whether there was anything.
  const wipe = (ours, left) => {
    let any;
    for (const area of ['sessionStorage', 'localStorage']) {
      try {
        for (const key in page[area]) if (ours.test(key)) any = delete page[area][key];
        if (any && left) {
          page.localStorage['bharosa.session'] = left;
          core || indexedDB.deleteDatabase('bharosa');
        }
      } catch {
        // Storage is denied: then nobody knows what is in it.
        any = true;
      }
    }
    return any;
  };

  const api = {
    version,
    on(name, listener) {
      (listeners[name] ??= new Set()).add(listener);
      return () => listeners[name].delete(listener);
    },
    ready: () => ready,
    explain: () => core?.explain() ?? [],
    destroy() {
      gone = true;
      tracker?.stop();
      host?.remove();
      wipe(/^bharosa\.(visit|chat)/);
      if (page.bharosa === api) delete page.bharosa;
    },
  };
  for (const name of ['open', 'close', 'toggle', 'consent', 'track', 'set', 'queue', 'trace', 'logout']) {
    api[name] = (...words) => {
      // At once, because the page may be gone in a moment, and whether or not the rest can be had.
      if (name === 'logout') words = [wipe(/^bharosa\.(chat|session|out)/, `{"left":${Date.now()}}`)];
      if (core) return core.send(name, ...words);
      // It waits for the tracker, unless the page calls on and on.
      if (queue.length < 200) queue.push([name, ...words]);
    };
  }
  page.bharosa = api;
  if (queue.some((call) => call?.[0] === 'logout')) api.logout();

  const emit = (name, ...told) => {
    for (const listener of listeners[name] ?? []) {
      try {
        listener(...told);
      } catch (error) {
        warn(`a listener for "${name}" failed:`, error);
      }
    }
  };

  const get = async (name, integrity) => {
    const answer = await fetch(new URL(name, base), integrity ? { integrity } : {}).catch((error) => {
      // The browser does not say which file it was.
      throw Error(`${name}: ${error.message}`);
    });
    if (!answer.ok) throw Error(`${name}: ${answer.status}`);
    return answer;
  };

  // A script is only imported once its bytes are known to be right: import() itself checks nothing.
  const bring = async (name, integrity) => {
    const href = new URL(name, base).href;
    await new Promise((resolve, reject) => {
      const link = doc.createElement('link');
      const done = (settle) => () => {
        link.remove();
        settle(Error(`${name} is missing or not what it should be`));
      };
      Object.assign(link, { rel: 'modulepreload', crossOrigin: 'anonymous', integrity, href, onload: done(resolve), onerror: done(reject) });
      doc.head.append(link);
    });
    return import(href);
  };

  // A program: a script and the WebAssembly that it starts.
  const load = async (name, hashes) => {
    const wasm = get(`${name}.wasm`, hashes[1]);
    wasm.catch(() => {});
    const module = await bring(`${name}.js`, hashes[0]);
    await module.default(await wasm);
    if (module.version() !== version) throw Error(`${name} is of version ${module.version()}, not ${version}`);
    return module;
  };

  const style = (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  };

  const pick = (texts) => (typeof texts === 'string' ? texts : (texts?.[lang] ?? Object.values(texts ?? {})[0]));

  const safe = (address) => {
    try {
      const url = new URL(address, location);
      return /^(https?|mailto|tel):$/.test(url.protocol) ? url.href : undefined;
    } catch {
      return undefined;
    }
  };

  // The launcher as a link or as a button; focus stays where it was.
  const face = (tag) => {
    const next = doc.createElement(tag);
    next.className = 'launcher';
    next.append(icon(), Object.assign(doc.createElement('span'), { textContent: label }));
    const focused = launcher && root.activeElement === launcher;
    launcher ? launcher.replaceWith(next) : root.append(next);
    launcher = next;
    if (focused) next.focus();
    return next;
  };

  const icon = () => {
    const [svg, path] = ['svg', 'path'].map((tag) => doc.createElementNS('http://www.w3.org/2000/svg', tag));
    svg.setAttribute('viewBox', '0 0 24 24');
    path.setAttribute('d', 'M12 3c5.2 0 9 3.3 9 7.500S17.200 18 12 18c-.9 0-1.800-.1-2.600-.3L5 21l.8-4.600A7 7 0 0 1 3 10.500C3 6.300 6.800 3 12 3z');
    svg.append(path);
    return svg;
  };

  const link = () => {
    if (home) face('a').href = home;
    else launcher?.remove();
  };

  const draw = () => {
    const wanted = [given.lang, doc.documentElement.lang, ...navigator.languages].map((l) => l?.split('-')[0]);
    const spoken = [].concat(config.languages ?? 'en').map(String);
    lang = wanted.find((l) => spoken.includes(l)) ?? spoken[0];
    home = safe(option('fallback') ?? config.contact ?? 'x:');
    label = pick(config.launcher?.label) ?? option('label') ?? 'Contact';
    host = doc.createElement('bharosa-widget');
    host.lang = lang;
    host.dir = /^(ar|fa|he|ur)$/.test(lang) ? 'rtl' : 'ltr';
    root = host.attachShadow({ mode: 'open' });
    const color = /^#[\da-f]{6}$/i.test(config.brand?.color) ? config.brand.color : '#1d4f91';
    // WCAG's relative luminance, with the plain power in place of the two-piece curve: it decides the same.
    const part = (at) => (parseInt(color.substr(at, 2), 16) / 255) ** 2.2;
    const light = 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
    const side = config.brand?.position === 'start' ? 'start' : 'end';
    style(`:host{all:initial;display:block!important;visibility:visible!important;direction:${host.dir}!important;--brand:${color};--on-brand:${light < 0.179 ? '#fff' : '#000'}}
.launcher{all:initial;position:fixed;z-index:2147483000;inset-block-end:20px;inset-inline-${side}:20px;display:flex;align-items:center;gap:10px;box-sizing:border-box;min-block-size:52px;padding:0 18px;border:2px solid #0000;border-radius:26px;background:var(--brand);color:var(--on-brand);font:600 16px/1.5 system-ui,"Noto Naskh Arabic","Noto Sans Devanagari",sans-serif;direction:inherit;cursor:pointer;box-shadow:0 1px 3px #0004,0 6px 20px #0003}
.launcher:focus-visible{outline:3px solid var(--brand);outline-offset:3px;box-shadow:0 0 0 3px #fff}
.launcher svg{inline-size:24px;block-size:24px;fill:currentColor}
@media(forced-colors:active){.launcher{border:2px solid ButtonText}}
@media print{:host{display:none!important}}`);
    link();
    doc.documentElement.append(host);
  };

  const idle = () => new Promise((resolve) => {
    page.requestIdleCallback ? requestIdleCallback(resolve, { timeout: 2000 }) : setTimeout(resolve, 50);
  });

  const run = async () => {
    // A page rendered ahead of its visit does nothing until somebody comes.
    if (doc.prerendering) await new Promise((go) => doc.addEventListener('prerenderingchange', go, { once: true }));
    let broken, text;
    try {
      text = await (await get(new URL(option('config') ?? '/bharosa.json', location))).text();
      config = JSON.parse(text) ?? {};
    } catch (error) {
      broken = Error(`the config cannot be read: ${error.message}`);
    }
    if (gone) return;
    draw();
    if (broken) throw broken;
    await idle();
    tracker = await load('tracker', ['__TRACKER_JS__', '__TRACKER_WASM__']);
    if (gone) return;
    const watching = tracker.start({ text, config, lang, root, home, label, token: given.token, get, bring, load, style, emit, warn, fail });
    core = tracker;
    const button = face('button');
    button.type = 'button';
    button.setAttribute('aria-expanded', 'false');
    button.onclick = () => core.send('pressed');
    button.onpointerenter = button.onfocus = () => core.send('near');
    queue.splice(0).forEach(([name, ...words]) => api[name]?.(...words));
    await watching;
  };

  const fail = (error) => {
    warn(`${error?.message ?? error}. The launcher stays a link.`);
    tracker?.stop();
    core = undefined;
    if (root && !gone) link();
  };

  const ready = run().catch((error) => {
    fail(error);
    throw error;
  });
  // Whoever awaits ready() learns of a failure; whoever does not is left in peace.
  ready.catch(() => {});
})();
