// All kinds of jobs at once. The order in which they run is the language's: quickjs.test compares with Node's.

const out = [];
const say = (word) => () => out.push(word);
const later = (words, gap = null) => words.reduce((p, word) => p.then(say(word)), Promise.resolve(gap));

export default async function handle() {
  const done = Promise.resolve();
  queueMicrotask(say("queued"));
  (async () => {
    await null; say("value")();
    await done; say("promise")();
    await { then(f) { say("then")(); f(); } }; say("thenable")();
  })();
  later(["t1", "t2", "t3"]).finally(say("finally"));
  (async () => {
    try { await Promise.reject(1); } catch { say("caught")(); }
    return done;
  })().then(say("returned"));
  queueMicrotask(() => queueMicrotask(say("queued by queued")));
  Promise.all([done, 1, new Promise((f) => f(done))]).then(say("all"));
  Promise.race([done, 2]).then(say("race"));
  Promise.any([Promise.reject(1), done]).then(say("any"));
  Promise.allSettled([Promise.reject(1), done]).then(say("settled"));
  (async () => {
    for await (const n of (async function* () { yield 1; yield done; yield* [2, done]; })()) say(`yield ${n}`)();
  })();
  class Own extends Promise {}
  new Own((f) => f(1)).then(say("own")).then(say("own again"));
  await new Promise((fired) => setTimeout(() => (say("timer")(), fired()), 0));
  console.log("1 order:", out.join(", "));
}
