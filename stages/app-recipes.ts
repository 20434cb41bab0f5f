/** A recipe of Validibot's own justfile for a stage, as the command of a shell. */
export interface AppRecipe {
  readonly words: readonly [string, ...string[]];
  /** What does the same in versions before its repository was public, in February 2026. */
  readonly older: readonly [string, ...string[]];
}

/** Deploys the worker. `deploy-all` would also do it, and overwrite the jobs with its own. */
export function deployWorkerRecipe(stage: string): AppRecipe {
  return {
    words: ['just', 'gcp', 'deploy-worker', stage],
    older: ['just', 'gcp-deploy-all', stage],
  };
}

/** The recipe that creates and overwrites the app's own jobs; its deploys call it, too. */
export const APP_SCHEDULER_RECIPE = 'scheduler-setup';

/** Where the recipes are, and which its reader has: `Validibot's repository; older versions: just gcp-…`. */
export function placeOfRecipe({ older }: AppRecipe): string {
  return `Validibot's repository; older versions: ${older.join(' ')}`;
}
