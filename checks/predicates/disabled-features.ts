import type { Field } from '../../inventory/events/field.ts';
import { refuseToJudge } from './unread.ts';

/**
 * The features of GuardDuty that a call disables, as a text; `undefined` if none. They come as a list of features and, in older callers' form, as a tree
 * of data sources. https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateDetector.html
 */
export function disabledFeatures(request: Field): string | undefined {
  const features = request.at('features').list.flatMap((feature) => [feature, ...feature.at('additionalConfiguration').list]);
  const disabled = features.flatMap((feature) => (isDisabled(feature) ? (feature.at('name').text ?? 'a feature') : []));
  const sources = SOURCES.flatMap(([name, ...path]) => (request.at('dataSources', name, ...path).flag === false ? name : []));
  const all = [...new Set([...disabled, ...sources])];
  return all.length === 0 ? undefined : `without ${all.slice(0, 3).join(', ')}${all.length > 3 ? ' and more' : ''}`;
}

function isDisabled(feature: Field): boolean {
  const status = feature.at('status').text;
  if (status === 'ENABLED' || status === 'DISABLED') return status === 'DISABLED';
  return refuseToJudge('malformed', 'cloudtrail:UpdateDetector', 'a feature is neither enabled nor disabled');
}

const SOURCES: readonly (readonly [name: string, ...path: readonly string[]])[] = [
  ['s3Logs', 'enable'],
  ['kubernetes', 'auditLogs', 'enable'],
  ['malwareProtection', 'scanEc2InstanceWithFindings', 'ebsVolumes'],
];
