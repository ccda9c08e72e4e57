/** What a call was refused with, as the SDK tells it. @throws Error when the call succeeded */
export async function errorOf(call: Promise<unknown>): Promise<Error> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}

/** The name of the error that a call was refused with. */
export async function nameOf(call: Promise<unknown>): Promise<string> {
  return (await errorOf(call)).name;
}
