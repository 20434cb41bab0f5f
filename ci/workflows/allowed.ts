import { Command } from 'commander';
import { CONSENT_KINDS } from '../../ops/plan-review/consent';
import { repositoryOf } from './client';
import { undeployedMerges } from './merges';

/**
 * Prints the kinds of findings that labels accept, in the form of `--allow`: `destroy,stop` for the labels
 * allow-destroy and allow-stop. With `--labels`, those of a pull request's event. With `--commit` and
 * `--stage`, those that the merges had which a deploy of the commit brings to the stage, so that a deploy
 * accepts exactly what was accepted when it was merged.
 */
const program = new Command('allowed.ts')
  .option('--labels <json>', 'label names, as a JSON array')
  .option('--commit <sha>', 'full SHA of a commit on main')
  .option('--stage <name>', 'the stage that the commit is deployed to')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : WRONG_USE))
  .action(main);

const WRONG_USE = 2;

interface Options {
  readonly labels?: string;
  readonly commit?: string;
  readonly stage?: string;
}

async function main(options: Options): Promise<void> {
  const names = await namesOf(options);
  if (names === undefined) {
    console.error(
      'Usage: allowed.ts --labels JSON_ARRAY, or allowed.ts --commit FULL_SHA --stage STAGE',
    );
    process.exitCode = WRONG_USE;
    return;
  }
  console.log(CONSENT_KINDS.filter((kind) => names.includes(labelOf(kind))).join());
}

function labelOf(kind: string): string {
  return `allow-${kind}`;
}

/** The labels that count; undefined for wrong use. */
async function namesOf({ labels, commit, stage }: Options): Promise<string[] | undefined> {
  if (labels !== undefined) return parseNames(labels);
  if (commit === undefined || !/^[0-9a-f]{40}$/.test(commit) || !stage) return undefined;
  const merges = await undeployedMerges(repositoryOf(process.env), stage, commit);
  const kinds = CONSENT_KINDS.map(labelOf);
  for (const { number, labels: names } of merges) {
    const given = names.filter((name) => kinds.includes(name));
    console.error(
      `#${number} was merged ${given.length > 0 ? `with ${given.join()}` : 'without consent'}.`,
    );
  }
  return merges.flatMap(({ labels: names }) => names);
}

function parseNames(json: string): string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    return Array.isArray(parsed) ? parsed.filter((name) => typeof name === 'string') : undefined;
  } catch {
    return undefined;
  }
}

void program.parseAsync();
