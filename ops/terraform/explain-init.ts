import fs from 'node:fs';
import path from 'node:path';
import { LOCK_FILE } from '../../lib/synth/lock-file';
import { PROVIDER_LOCK } from '../../stages/provider-lock';
import type { Context } from '../context';
import { Failed } from '../errors';
import { AGAIN, either, inOrder, manual, run, when, type Fix } from '../fixes/fix';
import { TRUST } from './hcp/api';
import { signIn } from './hcp/credentials';

/** Adds the cause and the fix to an error of `terraform init`, where they are known. */
export function explainInit(
  error: unknown,
  context: Pick<Context, 'root' | 'env'>,
  { name, folder }: { readonly name: string; readonly folder: string },
): unknown {
  if (!(error instanceof Failed)) return error;
  // Otherwise, init and a plan for review only read.
  if (/writing\s+"gs:\S+\.tflock"\s+failed[^]*\b403\b/.test(error.what)) {
    const cause = `Cause: the bucket has no state of ${name} yet, and terraform writes an empty one first.`;
    return new Failed(`${error.what}\n${cause}`, FIRST_STATE);
  }
  if (/x509: certificate signed by unknown authority/.test(error.what)) {
    return new Failed(error.what, TRUST);
  }
  // Terraform breaks its lines between words.
  const [, host] =
    /organization\s+"[^"]*"\s+at\s+host\s+(\S+)[^]*\ssettings:\s+unauthorized\b/.exec(error.what) ??
    [];
  if (host !== undefined) {
    return new Failed(
      `${error.what}\nCause: ${host} rejects the token.`,
      signIn(host, context.env),
    );
  }
  if (!/match\s+any\s+of\s+the\s+checksums/.test(error.what)) return error;
  const isOurs = fs.existsSync(path.join(context.root, PROVIDER_LOCK)) && !context.env.SANDBOX_URL;
  const lock = isOurs ? PROVIDER_LOCK : path.join(folder, LOCK_FILE);
  const cause =
    `Cause: ${lock} has the checksums of another build of the google provider. One that was built by hand ` +
    'differs from the official one.';
  return new Failed(`${error.what}\n${cause}`, isOurs ? OFFICIAL : inOrder(run('rm', lock), AGAIN));
}

const FIRST_STATE: Fix = manual(
  'run this command once as someone who may write to the bucket; read-only access is enough from then on',
);

const OFFICIAL: Fix = either(
  manual(
    'remove builds of the provider from ~/.terraform.d/plugins and from mirrors; terraform then installs ' +
      'the official one',
  ),
  when('if the file itself is wrong', run('npm', 'run', 'lock-provider')),
);
