import { malformed } from '../broken-answer.ts';

/**
 * A time as ISO 8601 in UTC to the millisecond, from any of the forms in which EC2 and IAM write it: with or without seconds' fractions or a zone.
 * @throws Unread when it is no time: what cannot be read must not count as absent
 */
export function toInstant(source: string, text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const time = Date.parse(/(?:Z|UTC|[+-]\d\d:?\d\d)$/.test(text) || !/\d:\d\d/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(time)) throw malformed(source, 'a time cannot be read');
  return new Date(time).toISOString();
}
