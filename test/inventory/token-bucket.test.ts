import { expect, test } from 'vitest';
import { TokenBucket } from '../../inventory/token-bucket.ts';

function bucketAt(limit: { burst: number; perSecond: number }) {
  let now = 0;
  const bucket = new TokenBucket(limit, () => now);
  return { bucket, pass: (milliseconds: number) => (now += milliseconds) };
}

test('a burst goes at once, then requests are spaced', () => {
  const { bucket } = bucketAt({ burst: 3, perSecond: 10 });
  const waits = [1, 2, 3, 4, 5].map(() => bucket.reserve());
  expect(waits).toEqual([0, 0, 0, 100, 200]);
});

test('tokens come back with time, up to the burst', () => {
  const { bucket, pass } = bucketAt({ burst: 2, perSecond: 10 });
  bucket.reserve();
  bucket.reserve();
  pass(60_000);
  expect([1, 2, 3].map(() => bucket.reserve())).toEqual([0, 0, 100]);
});

test('over any stretch no more than burst plus rate is handed out', () => {
  const { bucket, pass } = bucketAt({ burst: 5, perSecond: 20 });
  let due = 0;
  for (let step = 0; step < 1_000; step += 1) {
    if (bucket.reserve() === 0) due += 1;
    pass(1);
  }
  expect(due).toBeLessThanOrEqual(5 + 20);
});
