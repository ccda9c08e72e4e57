/** Milliseconds between two looks at the clock. */
const INTERVAL = 250;

/**
 * Waits for work until time has been out for `grace` milliseconds; tells whether the work came to its end. Work that did not goes on unheeded:
 * nothing can call back what AWS was asked, but nobody need wait for it.
 */
export async function endsInTime(work: Promise<unknown>, outOfTime: () => boolean, grace: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    let left = grace;
    timer = setInterval(() => {
      if (!outOfTime()) return;
      if (left <= 0) resolve(false);
      left -= INTERVAL;
    }, INTERVAL);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearInterval(timer);
  }
}
