import { refuse } from './cli-values';
import { areVariables, type Place } from './environment';

const FAILED = 1;
const PATIENCE = 5000;

export interface EnvOptions {
  readonly url?: string;
  readonly shell: string;
}

/** A sandbox that runs already, in any process. */
export async function runningSandbox({
  url = process.env.SANDBOX_URL,
}: EnvOptions): Promise<Place> {
  if (url === undefined || !/^http:\/\/[^/\s]+\/?$/.test(url)) {
    return refuse('--url', url ?? '', {
      wrong: 'must be the address that a sandbox prints when it is ready',
      fix: 'write --url http://127.0.0.1:8085, or set SANDBOX_URL',
    });
  }
  const base = url.replace(/\/$/, '');
  try {
    const response = await fetch(`${base}/_sandbox`, { signal: AbortSignal.timeout(PATIENCE) });
    const found = (await response.json()) as Record<string, unknown>;
    const { project, region, directory, variables = {} } = found;
    const isPlace = [project, region, directory].every((value) => typeof value === 'string');
    if (!isPlace || !areVariables(variables)) {
      throw new Error('it is not a sandbox');
    }
    return {
      url: base,
      projectId: String(project),
      region: String(region),
      directory: String(directory),
      variables,
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.error(
      `No sandbox responds at ${base}: ${why}.\nFix: start one, and pass the --url that it prints.`,
    );
    process.exit(FAILED);
  }
}
