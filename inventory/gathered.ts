import { Listed } from './facet.ts';
import { attempt } from './partial.ts';

/** What several questions gave, each asked whatever becomes of the others; `undefined` is no answer to keep. Partial if one was refused. */
export async function gathered<Value>(questions: readonly (() => Promise<Value | undefined>)[]): Promise<Listed<Value>> {
  const answers = await Promise.all(questions.map((ask) => attempt(ask)));
  return new Listed(
    answers.flatMap((answer) => (answer.read && answer.value !== undefined ? [answer.value] : [])),
    answers.flatMap((answer) => (answer.read ? [] : [answer.reason]))[0],
  );
}
