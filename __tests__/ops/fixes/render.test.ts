import {
  deployWorker,
  edit,
  either,
  gcloud,
  inOrder,
  manual,
  recipe,
  run,
  waitUntil,
  when,
  type Fix,
} from '../../../ops/fixes/fix';
import { fixInJson, renderFix } from '../../../ops/fixes/render';

it.each<[Fix, string]>([
  [recipe('run', 'a-dev'), 'just gcp-scheduler-run a-dev'],
  [recipe('console'), 'just gcp-console'],
  [
    gcloud('x', '--schedule=0 2 * * *', "it's"),
    String.raw`gcloud x --schedule='0 2 * * *' 'it'\''s'`,
  ],
  [run('export', 'A=b c'), "export A='b c'"],
  [
    deployWorker('dev'),
    "just gcp deploy-worker dev (in Validibot's repository; older versions: just gcp-deploy-all dev)",
  ],
  [
    inOrder(edit('a.ts', 'set b to c'), recipe('setup', 'dev')),
    'in a.ts, set b to c, then just gcp-scheduler-setup dev',
  ],
  [
    inOrder(waitUntil('it has ended'), when('only if it is gone', run('rm', 'a'))),
    'wait until it has ended; only if it is gone: rm a',
  ],
  [either(manual('do this'), manual('do that')), 'do this, or do that'],
  [when('if this is intended', run('a')), 'if this is intended, a'],
])('prints %j', (fix, text) => {
  expect(renderFix(fix)).toBe(text);
});

it('has the text and each step in JSON', () => {
  const fix = inOrder(
    edit('a.ts', 'set b'),
    when('only if c', run('d', 'e f')),
    deployWorker('dev'),
  );
  expect(fixInJson(fix)).toEqual({
    fix: renderFix(fix),
    steps: [
      { kind: 'edit', file: 'a.ts', change: 'set b' },
      { kind: 'command', command: "d 'e f'", when: 'only if c' },
      {
        kind: 'command',
        command: 'just gcp deploy-worker dev',
        where: "Validibot's repository; older versions: just gcp-deploy-all dev",
      },
    ],
  });
});
