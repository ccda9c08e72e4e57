/**
 * Preloaded into processes that ask a local AWS, which has no limits: pacing takes no time. Nothing of ours but the buckets of tokens looks at this clock,
 * on which a nanosecond is a second.
 */
const realNow = performance.now.bind(performance);
performance.now = () => realNow() * 1e9;
