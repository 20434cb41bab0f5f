import { checkProjectId } from '../constructs/core/google-names';
import type { Mistake } from '../constructs/core/mistake';
import { readSettings, type Settings } from '../stages/settings';
import { WrongUse } from './errors';
import { createClient, type Client } from './google/client';
import type { Location } from './google/scheduler';
import type { Terminal } from './terminal';

/** What the launcher gives. */
export interface Process {
  /** The project's folder, in which synth and cdktf run. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Before a call is made a second time, in milliseconds. @default - as the client does */
  readonly retryDelay?: number;
}

/** What every command is given. */
export interface Context extends Process {
  readonly settings: Settings;
  /** The project and region of everything. */
  readonly location: Location;
  readonly client: Client;
  /** Whether the output is JSON instead of text for people. */
  readonly json: boolean;
}

/** The status that a command ends with: 1 when it failed. */
export type ExitStatus = 0 | 1;

/**
 * The context of a command, from the environment. Mistakes in that are wrong use; so is no project,
 * unless the command can do without.
 */
export function createContext(process: Process, json: boolean, needsProject = true): Context {
  const { settings, mistakes } = readSettings(process.env);
  const project = readProject(process.env);
  const missing = needsProject && project.id === '' ? [NO_PROJECT] : [];
  const all = [...mistakes, ...project.mistakes, ...missing];
  if (all.length > 0) throw new WrongUse(all);
  return {
    ...process,
    settings,
    location: { project: project.id, region: settings.region },
    client: createClient(process.env, process),
    json,
  };
}

const NO_PROJECT: Mistake = {
  subject: 'GCP_PROJECT_ID',
  given: undefined,
  wrong: 'there is no project to work on',
  expected: 'the id of a project',
  fix: 'export GCP_PROJECT_ID=my-project',
};

/** Terraform's own variable wins over the default that synth writes for it; so it does here. */
function readProject(env: NodeJS.ProcessEnv): { id: string; mistakes: Mistake[] } {
  const given = env.TF_VAR_project_id;
  if (!given) return { id: env.GCP_PROJECT_ID ?? '', mistakes: [] };
  const mistakes = checkProjectId(given).map((finding) => ({
    subject: 'TF_VAR_project_id',
    given,
    ...finding,
  }));
  return { id: given, mistakes };
}
