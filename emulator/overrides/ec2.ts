import type { Moment } from '../account/description.ts';
import { type Exchange, edited, type Overrides, reply } from '../exchange.ts';
import { toElement, type Wire } from '../wire/serialize.ts';
import { at, type Element, putChildren, textAt } from '../wire/xml.ts';
import { endpointOverrides } from './endpoints.ts';
import { filteredById } from './filtered-by-id.ts';
import { imageOverrides } from './images.ts';
import { regionSettingsOverrides } from './region-settings.ts';
import { snapshotOverrides } from './snapshots.ts';

export const ec2Overrides: Overrides = {
  ...endpointOverrides,
  ...imageOverrides,
  ...regionSettingsOverrides,
  ...snapshotOverrides,

  /** Moto gives 38 regions of all partitions. Without AllRegions, AWS gives those that are on. */
  'ec2:DescribeRegions': (exchange) => {
    const { form } = exchange.request;
    const named = [...form].flatMap(([key, value]) => (key.startsWith('RegionName.') ? [value] : []));
    const { enabled, notOptedIn } = exchange.world.regions;
    const off = form.get('AllRegions') === 'true' || named.length > 0 ? notOptedIn : [];
    const all = [...enabled.map((name) => region(name, 'opt-in-not-required')), ...off.map((name) => region(name, 'not-opted-in'))];
    return reply(exchange, { regionInfo: all.filter(({ regionName }) => named.length === 0 || named.includes(regionName)) });
  },

  /** With the described launch times, and what moto leaves out of an instance: its platform, and its groups when they came with an interface. */
  'ec2:DescribeInstances': (exchange) =>
    edited(exchange, (root) => {
      for (const instance of instancesOf(root)) {
        const described = describedInstance(exchange, textAt(instance, 'instanceId'));
        if (described?.launched !== undefined) putMember(instance, 'launchTime', exchange.state.date(described.launched));
        putAttachTimes(exchange, instance, described?.made ?? described?.launched);
        putMember(instance, 'platformDetails', described?.os?.platform === 'Windows' ? 'Windows' : 'Linux/UNIX');
        const groups = at(instance, 'networkInterfaceSet', 'item', 'groupSet');
        if (groups && !at(instance, 'groupSet', 'item')) putChildren(instance, groups);
      }
    }),

  'ec2:DescribeNetworkAcls': (exchange) => filteredById(exchange, { filter: 'network-acl-id', list: 'networkAclSet', id: 'networkAclId' }),

  /** Moto does not tell what interfaces are for. */
  'ec2:DescribeNetworkInterfaces': (exchange) =>
    filteredById(exchange, { filter: 'interface-type', list: 'networkInterfaceSet', id: 'interfaceType' }, (root) => {
      for (const found of at(root, 'networkInterfaceSet')?.children ?? []) {
        const ofAccelerator = exchange.state.nameOf('accelerator-interface', textAt(found, 'networkInterfaceId') ?? '') !== undefined;
        putMember(found, 'interfaceType', ofAccelerator ? 'global_accelerator_managed' : 'interface');
      }
    }),

  /** Moto gives a version that is both the default and the latest one twice. */
  'ec2:DescribeLaunchTemplateVersions': (exchange) =>
    edited(exchange, (root) => {
      const list = at(root, 'launchTemplateVersionSet');
      const seen = new Set<string>();
      if (!list) return;
      list.children = list.children.filter((version) => {
        const key = `${textAt(version, 'launchTemplateId')} ${textAt(version, 'versionNumber')}`;
        return !seen.has(key) && seen.add(key);
      });
    }),
};

function region(regionName: string, optInStatus: string) {
  return { regionName, regionEndpoint: `ec2.${regionName}.amazonaws.com`, optInStatus };
}

/** The instances of a DescribeInstances answer. */
export function instancesOf(root: Element): readonly Element[] {
  return (at(root, 'reservationSet')?.children ?? []).flatMap((reservation) => at(reservation, 'instancesSet')?.children ?? []);
}

function describedInstance({ state }: Exchange, instanceId: string | undefined) {
  const name = state.nameOf('instance', instanceId ?? '');
  return name === undefined ? undefined : state.description.instances.get(name);
}

/** Of the root volume and the first network interface. */
function putAttachTimes({ state }: Exchange, instance: Element, made: Moment | undefined): void {
  const root = textAt(instance, 'rootDeviceName');
  const volume = at(instance, 'blockDeviceMapping')?.children.find((device) => textAt(device, 'deviceName') === root);
  const attachments = [volume && at(volume, 'ebs'), at(instance, 'networkInterfaceSet', 'item', 'attachment')];
  for (const attachment of attachments) {
    if (attachment) putMember(attachment, 'attachTime', state.date(made ?? state.description.now.toISOString()));
  }
}

/** Puts a member into an EC2 structure in the place of the one of the same name. */
export function putMember(element: Element, name: string, value: Wire): void {
  const member = toElement(name, value, { list: 'item' });
  if (member) putChildren(element, member);
}
