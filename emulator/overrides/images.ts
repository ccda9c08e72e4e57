import type { Image, RegionSettings } from '../account/description.ts';
import { type Exchange, type Overrides, reply } from '../exchange.ts';
import { EVERYTHING } from '../paging.ts';
import { filtersOf, listOf } from '../request.ts';
import { refuse, type WireObject } from '../wire/serialize.ts';
import { parseXml, textAt } from '../wire/xml.ts';
import { instancesOf } from './ec2.ts';
import { passesAll } from './filters.ts';
import { type KnownImage, knownImages } from './known-images.ts';

export const imageOverrides: Overrides = {
  /** Own images from moto with their described dates; those of others, which moto does not have, from the description. */
  'ec2:DescribeImages': async (exchange) => {
    const { form } = exchange.request;
    const ids = listOf(form, 'ImageId');
    const images = (await knownImages(exchange)).filter((image) => image.isVisible);
    const missing = ids.find((id) => !images.some((image) => image.id === id));
    if (missing !== undefined) {
      const message = `The image id '[${missing}]' does not exist`;
      return refuse(exchange.request, { status: 400, code: 'InvalidAMIID.NotFound', message });
    }
    const owners = listOf(form, 'Owner');
    const filters = filtersOf(form);
    const chosen = images.filter(
      (image) =>
        (ids.length === 0 || ids.includes(image.id)) &&
        (owners.length === 0 || owners.some((owner) => isOwner(exchange, image, owner))) &&
        isIncluded(exchange, image, ids.includes(image.id)) &&
        passesAll(filters, (name) => filterValue(image, name)),
    );
    return reply(exchange, { imagesSet: chosen.map(toImage) });
  },

  /** Missing in moto. Knows an instance's image even when nobody can see it any more. */
  'ec2:DescribeInstanceImageMetadata': async (exchange) => {
    const { form } = exchange.request;
    const wanted = listOf(form, 'InstanceId');
    const images = await knownImages(exchange);
    const question = new URLSearchParams({ Action: 'DescribeInstances', Version: form.get('Version') ?? '', MaxResults: EVERYTHING });
    const answer = await exchange.askMoto({ body: question.toString() });
    const instances = instancesOf(parseXml(answer.body.toString()));
    const described = instances.filter((instance) => wanted.length === 0 || wanted.includes(textAt(instance, 'instanceId') ?? ''));
    return reply(exchange, {
      instanceImageMetadataSet: described.map((instance) => {
        const imageId = textAt(instance, 'imageId') ?? '';
        const image = images.find(({ id }) => id === imageId);
        return {
          instanceId: textAt(instance, 'instanceId'),
          instanceType: textAt(instance, 'instanceType'),
          availabilityZone: textAt(instance, 'placement', 'availabilityZone'),
          instanceState: { code: textAt(instance, 'instanceState', 'code'), name: textAt(instance, 'instanceState', 'name') },
          instanceOwnerId: exchange.caller.accountId,
          imageMetadata: image === undefined ? { imageId } : toMetadata(image),
        };
      }),
    });
  },

  'ec2:GetImageBlockPublicAccessState': (exchange) => {
    const state = settingsOf(exchange)?.imageBlock ?? 'block-new-sharing';
    return reply(exchange, { imageBlockPublicAccessState: state, managedBy: 'account' });
  },

  'ec2:EnableImageBlockPublicAccess': (exchange) => {
    changeSettings(exchange, { imageBlock: 'block-new-sharing' });
    return reply(exchange, { imageBlockPublicAccessState: 'block-new-sharing' });
  },

  'ec2:DisableImageBlockPublicAccess': (exchange) => {
    changeSettings(exchange, { imageBlock: 'unblocked' });
    return reply(exchange, { imageBlockPublicAccessState: 'unblocked' });
  },

  /** Remembered in the description, because moto takes neither date nor state. */
  'ec2:EnableImageDeprecation': (exchange) => changeImage(exchange, { deprecated: exchange.request.form.get('DeprecateAt') ?? '' }),
  'ec2:DisableImage': (exchange) => changeImage(exchange, { state: 'disabled' }),
  'ec2:DeregisterImage': async (exchange) => {
    await changeImage(exchange, { state: 'deregistered' });
    return exchange.askMoto();
  },
};

export function settingsOf({ state, request }: Exchange): RegionSettings | undefined {
  return state.description.regionSettings.get(request.region);
}

export function changeSettings({ state, request }: Exchange, change: RegionSettings): void {
  const { regionSettings } = state.description;
  regionSettings.set(request.region, { ...regionSettings.get(request.region), ...change });
}

/** Images that were made since the account was described are described now, by their id. */
async function changeImage(exchange: Exchange, change: Partial<Image>) {
  const { state, request } = exchange;
  const id = request.form.get('ImageId') ?? '';
  const image = (await knownImages(exchange)).find((one) => one.id === id);
  const key = state.nameOf('image', id) ?? id;
  state.bind('image', key, id);
  state.description.images.set(key, { name: image?.name, region: request.region, ...state.description.images.get(key), ...change });
  return reply(exchange, { return: true });
}

function isOwner({ caller }: Exchange, image: KnownImage, owner: string): boolean {
  return owner === image.ownerId || owner === image.ownerAlias || (owner === 'self' && image.ownerId === caller.accountId);
}

/** Deprecated images of others and disabled ones come only when asked for (DescribeImages, IncludeDeprecated and IncludeDisabled). */
function isIncluded({ state, request: { form }, caller }: Exchange, image: KnownImage, byId: boolean): boolean {
  if (image.state === 'disabled' && form.get('IncludeDisabled') !== 'true') return false;
  const isDeprecated = image.deprecatedAt !== undefined && image.deprecatedAt <= state.description.now;
  return !isDeprecated || byId || image.ownerId === caller.accountId || form.get('IncludeDeprecated') === 'true';
}

function filterValue(image: KnownImage, name: string): string | undefined {
  const values: Readonly<Record<string, string>> = {
    'image-id': image.id,
    name: image.name,
    'owner-id': image.ownerId,
    'owner-alias': image.ownerAlias ?? '',
    state: image.state,
    'is-public': String(image.isPublic),
    architecture: image.architecture,
    'image-type': 'machine',
    'virtualization-type': 'hvm',
    'root-device-type': 'ebs',
  };
  return values[name];
}

function toImage(image: KnownImage): WireObject {
  return {
    imageId: image.id,
    name: image.name,
    imageLocation: `${image.ownerAlias ?? image.ownerId}/${image.name}`,
    imageState: image.state,
    imageOwnerId: image.ownerId,
    imageOwnerAlias: image.ownerAlias,
    isPublic: image.isPublic,
    creationDate: image.createdAt,
    deprecationTime: image.deprecatedAt,
    architecture: image.architecture,
    imageType: 'machine',
    virtualizationType: 'hvm',
    rootDeviceType: 'ebs',
    rootDeviceName: '/dev/xvda',
    tagSet: Object.entries(image.tags).map(([key, value]) => ({ key, value })),
  };
}

function toMetadata(image: KnownImage): WireObject {
  return {
    imageId: image.id,
    name: image.name,
    imageOwnerId: image.ownerId,
    imageState: image.state,
    imageOwnerAlias: image.ownerAlias,
    creationDate: image.createdAt,
    deprecationTime: image.deprecatedAt,
    imageAllowed: true,
    isPublic: image.isPublic,
  };
}
