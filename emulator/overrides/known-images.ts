import type { Image, Tags } from '../account/description.ts';
import type { Exchange } from '../exchange.ts';
import { at, type Element, parseXml, textAt } from '../wire/xml.ts';

/** An image as this account sees it: from moto, from the description, or both. */
export interface KnownImage {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly ownerAlias: string | undefined;
  readonly state: string;
  readonly createdAt: Date;
  readonly deprecatedAt: Date | undefined;
  readonly isPublic: boolean;
  /** False when it was deregistered, or is another's and not shared. */
  readonly isVisible: boolean;
  readonly architecture: string;
  readonly tags: Tags;
}

/** What moto says of an image of this account. */
interface LiveImage {
  readonly id: string;
  readonly name: string;
  readonly created: string | undefined;
  readonly isPublic: boolean;
  readonly tags: Tags;
}

function tagsOf(element: Element): Tags {
  const tags = at(element, 'tagSet')?.children ?? [];
  return Object.fromEntries(tags.map((tag) => [textAt(tag, 'key') ?? '', textAt(tag, 'value') ?? '']));
}

/** Account ids under which AWS and its marketplace publish. */
const ALIASED_OWNERS: Readonly<Record<string, string>> = { amazon: '137112412989', 'aws-marketplace': '679593333241' };

/** Every image that this account owns or may know of in the request's region. */
export async function knownImages(exchange: Exchange): Promise<readonly KnownImage[]> {
  const { state, request } = exchange;
  const question = new URLSearchParams({ Action: 'DescribeImages', Version: request.form.get('Version') ?? '', 'Owner.1': 'self' });
  const answer = await exchange.askMoto({ body: question.toString() });
  const own = parseXml(answer.body.toString())
    .children.filter(({ name }) => name === 'imagesSet')
    .flatMap(({ children }) => children)
    .map((image) => ({
      id: textAt(image, 'imageId') ?? '',
      name: textAt(image, 'name') ?? '',
      created: textAt(image, 'creationDate'),
      isPublic: textAt(image, 'isPublic') === 'true',
      tags: tagsOf(image),
    }));
  const inMoto = new Map(own.map((image) => [image.id, image]));
  const described = [...state.description.images].flatMap(([name, image]) => {
    const id = state.findId('image', name);
    return id === undefined || (image.region ?? state.description.region) !== request.region ? [] : [{ id, name, image }];
  });
  const known = described.map(({ id, name, image }) =>
    toKnown(exchange, id, inMoto.get(id)?.name ?? image.name ?? name, image, inMoto.get(id)),
  );
  const rest = own
    .filter(({ id }) => !described.some((one) => one.id === id))
    .map((image) => toKnown(exchange, image.id, image.name, {}, image));
  return [...known, ...rest];
}

function toKnown({ state, caller }: Exchange, id: string, name: string, image: Image, live: LiveImage | undefined): KnownImage {
  const ownerId = image.owner === undefined ? caller.accountId : (ALIASED_OWNERS[image.owner] ?? image.owner);
  const isOwn = ownerId === caller.accountId;
  const isPublic = isOwn ? (live?.isPublic ?? image.public ?? false) : (image.public ?? true);
  const status = image.state ?? 'available';
  return {
    id,
    name,
    ownerId,
    ownerAlias: image.owner !== undefined && image.owner in ALIASED_OWNERS ? image.owner : undefined,
    state: status,
    createdAt: image.created === undefined ? new Date(live?.created ?? state.description.now) : state.date(image.created),
    deprecatedAt: image.deprecated === undefined ? undefined : state.date(image.deprecated),
    isPublic,
    isVisible: status !== 'deregistered' && (isOwn || isPublic),
    architecture: 'x86_64',
    tags: live?.tags ?? image.tags ?? {},
  };
}
