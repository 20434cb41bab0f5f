import { Command } from 'commander';
import { describeMistake } from '../../stages/settings';
import { apply } from './apply';
import { readInputs, type AccessOptions } from './inputs';
import { asScript } from './script';
import { settingsToMake } from './settings';

/** Prints the gcloud commands that give the workflows access, and runs them only with --apply. */
const program = new Command('access')
  .description(
    'Access to Google Cloud for the workflows, without keys. Prints the gcloud commands as a script;\n' +
      'runs them only with --apply, as an owner of the project. Doing it again is safe.',
  )
  .option('--repository <owner/name>', 'the repository on GitHub')
  .option('--hcp-project <name>', 'the project of the workspaces', 'Default Project')
  .option('--apply', 'run the commands')
  .addHelpText(
    'after',
    '\nThe project, the region and where the state is come from GCP_PROJECT_ID, GCP_REGION,\n' +
      'GCP_APP_NAME, and TF_CLOUD_ORGANIZATION (with TF_CLOUD_HOSTNAME) or TF_STATE_BUCKET.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : WRONG_USE))
  .action(main);

const WRONG_USE = 2;

function main({ apply: forReal = false, ...options }: AccessOptions & { apply?: boolean }): void {
  const read = readInputs(process.env, options);
  if ('mistakes' in read) {
    for (const mistake of read.mistakes) console.error(describeMistake(mistake));
    process.exitCode = WRONG_USE;
    return;
  }
  const { inputs } = read;
  if (!forReal) {
    const settings = settingsToMake(inputs, 'PROJECT_NUMBER').map((line) => `# ${line}`);
    console.log(`${asScript(inputs)}\n\n${settings.join('\n')}`);
    return;
  }
  try {
    const number = apply(inputs, process.env);
    console.log(settingsToMake(inputs, number).join('\n'));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

program.parse();
