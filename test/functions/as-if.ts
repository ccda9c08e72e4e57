/**
 * Preloaded into the processes of functions. Backing off takes no time: the SDK waits a random part of its delay. And it is as late as
 * CLOCK_AHEAD_MS says: what is to be seen after a minute need not be waited for.
 */
Math.random = () => 0;

const ahead = Number(process.env.CLOCK_AHEAD_MS ?? 0);
const RealDate = Date;
const realNow = Date.now;

if (ahead > 0) {
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [realNow() + ahead] : given, newTarget),
    get: (target, name, receiver) => (name === 'now' ? () => realNow() + ahead : Reflect.get(target, name, receiver)),
  });
}
