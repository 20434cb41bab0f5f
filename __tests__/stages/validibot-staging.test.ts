import { configurationOfStage, plainJson } from '../support/stages';

expect.addSnapshotSerializer(plainJson);

test('validibot-staging, with nothing set', () => {
  expect(configurationOfStage('staging')).toMatchSnapshot();
});
