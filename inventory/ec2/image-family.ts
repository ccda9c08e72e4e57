/**
 * What images have in common that differ only in version and date: the name with those parts as `*`, which is also a pattern for DescribeImages' `name` filter.
 * Numbers that tell what is inside (22.04, kernel-6.1, 2022, x86_64) stay. `undefined` for a name that is nothing but a version, or in which
 * nothing moves: no other image can be told to replace it.
 *
 * Read as versions: dates with or without a time, epochs and build numbers (five digits or more), dotted numbers of three parts or more, anything that
 * follows a `v`, `version` or `build`, commit hashes, an AWS Marketplace product id at the end. Where a name has a date besides a dotted version, or in it,
 * the date is what moves and the version's first number stays: RHEL-9.4.0 is followed by RHEL-9.5.0, not by RHEL-10.0.0.
 */
export function toImageFamily(name: string): string | undefined {
  const dated = DATE.test(name);
  const parts = name.split(PRODUCT_ID).map((part, index, all) => {
    if (index % 2 === 0) return withoutVersions(part, dated);
    return index === all.length - 2 && all.at(-1) === '' ? '*' : part;
  });
  const family = parts.join('').replace(BUILD_AFTER_VERSION, '*');
  return family.includes('*') && /[A-Za-z]{2}/.test(family) ? family : undefined;
}

const PRODUCT_ID = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/;

const YEAR = '(?:19|20)\\d\\d';
const MONTH = '(?:0[1-9]|1[0-2])';
const DAY = '(?:0[1-9]|[12]\\d|3[01])';
const TIME = '(?:[01]\\d|2[0-3])[-:._]?[0-5]\\d(?:[-:._]?[0-5]\\d)?';
/** Not in the middle of a word or of a dotted number. */
const START = '(?<![A-Za-z0-9]|\\d\\.)';
const END = '(?![A-Za-z0-9])';
const DATE_AND_TIME = `${YEAR}(?:([-._])${MONTH}\\1${DAY}|${MONTH}${DAY})(?:[T_ -]?${TIME}(?:\\.\\d+)?Z?)?(?:\\.\\d+)*`;

const DATE = new RegExp(`(?<!\\d)${YEAR}([-._]?)${MONTH}\\1${DAY}(?!\\d)|${START}1\\d{9}(?:\\d{3})?${END}`);
const WHOLE_DATE = new RegExp(`${START}v?${DATE_AND_TIME}${END}`, 'g');
const DOTTED = new RegExp(`${START}v?\\d+(?:\\.\\d+)*${END}`, 'g');
const COMPACT_DATE = new RegExp(`^${YEAR}${MONTH}${DAY}$`);
const YEAR_AND_MONTH = new RegExp(`^${YEAR}\\.${MONTH}$`);
/** The number of a build between an architecture and the rest, as Red Hat names its images. */
const BUILD_AFTER_ARCHITECTURE = /((?:x86_64|amd64|arm64|aarch64)-)\d+(?=-)/g;
const COMMIT = /([-_.])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}(?![A-Za-z0-9])/g;
const DAY_FIRST_DATE = new RegExp(`${START}${DAY}([-._])${MONTH}\\1${YEAR}(?!\\d|\\.\\d)`, 'g');
/** `Version 61.1`, `build-57`. */
const NAMED_VERSION = /(?<![A-Za-z])(version|build)([-_ .]?)\d+(?:\.\d+)*(?![A-Za-z0-9])/gi;
/** The release inside a major version that the name has told before: Rocky-9-EC2-Base-9.4. */
const RELEASE_OF_MAJOR = /(?<=(?<![A-Za-z0-9.])(\d+)-(?:.*-)?)\1\.\d+(?=-\*)/g;
const BUILD_AFTER_VERSION = /\*[-_.+](?:\d{1,6}|[0-9a-f]{7,40}|\*)$/;

function withoutVersions(part: string, dated: boolean): string {
  return part
    .replace(WHOLE_DATE, '*')
    .replace(DAY_FIRST_DATE, '*')
    .replace(NAMED_VERSION, '$1$2*')
    .replace(DOTTED, (number: string, offset: number, text: string) =>
      withoutVersion(number, dated, offset + number.length === text.length),
    )
    .replace(BUILD_AFTER_ARCHITECTURE, '$1*')
    .replace(RELEASE_OF_MAJOR, '$1.*')
    .replace(COMMIT, '$1*');
}

function withoutVersion(number: string, dated: boolean, last: boolean): string {
  const marked = number.startsWith('v');
  const numbers = number.replace('v', '').split('.');
  const [first = ''] = numbers;
  if (numbers.length === 1) return first.length >= 5 || (marked && last) ? '*' : number;
  if (YEAR_AND_MONTH.test(number)) return '*';
  if (COMPACT_DATE.test(first)) return '*';
  if (numbers.length === 2 && !marked && !numbers.some((each) => COMPACT_DATE.test(each))) return number;
  return dated ? `${marked ? 'v' : ''}${first}.*` : '*';
}

/**
 * True if the name of an image has a lower dotted version than that of another one of its family: an older release that was built again later. The first
 * numbers in which the names differ decide; dates, single numbers and commits say nothing here, because images also have a creation date.
 */
export function isLowerVersion(name: string, other: string): boolean {
  const [mine, theirs] = [numbersIn(name), numbersIn(other)];
  const index = mine.findIndex((number, at) => number !== theirs[at]);
  const [one, two] = [toVersion(mine[index]), toVersion(theirs[index])];
  if (!one || !two || isYear(one[0]) !== isYear(two[0])) return false;
  const at = one.findIndex((number, position) => number !== two[position]);
  return at < 0 ? one.length < two.length : (one[at] ?? 0) < (two[at] ?? 0);
}

function numbersIn(name: string): readonly string[] {
  return name.match(DOTTED) ?? [];
}

function toVersion(text: string | undefined): readonly number[] | undefined {
  const numbers = text?.replace('v', '').split('.').map(Number) ?? [];
  return numbers.length > 1 && !isYear(numbers.at(-1)) ? numbers : undefined;
}

function isYear(number: number | undefined): boolean {
  return number !== undefined && number >= 1900 && number < 2100;
}
