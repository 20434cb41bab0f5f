import fs from 'node:fs';
import path from 'node:path';
import { CONSENT_KINDS, CONSENTS } from '../../ops/plan-review/consent';
import { ROOT } from './support';

const page = fs.readFileSync(path.join(ROOT, 'docs', 'operations.md'), 'utf8');

it('lists every kind of consent with its label and what it accepts', () => {
  const documented = [...page.matchAll(/^\| `([a-z]+)`, `(allow-[a-z]+)` +\| (.+?) +\|$/gm)];
  expect(documented.map(([, kind, label, accepts]) => [kind, label, accepts])).toEqual(
    CONSENT_KINDS.map((kind) => [kind, `allow-${kind}`, CONSENTS[kind]]),
  );
});

it('lists every recipe', () => {
  const justfile = fs.readFileSync(path.join(ROOT, 'justfile'), 'utf8');
  const recipes = [...justfile.matchAll(/^(gcp-[a-z-]+) /gm)].map((match) => match[1] ?? '');
  expect(recipes.length).toBeGreaterThanOrEqual(13);
  // `just gcp-scheduler-pause <job>`, `-resume`
  const missing = recipes.filter(
    (recipe) =>
      !page.includes(`just ${recipe}`) &&
      !page.includes(`\`${recipe.replace('gcp-scheduler', '')}\``),
  );
  expect(missing).toEqual([]);
});
