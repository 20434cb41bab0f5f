import fs from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Context } from '../../../ops/context';
import { applyPlan } from '../../../ops/terraform/apply';
import { temporaryFolder } from '../../support/temporary-folder';

const BUCKET = { kind: 'gcs', bucket: 'b' };

/** Applies with a terraform that is a shell script. */
async function applyWith(
  script: string,
  { errors = new PassThrough(), signal = new AbortController().signal, state = BUCKET } = {},
  onLine?: (line: string) => void,
): Promise<void> {
  const folder = temporaryFolder();
  const binary = path.join(folder, 'terraform');
  fs.writeFileSync(binary, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const context = {
    env: { PATH: process.env.PATH, TERRAFORM_BINARY_NAME: binary },
    settings: { state },
    terminal: { errors },
    signal,
  } as unknown as Context;
  const stack = { stage: 'dev', name: 'validibot-dev', folder, initialized: false } as const;
  await applyPlan(context, stack, 'plan', onLine);
}

/** Applies with a terraform that prints some lines; returns what is shown of them. */
async function shownOf(lines: readonly string[]): Promise<string> {
  const output = path.join(temporaryFolder(), 'output');
  fs.writeFileSync(output, `${lines.join('\n')}\n`);
  const errors = new PassThrough();
  await applyWith(`cat '${output}'`, { errors });
  errors.end();
  return errors
    .setEncoding('utf8')
    .toArray()
    .then((chunks) => chunks.join(''));
}

it("shows terraform's progress for each resource, and how long it takes", async () => {
  expect(
    await shownOf([
      'google_cloud_scheduler_job.a: Refreshing state... [id=projects/p]',
      'google_cloud_scheduler_job.a: Creating...',
      'google_cloud_scheduler_job.a: Still creating... [10s elapsed]',
      'google_cloud_scheduler_job.a: Still creating... [00m20s elapsed]',
      'google_cloud_scheduler_job.a: Creation complete after 21s [id=projects/p]',
      'google_logging_metric.b: Still destroying... [id=projects/p, 10s elapsed]',
      '\u001B[1mgoogle_logging_metric.c: Modifying...\u001B[0m [id=c]',
      'Apply complete!',
    ]),
  ).toBe(`\
  google_cloud_scheduler_job.a: Creating...
  google_cloud_scheduler_job.a: Still creating... [10s elapsed]
  google_cloud_scheduler_job.a: Still creating... [00m20s elapsed]
  google_cloud_scheduler_job.a: Creation complete after 21s
  google_logging_metric.b: Still destroying... [10s elapsed]
  google_logging_metric.c: Modifying...
`);
});

it('shows what it prints without acting on it', async () => {
  const hostile = 'google_logging_metric.b: Creating...\u001B]52;c;eA==\u0007\u202E';
  expect(await shownOf([hostile])).toBe(
    `  ${String.raw`google_logging_metric.b: Creating...\u{1b}]52;c;eA==\u{7}\u{202e}`}\n`,
  );
});

describe('after Ctrl-C', () => {
  const interrupted = (status: number, state = BUCKET): Promise<void> => {
    const interruption = new AbortController();
    const script = `trap 'exit ${status}' INT\necho started\nwhile :; do sleep 0.05; done`;
    return applyWith(script, { signal: interruption.signal, state }, () => {
      interruption.abort();
    });
  };

  it('returns if terraform had applied everything', async () => {
    await expect(interrupted(0)).resolves.toBeUndefined();
  });

  it('asks to run the command again if terraform stopped before the end', async () => {
    const again = 'Interrupted. Run the same command again to finish.';
    await expect(interrupted(1)).rejects.toThrow(again);
  });

  // Its status is 0, too, when the apply continues in HCP Terraform.
  it('does not take the status of a remote apply for its end', async () => {
    await expect(interrupted(0, { kind: 'cloud', bucket: '' })).rejects.toThrow('Interrupted.');
  });
});
