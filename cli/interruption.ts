import { Complaint } from './complaint.ts';
import { EXIT } from './exit-codes.ts';

/** The work's result, or a complaint as soon as somebody presses Ctrl-C. What was kept by then stays kept. */
export async function unlessInterrupted<Result>(work: Promise<Result>, interrupted: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new Complaint(EXIT.interrupted, 'stopped; what was already kept stays, and the next scan does the rest'));
  if (interrupted.aborted) stop();
  interrupted.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    interrupted.removeEventListener('abort', stop);
  }
}
