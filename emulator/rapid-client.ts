import { request } from 'node:http';
import { registerHooks } from 'node:module';

/** Preloaded in place of the runtime's compiled client: `rapid-client.node` is this module. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.endsWith('/rapid-client.node') ? { url: import.meta.url, shortCircuit: true } : next(specifier, context),
});

/** Answers an invocation. */
export function done(id: string, body: string): void {
  post(`${id}/response`, body);
}

/** Answers an invocation whose handler threw. */
export function error(id: string, body: string): void {
  post(`${id}/error`, body);
}

function post(path: string, body: string): void {
  const url = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation/${path}`;
  const outgoing = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (answer) => answer.resume());
  outgoing.end(body);
}
