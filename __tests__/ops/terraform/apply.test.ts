import fs from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Context } from '../../../ops/context';
import { applyPlan } from '../../../ops/terraform/apply';
import { temporaryFolder } from '../../support/temporary-folder';

/** Applies with a terraform that prints some lines; returns what is shown of them. */
async function shownOf(lines: readonly string[]): Promise<string> {
  const folder = temporaryFolder();
  const output = path.join(folder, 'output');
  fs.writeFileSync(output, `${lines.join('\n')}\n`);
  const binary = path.join(folder, 'terraform');
  fs.writeFileSync(binary, `#!/bin/sh\ncat '${output}'\n`, { mode: 0o755 });
  const errors = new PassThrough();
  const context = {
    env: { PATH: process.env.PATH, TERRAFORM_BINARY_NAME: binary },
    settings: { state: { kind: 'gcs', bucket: 'b' } },
    terminal: { errors },
    signal: new AbortController().signal,
  } as unknown as Context;
  const stack = { stage: 'dev', name: 'validibot-dev', folder, initialized: false } as const;
  await applyPlan(context, stack, 'plan');
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
