/** How long the hub's own services may take, in milliseconds, as the SDK's request handler has it: what takes longer counts as unanswered. */
export function patience(requestTimeout: number) {
  return { connectionTimeout: 5_000, requestTimeout, throwOnRequestTimeout: true };
}
