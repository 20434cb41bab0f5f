import { checkProjectId } from '../constructs/core/google-names';
import type { Mistake } from '../constructs/core/mistake';
import { readSettings, type Settings } from '../stages/settings';
import { UsageError } from './errors';
import { createClient, type Client } from './google/client';
import { checkProxies } from './google/proxy';
import type { Location } from './google/scheduler';
import type { Interruption } from './interruption';
import type { Terminal } from './terminal';

/** What the launcher provides. */
export interface Process {
  /** The project's folder, where synth and cdktf run. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Keeps this process from ending before terraform does. @default - nothing is kept */
  readonly interruption?: Pick<Interruption, 'hold' | 'forced'>;
  /** Milliseconds before the first retry of a call. @default - the client's own */
  readonly retryDelay?: number;
}

/** What every command receives. */
export interface Context extends Process {
  readonly settings: Settings;
  /** The project and region of all jobs. */
  readonly location: Location;
  readonly client: Client;
  /** The locks that the command holds until it ends: how to give each back, by its file. */
  readonly locks: Map<string, () => void>;
  /** Whether to print JSON instead of text for people. */
  readonly json: boolean;
}

/** A command's exit status: 1 when it failed, or found something. */
export type ExitStatus = 0 | 1;

/**
 * Reads a command's context from the environment.
 *
 * @throws UsageError with every invalid setting, and for a missing project where one is needed
 */
export function createContext(process: Process, json: boolean, needsProject = true): Context {
  const { settings, mistakes } = readSettings(process.env, process.root);
  const project = readProject(process.env);
  const missing = needsProject && project.id === '' ? [NO_PROJECT] : [];
  const all = [...mistakes, ...project.mistakes, ...missing, ...checkProxies(process.env)];
  if (all.length > 0) throw new UsageError(all);
  return {
    ...process,
    settings,
    location: { project: project.id, region: settings.region },
    client: createClient(process.env, process),
    locks: new Map(),
    json,
  };
}

const NO_PROJECT: Mistake = {
  subject: 'GCP_PROJECT_ID',
  given: undefined,
  expected: 'project ID',
  fix: 'export GCP_PROJECT_ID=my-project',
};

/** As in Terraform, its own variable overrides the default that synth writes. */
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
