/** True for what looks like a region of any partition; whether there is one by that name only AWS knows. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(text);
}

/** True for the ARN of an SNS topic. */
export function isTopic(text: string): boolean {
  return /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/.test(text);
}

/** True for a port, a range of ports, or either with its protocol: `22`, `5900-5903`, `1434/udp`. */
export function isPorts(text: string): boolean {
  const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(?:tcp|udp))?$/.exec(text) ?? [];
  return from !== undefined && Number(from) <= Number(to) && Number(to) <= 65_535;
}

/** True for the ARN of an IAM role. */
export function isRole(text: string): boolean {
  return /^arn:aws[a-z-]*:iam::\d{12}:role\/[\x21-\x7e]{1,576}$/.test(text);
}
