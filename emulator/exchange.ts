import type { Caller, Callers } from './callers.ts';
import type { AwsRequest } from './request.ts';
import type { AccountState, World } from './state.ts';
import { type Answer, answer, type Refusal, refuse, type WireObject } from './wire/serialize.ts';
import { type Element, parseXml, writeXml } from './wire/xml.ts';

/** What moto is asked. */
export interface Question {
  readonly accountId: string;
  /** Of the signature, if not the original one. */
  readonly region?: string;
  readonly method?: string;
  readonly url?: string;
  readonly body?: string;
  /** In the place of those of the original request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request on its way to an answer: all that an override may look at. */
export interface Exchange {
  readonly request: AwsRequest;
  readonly caller: Caller;
  readonly callers: Callers;
  readonly world: World;
  /** Of the caller's account. */
  readonly state: AccountState;
  /** Asks moto the request as it came, or something else instead. */
  readonly askMoto: (question?: Partial<Question>) => Promise<Answer>;
}

/** Answers for an operation in moto's place, or corrects what moto says. */
export type Override = (exchange: Exchange) => Answer | Promise<Answer>;
export type Overrides = Readonly<Record<string, Override>>;

export function reply({ request }: Exchange, value: WireObject): Answer {
  return answer(request, value);
}

export function reject({ request }: Exchange, refusal: Refusal): Answer {
  return refuse(request, refusal);
}

/** Asks moto another operation of the same service with a form, and gives the answer's root element, or `undefined` when moto refused. */
export async function askForm(
  exchange: Exchange,
  parameters: Readonly<Record<string, string>>,
  accountId?: string,
): Promise<Element | undefined> {
  const version = exchange.request.form.get('Version') ?? '';
  const body = new URLSearchParams({ Version: version, ...parameters }).toString();
  const { status, body: text } = await exchange.askMoto({ body, ...(accountId === undefined ? {} : { accountId }) });
  return status === 200 ? parseXml(text.toString()) : undefined;
}

/** Moto's answer with its document changed in place; errors are passed on. */
export async function edited(
  exchange: Exchange,
  edit: (root: Element) => void | Promise<void>,
  question?: Partial<Question>,
): Promise<Answer> {
  const original = await exchange.askMoto(question);
  if (original.status !== 200) return original;
  const root = parseXml(original.body.toString());
  await edit(root);
  return { ...original, body: Buffer.from(writeXml(root)) };
}
