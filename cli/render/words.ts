/** `1,240`: the same on every machine. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** `1 region`, `2 regions`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** `a, b and 3 more`. */
export function some(names: readonly string[], limit: number): string {
  return names.length <= limit ? names.join(', ') : `${names.slice(0, limit).join(', ')} and ${count(names.length - limit)} more`;
}

/** `2026-11-21`. */
export function toDate(time: string | null): string {
  return time?.slice(0, 10) ?? '';
}

/** `42 s`, `3 min 5 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
