import fs from 'node:fs';
import path from 'node:path';
import { stackName } from '../../stages/naming';
import { STAGE_NAMES } from '../../stages/stages';
import '../support/json-snapshot';
import { configurationOfStage } from '../support/stages';

// `Testing.synth` has sorted the keys and dropped CDKTF's own `//`: paths of constructs and CDKTF's
// version, which change without any change to Google Cloud.
it.each(STAGE_NAMES)('renders the configuration of %s with default settings', (stage) => {
  expect(configurationOfStage(stage)).toMatchJsonSnapshot(stackName(stage));
});

it('has no snapshot without a stage', () => {
  const files = fs.readdirSync(path.join(__dirname, '__snapshots__'));
  expect(files.sort()).toEqual(STAGE_NAMES.map((stage) => `${stackName(stage)}.json`).sort());
});
