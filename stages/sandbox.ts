import { describeMistake } from '../constructs/core/mistake';
import { createProgram } from '../sandbox/cli';
import { createSeed } from './seed';
import { readSettings } from './settings';

// Commands run where the sandbox was called; `npm run` changes to the project's folder.
const { npm_lifecycle_event: script, INIT_CWD: calledFrom } = process.env;
if (script === 'sandbox' && calledFrom) process.chdir(calledFrom);

// The project and the region are the sandbox's own; only the app's name is the user's.
const { GCP_APP_NAME } = process.env;
const { settings, mistakes } = readSettings({ GCP_APP_NAME });
if (mistakes.length > 0) {
  for (const mistake of mistakes) console.error(describeMistake(mistake));
  process.exit(2);
}
void createProgram(createSeed(settings.appName)).parseAsync();
