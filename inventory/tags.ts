/** A tag in the one spelling that most services have. */
interface ApiTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags by their keys; none where the service left out the list. */
export function toTags(tags: readonly ApiTag[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key ?? '', Value ?? '']));
}
