import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { RegionStack } from '../../cdk/region-stack.ts';
import { watchedEvents } from '../../cdk/watched-events.ts';
import { toConfig } from '../../config/config.ts';
import { HUB, newApp, propertiesOf } from './synthesized.ts';

const Rule = z.object({ Name: z.string(), EventPattern: z.unknown() });
const Split = z.strictObject({ 'Fn::Split': z.tuple([z.string(), z.string()]) });

/** As CloudFormation makes it: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-split.html */
function resolved(value: unknown): unknown {
  const { data } = Split.safeParse(value);
  if (data) return data['Fn::Split'][1].split(data['Fn::Split'][0]);
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]));
}

test('a rule has the pattern that was asked for, once its lists of names are split', () => {
  const events = watchedEvents(toConfig({}));
  const stack = new RegionStack(newApp(), 'region', { hubAccount: HUB.account, hubRegion: HUB.region, roleName: 'audit', events });
  const rules = Object.values(propertiesOf(Template.fromStack(stack), 'AWS::Events::Rule')).map((each) => Rule.parse(each));
  const patterns = new Map(rules.map(({ Name, EventPattern }) => [Name, EventPattern]));
  for (const { name, pattern } of events) expect(resolved(patterns.get(`cloud-posture-events-${name}`))).toEqual(pattern);
  expect(rules.filter(({ EventPattern }) => JSON.stringify(EventPattern).includes('Fn::Split')).length).toBeGreaterThan(5);
});
