// What the visitor's tabs share: a storage, a channel, a lock. Whatever the browser denies is simply not there. And
// what says outside of the panel how much is unread: the launcher, the title, a sound.
//
// Everything is kept twice: in localStorage, which is written at once and loses its last seconds when the browser is
// killed, and in IndexedDB, which survives that and may miss what is written while a tab closes.

const NAME = 'bharosa';
const ours = (key) => /^bharosa\.(session$|out\.)/.test(key);

const read = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** All pairs of localStorage that are ours. */
const all = () => {
  try {
    return Object.keys(localStorage).filter(ours).map((key) => [key, read(localStorage[key])]);
  } catch {
    return [];
  }
};

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
  request.onblocked = () => reject(Error('blocked'));
});

/** What there is no room for is refused only when all of a transaction is to be kept. */
const whole = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = resolve;
  transaction.onabort = () => reject(transaction.error);
});

/** The durable storage. It is made when there is something to keep, and goes when there is nothing left. */
const durable = () => {
  let base;
  let last = Promise.resolve();
  const open = () => (base ??= (async () => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('kept');
    const opened = await done(request);
    // Another tab may want it gone; what is kept next makes it anew.
    opened.onversionchange = opened.onclose = () => {
      opened.close();
      base = undefined;
    };
    return opened;
  })().catch((error) => {
    base = undefined;
    throw error;
  }));
  const kept = async (mode) => (await open()).transaction('kept', mode).objectStore('kept');
  const write = async (key, value) => {
    const store = await kept('readwrite');
    value === null ? store.delete(key) : store.put(value, key);
    await whole(store.transaction);
    if (value !== null || await done((await kept('readonly')).count())) return;
    (await base).close();
    base = undefined;
    indexedDB.deleteDatabase(NAME);
  };
  return {
    /** Writes one after the other, so that the last word on a key is the last. */
    keep: (key, value) => (last = last.catch(() => {}).then(() => write(key, value))),
    found: async () => {
      const bases = await indexedDB.databases();
      if (!bases.some(({ name }) => name === NAME)) return [];
      const store = await kept('readonly');
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      return keys.map((key, at) => [key, values[at]]);
    },
  };
};

/** Whether the tabs can have one connection for all. */
export const together = () => !!(navigator.locks && window.BroadcastChannel);

/** Says on the launcher whether the panel is open and how much is unread; `words()` fetches the language file. */
export const mark = async ({ root, label }, { open, unread }, words) => {
  // The loader draws it anew now and then.
  const button = root.querySelector('.launcher');
  button.setAttribute('aria-expanded', open);
  button.querySelector('b')?.remove();
  button.ariaLabel = null;
  if (!unread) return;
  // The name begins with what is seen, so that who speaks to the browser can say it.
  const badge = document.createElement('b');
  badge.textContent = ` ${unread > 99 ? '99+' : unread}`;
  button.append(badge);
  const said = (await words()).unread;
  // Read meanwhile: then there is nothing to say any more.
  if (badge.isConnected) button.ariaLabel = `${label} ${said.replace('{count}', unread)}`;
};

/** Begins; `tell(name, value)` hears what happens. */
export const share = (tell) => {
  const store = durable();
  const ends = new AbortController();
  let channel;
  let turn;
  let audio;

  /** Waits for the lock, or takes it; until the turn is over. */
  const line = (options) => {
    turn?.over();
    const mine = {};
    const waits = new AbortController();
    const held = new Promise((release) => {
      mine.over = () => {
        waits.abort();
        release();
        if (turn === mine) turn = undefined;
      };
    });
    turn = mine;
    const granted = () => {
      if (turn !== mine) return undefined;
      tell('shared', all());
      tell('locked');
      return held;
    };
    navigator.locks.request(NAME, options ?? { signal: waits.signal }, granted).catch(() => {
      if (turn === mine) tell('lost');
    });
  };

  const leave = () => turn?.over();
  const listen = (on) => {
    channel?.close();
    channel = on ? new BroadcastChannel('bharosa.chat') : undefined;
    if (channel) channel.onmessage = ({ data }) => tell('heard', data);
  };

  addEventListener('storage', ({ key, newValue }) => {
    if (key === null) tell('shared', all());
    else if (ours(key)) tell('changed', [key, read(newValue)]);
  }, { signal: ends.signal });

  /** Tells what the durable storage holds. One that cannot be read is asked again, for what it may know. */
  const find = async (wait) => {
    let pairs = [];
    try {
      pairs = await store.found();
    } catch {
      if (wait < 60_000) setTimeout(() => ends.signal.aborted || find(wait * 2), wait);
    }
    if (!ends.signal.aborted) tell('found', pairs);
  };
  find(5_000);

  return {
    look() {
      tell('shared', all());
      find(Infinity);
    },
    keep(key, value) {
      let failed;
      try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(value));
      } catch {
        failed = true;
      }
      // One of the two is enough to go on with: without either, what is said does not outlive the page.
      store.keep(key, value).catch(() => failed && tell('unkept'));
    },
    listen,
    join: () => line(),
    leave,
    steal: () => line({ steal: true }),
    post: (message) => channel?.postMessage(message),
    /** Asks the page who the customer is. Whatever goes wrong there is answered with nothing. */
    async ask(number, token) {
      let said;
      try {
        said = await token();
      } catch (error) {
        console.warn('bharosa: token() failed; the connection waits for a token:', error);
      }
      if (!ends.signal.aborted) tell('token', [number, typeof said === 'string' ? said : null]);
    },
    /** Two soft tones. A browser lets a page sound only after the visitor has used it: else nothing is heard. */
    sound() {
      try {
        audio ??= new AudioContext();
        for (const [pitch, after] of [[660, 0], [880, 0.12]]) {
          const [tone, volume] = [audio.createOscillator(), audio.createGain()];
          const at = audio.currentTime + after;
          tone.frequency.value = pitch;
          volume.gain.setValueAtTime(0.06, at);
          volume.gain.exponentialRampToValueAtTime(0.001, at + 0.3);
          tone.connect(volume).connect(audio.destination);
          tone.start(at);
          tone.stop(at + 0.3);
        }
      } catch {
        // The title says it too.
      }
    },
    /** Says in the title how much is unread. The page may have changed it meanwhile. */
    notice(count) {
      const title = document.title.replace(/^\(\d+\) /, '');
      document.title = count ? `(${count}) ${title}` : title;
    },
    stop() {
      leave();
      listen(false);
      audio?.close();
      ends.abort();
    },
  };
};
