import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import fc from 'fast-check';
import path from 'node:path';
import { HTTP_METHODS } from '../../constructs/core/http-methods';
import { ScheduledJob, type ScheduledJobProps } from '../../constructs/scheduled-job';
import { startCloud, type Cloud } from '../e2e/sandbox';
import { describeWithProvider } from '../support/terraform';
import { temporaryFolder } from '../support/temporary-folder';
import { serviceAccountEmail } from '../../stages/naming';

/** The promise of `ScheduledJob`: what synth accepts plans without changes once it is applied. */

const JOBS = 100;

jest.setTimeout(10 * 60_000);

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('', ' ', '${var.x}', '%{ if x }', '$${x}', '"', '\\', 'a\nb', '😀'.repeat(500)),
);
const word = fc.stringMatching(/^[A-Za-z0-9_~$%{}.+-]{1,12}$/);
const seconds = fc.oneof(fc.constantFrom(0, 1, 5, 3600), fc.nat({ max: 1_000_000 }));
const body = fc.oneof(text, fc.constant('{"a": "${x}"}'));
const headers = fc.dictionary(
  fc.oneof(
    fc.constantFrom('Content-Type', 'content-type', 'Accept', 'X-Key', 'x-key', 'X-Empty'),
    fc.constantFrom('X-Content-Length', 'X-Google-Key', 'Host', 'User-Agent', 'Authorization'),
    word,
  ),
  fc.oneof(text, fc.constantFrom('application/octet-stream', 'application/json', 'a\r\nb')),
  { maxKeys: 4 },
);

const props: fc.Arbitrary<Omit<ScheduledJobProps, 'serviceAccountEmail'>> = fc.record(
  {
    schedule: fc.constantFrom('*/5 * * * *', '0 2 * * 0,7', '0 9 1-7 JAN MON-FRI', '59 23 31 12 *'),
    timeZone: fc.constantFrom('UTC', 'Australia/Sydney', 'Etc/UTC', 'America/New_York'),
    uri: fc
      .tuple(fc.constantFrom('', '/', '/a', '/a/', '/${x}/', '/%7B/?b=1&c=%{d}'), word)
      .map(([start, end]) => `https://worker.example.com${start}${start === '' ? '' : end}`),
    audience: fc.oneof(word, fc.constantFrom('https://worker.example.com', '${x}')),
    description: text,
    httpMethod: fc.constantFrom(...HTTP_METHODS),
    headers,
    body,
    attemptDeadlineSeconds: fc.oneof(
      fc.constantFrom(15, 180, 1800),
      fc.integer({ min: 15, max: 1800 }),
    ),
    retryCount: fc.integer({ min: 0, max: 5 }),
    minBackoffSeconds: seconds,
    maxBackoffSeconds: seconds,
    maxDoublings: fc.oneof(fc.constantFrom(0, 1, 5, 16), fc.nat({ max: 1000 })),
    maxRetryDurationSeconds: seconds,
    paused: fc.boolean(),
  },
  { requiredKeys: ['schedule', 'timeZone', 'uri'] },
);

describeWithProvider()('jobs with drawn props, with the real terraform and provider', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud.close());

  it('plan without changes after an apply, unless synth rejects them', async () => {
    const folder = temporaryFolder();
    const app = new App({ outdir: folder, stackTraces: false, skipValidation: true });
    const stack = new TerraformStack(app, 'drawn');
    new LocalBackend(stack, { path: path.join(folder, 'state') });
    const { projectId } = cloud.sandbox.world.project;
    new GoogleProvider(stack, 'google', { project: projectId, region: 'australia-southeast1' });
    const account = serviceAccountEmail('validibot', 'dev', projectId);
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
    let accepted = 0;
    for (const [index, drawn] of fc.sample(props, { numRuns: JOBS * 20, seed }).entries()) {
      const probe = new TerraformStack(new App({ outdir: folder }), `probe-${index}`);
      const given = { ...drawn, serviceAccountEmail: account };
      if (new ScheduledJob(probe, `job-${index}`, given).node.validate().length > 0) continue;
      new ScheduledJob(stack, `job-${index}`, given);
      accepted += 1;
      if (accepted === JOBS) break;
    }
    expect(accepted).toBe(JOBS);
    app.synth();

    const cwd = path.join(folder, 'stacks', 'drawn');
    const run = (...args: string[]) =>
      cloud.run('terraform', [...args, '-no-color', '-input=false'], { cwd });
    for (const args of [['init'], ['apply', '-auto-approve'], ['plan', '-detailed-exitcode']]) {
      const { status, output } = await run(...args);
      // The seed and what terraform says, in what a failure prints.
      if (status !== 0) throw new Error(`${args[0]} with SEED=${seed}:\n${output}`);
    }
  });
});
