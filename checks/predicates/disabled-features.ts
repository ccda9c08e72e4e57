import type { Field } from '../../inventory/events/field.ts';
import { refuseToJudge } from './unread.ts';

/**
 * The features of GuardDuty that a call disables, as a text; `undefined` if none. They come as a list of features and, in older callers' form, as a tree
 * of data sources. https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateDetector.html
 */
export function disabledFeatures(request: Field): string | undefined {
  const features = request.at('features').list.flatMap((feature) => [feature, ...feature.at('additionalConfiguration').list]);
  const disabled = features.flatMap((feature) => (isDisabled(feature) ? (feature.at('name').text ?? 'a feature') : []));
  const all = [...new Set([...disabled, ...disabledSources(request.at('dataSources'))])];
  return all.length === 0 ? undefined : `without ${all.slice(0, 3).join(', ')}${all.length > 3 ? ' and more' : ''}`;
}

/** Where in it stands whether a source is on. There will be no others, since features took their place. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  s3Logs: ['enable'],
  kubernetes: ['auditLogs', 'enable'],
  malwareProtection: ['scanEc2InstanceWithFindings', 'ebsVolumes'],
};

function disabledSources(asked: Field): readonly string[] {
  const names = asked.exists ? asked.names : [];
  return names.filter((name) => {
    const path = Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined;
    const isOn = path && asked.at(name, ...path).flag;
    return isOn === undefined ? refuseToJudge('malformed', 'cloudtrail:UpdateDetector', 'a data source is neither on nor off') : !isOn;
  });
}

function isDisabled(feature: Field): boolean {
  const status = feature.at('status').text;
  if (status === 'ENABLED' || status === 'DISABLED') return status === 'DISABLED';
  return refuseToJudge('malformed', 'cloudtrail:UpdateDetector', 'a feature is neither enabled nor disabled');
}
