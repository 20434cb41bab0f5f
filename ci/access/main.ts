import { Command } from 'commander';
import { describeMistake } from '../../stages/settings';
import { apply } from './apply';
import { readInputs, type AccessOptions } from './inputs';
import { asScript } from './script';
import { describeSettings } from './settings';

/** Prints the gcloud commands that give the workflows access; with --apply, runs them. */
const program = new Command('access')
  .description(
    'Gives the workflows keyless access to Google Cloud. Prints the gcloud commands as a script; ' +
      'with --apply, runs them, which requires an owner of the project. Safe to repeat.',
  )
  .option('--repository <owner/name>', 'GitHub repository')
  .option('--repository-id <number>', 'number of the repository (default: gh is asked for it)')
  .option('--hcp-project <name>', 'HCP Terraform project of the workspaces', 'Default Project')
  .option('--apply', 'run the commands')
  .addHelpText(
    'after',
    '\nEnvironment variables: GCP_PROJECT_ID, GCP_REGION, GCP_APP_NAME, and for the state\n' +
      'TF_CLOUD_ORGANIZATION (optionally TF_CLOUD_HOSTNAME) or TF_STATE_BUCKET.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : WRONG_USE))
  .action(main);

const WRONG_USE = 2;

function main({
  apply: shouldApply = false,
  ...options
}: AccessOptions & { apply?: boolean }): void {
  const read = readInputs(process.env, options);
  if ('mistakes' in read) {
    for (const mistake of read.mistakes) console.error(describeMistake(mistake));
    process.exitCode = WRONG_USE;
    return;
  }
  const { inputs } = read;
  if (!shouldApply) {
    const settings = describeSettings(inputs, 'PROJECT_NUMBER').map((line) => `# ${line}`);
    console.log(`${asScript(inputs)}\n\n${settings.join('\n')}`);
    return;
  }
  try {
    const number = apply(inputs, process.env);
    console.log(describeSettings(inputs, number).join('\n'));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

program.parse();
