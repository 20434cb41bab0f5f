import { configurationOfStage, plainJson } from '../support/stages';

expect.addSnapshotSerializer(plainJson);

test('validibot-prod, with nothing set', () => {
  expect(configurationOfStage('prod')).toMatchSnapshot();
});
