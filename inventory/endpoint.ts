import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';

const SOCKETS = 64;

/** What a local AWS at `AWS_ENDPOINT_URL` needs besides the SDK's own handling of that variable: path-style buckets, and host prefixes (`123456789012.localhost`) that resolve. @throws TypeError with code ERR_INVALID_URL */
export function endpointSettings(environment: NodeJS.ProcessEnv = process.env) {
  const url = environment.AWS_ENDPOINT_URL;
  // `localhost:4566` parses, as a URL of the scheme "localhost".
  if (url !== undefined && !/^https?:\/\//.test(url)) throw Object.assign(new TypeError('no http URL'), { code: 'ERR_INVALID_URL' });
  const local = url !== undefined && /(^|\.)localhost$/.test(new URL(url).hostname);
  const options = { keepAlive: true, maxSockets: SOCKETS, ...(local ? { lookup: toLoopback } : {}) };
  return {
    pathStyle: url !== undefined,
    agents: { httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent(options) },
  };
}

const toLoopback: LookupFunction = (_hostname, options, callback) => {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};
