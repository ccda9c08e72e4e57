import type { Overrides } from '../exchange.ts';
import { isRecord } from '../request.ts';

export const ecrOverrides: Overrides = {
  /** Moto says of every repository that its own setting is off. */
  'ecr:BatchGetRepositoryScanningConfiguration': async (exchange) => {
    const complete = await exchange.askMoto();
    if (complete.status !== 200) return complete;
    const answer: unknown = JSON.parse(complete.body.toString());
    const configurations = isRecord(answer) && Array.isArray(answer.scanningConfigurations) ? answer.scanningConfigurations : [];
    const corrected = [];
    for (const one of configurations) corrected.push({ ...one, scanOnPush: await scansOnPush(one.repositoryName) });
    return { ...complete, body: Buffer.from(JSON.stringify({ ...(isRecord(answer) ? answer : {}), scanningConfigurations: corrected })) };

    async function scansOnPush(name: unknown): Promise<boolean> {
      const { status, body } = await exchange.askMoto({
        body: JSON.stringify({ repositoryNames: [name] }),
        headers: { 'x-amz-target': 'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories' },
      });
      return status === 200 && /"scanOnPush":\s*true/.test(body.toString());
    }
  },
};
