import { expect, test } from 'vitest';
import type { Raw } from './corpus.ts';
import { record } from './records.ts';
import { told } from './told-touches.ts';

/** An event's name, its request, its response, and what it touches. */
export type Row = readonly [name: string, request: unknown, response: unknown, ...touches: readonly string[]];

/** What newer APIs of EC2 put around both. */
export const newer = (name: string, request: unknown, response: unknown): Raw => ({
  eventName: name,
  requestParameters: { [`${name}Request`]: request },
  responseElements: { [`${name}Response`]: response },
});

export const older = (name: string, request: unknown, response: unknown): Raw => ({
  eventName: name,
  requestParameters: request,
  responseElements: response,
});

/** Types that are EC2's own; what else the same events touch is told by the tests of those types. */
const OF_EC2 =
  /^\(?(Image|Instance|LaunchTemplate|NetworkAcl|NetworkInterface|RegionSettings|RouteTable|SecurityGroup|Snapshot|Subnet|VPC|VPCEndpoint|VPCEndpointService|VPCPeeringConnection) /;

/** A test for each row. */
export function family(title: string, toRaw: typeof older, rows: readonly Row[]): void {
  const cases = rows.map(([name, request, response, ...expected]) => ({ name, request, response, expected }));
  test.each(cases)(`${title}: $name $request`, ({ name, request, response, expected }) => {
    const touched = told(record(toRaw(name, request, response))).filter((text) => OF_EC2.test(text));
    expect(touched).toEqual(expected);
  });
}

export const items = (...elements: readonly unknown[]) => ({ items: elements });
export const done = { requestId: 'r', _return: true };
