// Plain JavaScript: it knows nothing of tasks. What it logs and fetches begins with the request's id, so that the host can compare with
// the request that it charges; a delay carries the id in its thousands.
//
// Requests share what they can: promises that another request fulfils or rejects, a fetch that many wait for.

const sleep = (id, ms = 0) => new Promise((done) => setTimeout(done, id * 1000 + ms));
const get = (id, what) => fetch(`${id}/${what}`);
const log = (id, ...words) => console.log(`${id}`, ...words);

// ---- Shared by all requests ----

const waiting = [];
const turnstile = (id, ms) => new Promise((pass, refuse) => {
  waiting.push({ pass, refuse });
  setTimeout(pass, id * 1000 + ms);
});
const openTurnstile = () => { for (const { pass } of waiting.splice(0)) pass(); };
const shutTurnstile = () => { for (const { refuse } of waiting.splice(0)) refuse(new Error("shut")); };

let shared; // in flight, started by whoever came first
const sharedText = (id) => (shared ??= get(id, "shared").catch(() => "none").finally(() => { shared = undefined; }));

const failures = []; // kept for as long as the script is there

async function* numbers(id, count) {
  for (let n = 0; n < count; n++) {
    await turnstile(id, n).catch(() => log(id, "generates in spite of all"));
    await turnstile(id, n);
    log(id, "generates", n);
    yield n;
  }
}

// ---- What requests do ----

const routes = {
  // reactions, and a promise of another request
  async chain(id) {
    const how = await Promise.race([turnstile(id, 3).then(() => "through", (error) => error.message), sleep(id, 5)]);
    log(id, "the turnstile:", how);
    return get(id, "a").then((text) => { log(id, text); return get(id, "b"); }).then((text) => (log(id, text), text));
  },

  // several at once, some of which fail
  async all(id) {
    const texts = await Promise.all([get(id, "1"), get(id, "2"), sharedText(id), sleep(id)]);
    log(id, "has", texts.length);
    const settled = await Promise.allSettled([get(id, "fail"), get(id, "3"), Promise.any([get(id, "fail"), get(id, "4")])]);
    log(id, "settled", settled.map((s) => s.status).join());
    return String(settled.length);
  },

  // timers, of which one is stopped
  async timers(id) {
    const never = setTimeout(() => log(id, "must not run"), id * 1000 + 900);
    for (let n = 0; n < 3; n++) {
      await sleep(id, n);
      log(id, "tick", n);
      queueMicrotask(() => log(id, "microtask", n));
      openTurnstile();
    }
    clearTimeout(never);
    return "ticked";
  },

  // errors: thrown, caught, rethrown, passed on to the host
  async errors(id) {
    try {
      await get(id, "fail");
    } catch (error) {
      log(id, "caught", error.message);
    } finally {
      await sharedText(id);
      log(id, "finally");
    }
    await Promise.reject(new Error("again")).catch((error) => log(id, error.message));
    shutTurnstile();
    try { // no promise, and another request may call `refuse`
      await { then(pass, refuse) { log(id, "waits"); waiting.push({ pass, refuse }); setTimeout(pass, id * 1000); } };
    } catch (error) {
      log(id, "was refused:", error.message);
    }
    const failure = (async () => { throw new Error(`request ${id} fails`); })();
    failures.push(failure);
    return failure;
  },

  // a result first, and work that goes on behind it
  async background(id) {
    (async () => {
      await Promise.any([turnstile(id, 4), sleep(id, 5)]);
      for await (const n of numbers(id, 3)) await get(id, `background/${n}`);
      openTurnstile();
    })().catch((error) => error.message).then((how) => log(id, "background work ends", how));
    return "accepted";
  },
};

export default async function handle({ id, path }) {
  log(id, path);
  if (id % 3 === 0) openTurnstile();
  const result = await routes[path](id);
  log(id, "answers", result);
  openTurnstile();
  return result;
}
