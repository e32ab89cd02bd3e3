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
  let host, root, launcher, label, home, core, panel, words, gone;

  const call = (name, value) => (core ? core.send(name, value) : queue.push([name, value]));

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
      core?.stop();
      panel?.then((widget) => widget.unmount(), () => {});
      host?.remove();
      try {
        for (const key of ['visit', 'chat']) sessionStorage.removeItem(`bharosa.${key}`);
      } catch {
        // Storage is denied: then there is nothing in it.
      }
      if (page.bharosa === api) delete page.bharosa;
    },
  };
  for (const name of ['open', 'close', 'toggle', 'consent']) api[name] = (value) => call(name, value);
  page.bharosa = api;

  const emit = (name, detail) => {
    for (const listener of listeners[name] ?? []) {
      try {
        listener(detail);
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

  // A module is only imported once its bytes are known to be right: import() itself checks nothing.
  const load = async (name, hashes) => {
    const url = new URL(`${name}.js`, base).href;
    const wasm = get(`${name}.wasm`, hashes[1]);
    wasm.catch(() => {});
    await new Promise((resolve, reject) => {
      const link = doc.createElement('link');
      const done = (settle) => () => {
        link.remove();
        settle(Error(`${name}.js is missing or not what it should be`));
      };
      link.rel = 'modulepreload';
      link.crossOrigin = 'anonymous';
      link.integrity = hashes[0];
      link.href = url;
      link.onload = done(resolve);
      link.onerror = done(reject);
      doc.head.append(link);
    });
    const module = await import(url);
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
.launcher b{all:unset;position:absolute;box-sizing:border-box;inset:-8px auto auto -6px;min-inline-size:24px;min-block-size:24px;padding:0 6px;border-radius:12px;background:#b3261e;color:#fff;font-size:13px;line-height:24px;text-align:center}
@media(forced-colors:active){.launcher,.launcher b{border:2px solid ButtonText}}
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
    let broken;
    try {
      const file = new URL(option('config') ?? '/bharosa.json', location);
      config = (await (await get(file)).json()) ?? {};
    } catch (error) {
      broken = Error(`the config cannot be read: ${error.message}`);
    }
    if (gone) return;
    draw();
    if (broken) throw broken;
    await idle();
    const tracker = await load('tracker', ['__TRACKER_JS__', '__TRACKER_WASM__']);
    if (gone) return;
    const { files } = tracker;
    const file = (name) => get(name, files[name]);
    const speak = () => (words ??= file(files[`lang/${lang}.json`] ? `lang/${lang}.json` : 'lang/en.json').then((a) => a.json()));
    const widget = () => (panel ??= (async () => {
      const css = file('widget.css').then((answer) => answer.text());
      const [module, text, said] = await Promise.all([load('widget', [files['widget.js'], files['widget.wasm']]), css, speak()]);
      style(text);
      module.mount({ config, lang, root, home, words: said, fact: (fact) => core?.send('fact', fact), focus: () => launcher.focus() });
      return module;
    })());
    let styled;
    tracker.start({
      config, lang, root, emit,
      words(draw) {
        styled ??= file('say.css').then((answer) => answer.text()).then(style);
        Promise.all([speak(), styled]).then(([said]) => draw(said), (error) => {
          warn(error.message);
          draw(null);
        });
      },
      warn: (problems) => warn(`the config has mistakes:\n${problems}`),
      prefetch: () => widget().catch(() => {}),
      async launcher(open, unread) {
        launcher.setAttribute('aria-expanded', open);
        launcher.querySelector('b')?.remove();
        launcher.ariaLabel = null;
        if (!unread) return;
        // The name begins with what is seen, so that who speaks to the browser can say it.
        const badge = Object.assign(doc.createElement('b'), { textContent: ` ${unread > 99 ? '99+' : unread}` });
        launcher.append(badge);
        const said = (await speak()).unread;
        // Read meanwhile: then there is nothing to say any more.
        if (badge.isConnected) launcher.ariaLabel = `${label} ${said.replace('{count}', unread)}`;
      },
      offer(offer) {
        widget().then((module) => !gone && module.offer(offer)).catch((error) => {
          fail(error);
          // Whoever pressed the launcher wants help, and gets it where it still is.
          if ((offer.by_visitor ?? offer.request?.agreed) && home) location.assign(home);
        });
      },
    });
    core = tracker;
    const button = face('button');
    button.type = 'button';
    button.setAttribute('aria-expanded', 'false');
    button.onclick = () => core.send('pressed');
    button.onpointerenter = button.onfocus = () => core.send('near');
    queue.splice(0).forEach(([name, value]) => call(name, value));
  };

  const fail = (error) => {
    warn(`${error?.message ?? error}. The launcher stays a link.`);
    core?.stop();
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
