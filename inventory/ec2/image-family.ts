/**
 * What images have in common that differ only in version and date: the name with those parts as `*`, which is also a pattern for DescribeImages' `name` filter.
 * Numbers that tell what is inside (22.04, kernel-6.1, 2022, x86_64) stay. `undefined` for a name that is nothing but a version.
 *
 * Read as versions: dates with or without a time, epochs and build numbers (five digits or more), dotted numbers of three parts or more, anything that
 * follows a `v`, a commit hash or an AWS Marketplace product id at the end. Where a name has a date besides a dotted version, or in it, the date is what
 * moves and the version's first number stays: RHEL-9.4.0 is followed by RHEL-9.5.0, not by RHEL-10.0.0.
 */
export function toImageFamily(name: string): string | undefined {
  const dated = DATE.test(name);
  const parts = name.split(PRODUCT_ID).map((part, index, all) => {
    if (index % 2 === 0) return withoutVersions(part, dated);
    return index === all.length - 2 && all.at(-1) === '' ? '*' : part;
  });
  const family = parts.join('').replace(COMMIT, '$1*').replace(BUILD_AFTER_VERSION, '*');
  return /[A-Za-z]{2}/.test(family) ? family : undefined;
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
const COMMIT = /([-_.])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}$/;
const BUILD_AFTER_VERSION = /\*[-_.+](?:\d{1,6}|[0-9a-f]{7,40}|\*)$/;

function withoutVersions(part: string, dated: boolean): string {
  return part
    .replace(WHOLE_DATE, '*')
    .replace(DOTTED, (number: string, offset: number, text: string) =>
      withoutVersion(number, dated, offset + number.length === text.length),
    )
    .replace(BUILD_AFTER_ARCHITECTURE, '$1*');
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
