import { checkProjectId, checkRegion } from '../constructs/core/google-names';
import type { Violation, Mistake } from '../constructs/core/mistake';
import { checkTimeZone } from '../constructs/core/schedule';
import { readChannels, type Channels } from './channels';
import type { Environment } from './environment';
import { readImports, type Imports } from './imports';
import { serviceAccountId } from './naming';
import { STAGE_NAMES } from './stages';
import { readState, type StateSettings } from './state';

/** What `readSettings` reports, and how to print it. */
export { describeMistake, type Mistake } from '../constructs/core/mistake';

export interface Settings {
  /** Default of the Terraform variable `project_id`; empty if it is set there. */
  readonly projectId: string;
  readonly region: string;
  readonly appName: string;
  readonly timeZone: string;
  readonly state: StateSettings;
  readonly imports: Imports;
  readonly channels: Channels;
}

export const DEFAULTS = {
  GCP_PROJECT_ID: '',
  GCP_REGION: 'australia-southeast1',
  GCP_APP_NAME: 'validibot',
  GCP_SCHEDULER_TIMEZONE: 'Australia/Sydney',
} as const;

const MAX_ACCOUNT_ID_CHARACTERS = 30;

/**
 * The settings, and every mistake in them. An invalid variable has its default in the settings, so
 * that the rest can be checked in the same run.
 *
 * @param root - the project's folder. @default - the current one
 */
export function readSettings(
  env: Environment,
  root = '.',
): { settings: Settings; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const read = (variable: keyof typeof DEFAULTS, check: (value: string) => Violation[]): string => {
    const given = env[variable] || DEFAULTS[variable];
    const violations = given === DEFAULTS[variable] ? [] : check(given);
    mistakes.push(...violations.map((violation) => ({ subject: variable, given, ...violation })));
    return violations.length === 0 ? given : DEFAULTS[variable];
  };
  const projectId = read('GCP_PROJECT_ID', checkProjectId);
  const region = read('GCP_REGION', checkRegion);
  const appName = read('GCP_APP_NAME', checkAppName);
  const timeZone = read('GCP_SCHEDULER_TIMEZONE', checkTimeZone);
  const state = readState(env, root);
  const imports = readImports(env);
  const channels = readChannels(env);
  return {
    settings: {
      projectId,
      region,
      appName,
      timeZone,
      state: state.settings,
      imports: imports.imports,
      channels: channels.channels,
    },
    mistakes: [...mistakes, ...state.mistakes, ...imports.mistakes, ...channels.mistakes],
  };
}

/** The app's name is a prefix of every other; of these, account ids have the lowest limit. */
function checkAppName(appName: string): Violation[] {
  const suffix = Math.max(...STAGE_NAMES.map((stage) => serviceAccountId('', stage).length));
  const longest = MAX_ACCOUNT_ID_CHARACTERS - suffix;
  if (/^[a-z][a-z0-9-]*$/.test(appName) && appName.length <= longest) return [];
  return [
    {
      wrong:
        `must be 1-${longest} lower-case letters, digits or hyphens, starting with a letter ` +
        `(service account ids have at most ${MAX_ACCOUNT_ID_CHARACTERS} characters)`,
      fix: 'use the name that Validibot is deployed under',
    },
  ];
}
