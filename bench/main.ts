import path from 'node:path';
import { sandboxEnvironment } from '../sandbox/environment';
import { startSandbox } from '../sandbox/sandbox';
import { DEFAULTS } from '../stages/settings';
import { ratio } from './measure';
import { PAIRS } from './pairs';

const RUNS = 5;

async function main(): Promise<void> {
  const { GCP_REGION: region, GCP_APP_NAME: appName } = DEFAULTS;
  const sandbox = await startSandbox({ region, appName });
  const env = {
    ...sandboxEnvironment(process.env, sandbox),
    CDKTF_OUTDIR: path.join(sandbox.directory, 'cdktf.out'),
  };
  for (const pair of PAIRS) {
    const result = await ratio(pair, RUNS, env).then(
      (number) => number.toFixed(2),
      (error: unknown) => `not measured (${String(error)})`,
    );
    console.log(`${result}  ${pair.name}`);
  }
  await sandbox.close();
}

void main();
