/** True for what looks like a region of any partition; whether there is one by that name only AWS knows. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(text);
}

/** True for the ARN of an SNS topic. */
export function isTopic(text: string): boolean {
  return /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/.test(text);
}

/** True for the ARN of a standard queue: a standard topic does not deliver to FIFO queues. https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html */
export function isQueue(text: string): boolean {
  return /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/.test(text);
}

/** True for the ARN of a Lambda function, or of one of its aliases or versions. */
export function isFunction(text: string): boolean {
  return /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9$_-]{1,128})?$/.test(text);
}

/** True for what may be an address; whether somebody reads it SNS finds out, by asking. */
export function isEmail(text: string): boolean {
  return /^[^\s@,;<>"']+@[^\s@,;<>"']+\.[^\s@,;<>"'.]+$/.test(text);
}

/** True for an address that SNS can post to over TLS. */
export function isHttps(text: string): boolean {
  return /^https:\/\/[^\s/]/.test(text) && URL.canParse(text);
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

/** True for the name of an IAM role. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export function isRoleName(text: string): boolean {
  return /^[\w+=,.@-]{1,64}$/.test(text);
}

/** True for what AssumeRole takes. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function isExternalId(text: string): boolean {
  return /^[\w+=,.@:/-]{2,1224}$/.test(text);
}

/** True for 12 digits. */
export function isAccount(text: string): boolean {
  return /^\d{12}$/.test(text);
}

/** True for the id of an organization. https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export function isOrganization(text: string): boolean {
  return /^o-[a-z0-9]{10,32}$/.test(text);
}

/** True for the id of a root or of an organizational unit. https://docs.aws.amazon.com/organizations/latest/APIReference/API_Parent.html */
export function isUnit(text: string): boolean {
  return /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/.test(text);
}

/** True for what keys and values of tags are made of in most services: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export function isTagText(text: string): boolean {
  return /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u.test(text);
}

/** True for the key of a tag that people may set. */
export function isTagKey(text: string): boolean {
  return text.length >= 1 && text.length <= 128 && isTagText(text) && !/^aws:/i.test(text);
}

/** True for the key of any tag, AWS's own included. */
export function isAnyTagKey(text: string): boolean {
  return text.length >= 1 && text.length <= 128 && isTagText(text);
}

/** True for a time zone of the IANA database, as this Node knows it. */
export function isTimezone(text: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
