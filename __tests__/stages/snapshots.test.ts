import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { JOBS, type JobDefinition } from '../../stages/jobs';
import { stackName } from '../../stages/naming';
import { STAGE_NAMES } from '../../stages/stages';
import * as document from '../support/document';
import '../support/json-snapshot';
import { configurationOfStage } from '../support/stages';

// These tests pin the shipped table; no other does. `npm run accept` accepts a change of it.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

const DIFFERENCES = 'differences-from-the-document';

// `Testing.synth` has sorted the keys and dropped CDKTF's own `//`: paths of constructs and CDKTF's
// version, which change without any change to Google Cloud.
it.each(STAGE_NAMES)('renders the configuration of %s with default settings', (stage) => {
  expect(configurationOfStage(stage)).toMatchJsonSnapshot(stackName(stage));
});

it('has the jobs of the document, with no difference that was not accepted', () => {
  const documented: Readonly<Record<string, JobDefinition>> = document.JOBS;
  const shipped: Readonly<Record<string, JobDefinition>> = JOBS;
  const tasks = new Set([...Object.keys(documented), ...Object.keys(shipped)]);
  const differences = [...tasks]
    .filter((task) => !isDeepStrictEqual(documented[task], shipped[task]))
    .map((task) => ({
      task,
      document: documented[task] ?? 'no such job',
      table: shipped[task] ?? 'no such job',
    }));
  expect(differences).toMatchJsonSnapshot(DIFFERENCES);
});

it('has no snapshot without a stage', () => {
  const files = fs.readdirSync(path.join(__dirname, '__snapshots__'));
  expect(files.sort()).toEqual(
    [DIFFERENCES, ...STAGE_NAMES.map(stackName)].map((name) => `${name}.json`).sort(),
  );
});
