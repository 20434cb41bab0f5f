import { PassThrough } from 'node:stream';
import type { Context } from '../../../../ops/context';
import { hcpApi, type HcpApi } from '../../../../ops/terraform/hcp/api';
import type { Run } from '../../../../ops/terraform/hcp/run';
import { temporaryFolder } from '../../../support/temporary-folder';
import { RUN, startStandIn, TOKEN, type Answers, type StandIn } from './stand-in';

/** What callers of the API need, with short delays. */
export interface Called {
  readonly hcp: StandIn;
  readonly api: HcpApi;
  readonly run: Run;
  readonly context: Pick<Context, 'signal' | 'retryDelay' | 'terminal'>;
  /** What was printed to stderr. */
  readonly notes: () => string;
}

/** The variables for using a stand-in, with its token. */
export function variables({ host, certificate }: StandIn): NodeJS.ProcessEnv {
  return { HOME: temporaryFolder(), SSL_CERT_FILE: certificate, [`TF_TOKEN_${host}`]: TOKEN };
}

/** Starts a stand-in, and closes it after `use`. */
export async function withStandIn<T>(
  answers: Answers,
  use: (called: Called) => Promise<T>,
  env: NodeJS.ProcessEnv = {},
): Promise<T> {
  const hcp = await startStandIn(answers);
  const errors = new PassThrough({ encoding: 'utf8' });
  const terminal = { errors } as unknown as Context['terminal'];
  try {
    return await use({
      hcp,
      api: hcpApi({ env: { ...variables(hcp), ...env }, retryDelay: 1 }, hcp.host),
      run: { id: RUN, url: `https://${hcp.host}/app/my-org/validibot-prod/runs/${RUN}` },
      context: { signal: new AbortController().signal, retryDelay: 1, terminal },
      notes: () => (errors.read() as string | null) ?? '',
    });
  } finally {
    await hcp.close();
  }
}
