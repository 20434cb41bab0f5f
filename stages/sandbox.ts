import { describeMistake } from '../constructs/core/mistake';
import { createProgram } from '../sandbox/cli';
import type { Seed } from '../sandbox/world/seed';
import { createSeed } from './seed';
import { readSettings } from './settings';

// Commands run where the sandbox was called; `npm run` changes to the project's folder.
const { npm_lifecycle_event: script, INIT_CWD: calledFrom } = process.env;
if (script === 'sandbox' && calledFrom) process.chdir(calledFrom);

const NAME = 'npm run sandbox --';
const EMPTY = '--no-validibot';
const HELP = `
${EMPTY}: an empty project instead of Validibot's; for its options, ${EMPTY} --help`;

const args = process.argv.slice(2);
const at = args.indexOf(EMPTY);
const command = args.indexOf('--');
// After --, it belongs to the command of `exec`.
const isEmpty = at >= 0 && (command < 0 || at < command);
if (isEmpty)
  void createProgram(undefined, NAME).parseAsync(args.toSpliced(at, 1), { from: 'user' });
else void createProgram(validibot(), NAME).addHelpText('after', HELP).parseAsync();

/** Ends the process if the settings are wrong. */
function validibot(): Seed {
  // The project and the region are the sandbox's own; only the app's name is the user's.
  const { GCP_APP_NAME } = process.env;
  const { settings, mistakes } = readSettings({ GCP_APP_NAME });
  if (mistakes.length === 0) return createSeed(settings.appName);
  for (const mistake of mistakes) console.error(describeMistake(mistake));
  process.exit(2);
}
