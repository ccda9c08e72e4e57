import { type Facet, Listed, Unread, type UnreadReason } from './facet.ts';

/** Converts each element; one that throws `Unread`, or a source that breaks off, makes the list partial instead of failing it. */
export function toListed<Source, Element>(sources: Iterable<Source>, convert: (source: Source) => Element): Listed<Element> {
  const known: Element[] = [];
  let unread: UnreadReason | undefined;
  try {
    for (const source of sources) {
      try {
        known.push(convert(source));
      } catch (error) {
        unread ??= reasonOf(error);
      }
    }
  } catch (error) {
    unread ??= reasonOf(error);
  }
  return new Listed(known, unread);
}

/** One list of several; partial if one of them is, or if something else was refused. */
export function joined<Element>(lists: readonly Listed<Element>[], refused?: UnreadReason): Listed<Element> {
  return new Listed(
    lists.flatMap(({ known }) => known),
    lists.find(({ unread }) => unread)?.unread ?? refused,
  );
}

/** A list of which nothing is known, and why. */
export function unreadList<Element>(reason: UnreadReason): Listed<Element> {
  return new Listed<Element>([], reason);
}

/** Keeps a refusal as a value, so that what stands beside it is not lost. */
export async function attempt<Value>(read: () => Value | Promise<Value>): Promise<Facet<Value>> {
  try {
    return { read: true, value: await read() };
  } catch (error) {
    return { read: false, reason: reasonOf(error) };
  }
}

/** The value of what was attempted; throws `Unread` if there is none. */
export function opened<Value>(facet: Facet<Value>): Value {
  if (facet.read) return facet.value;
  throw new Unread(facet.reason);
}

/** @throws the error itself when it is no refusal */
function reasonOf(error: unknown): UnreadReason {
  if (error instanceof Unread) return error.reason;
  throw error;
}
