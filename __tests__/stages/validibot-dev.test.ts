import { configurationOfStage, plainJson } from '../support/stages';

expect.addSnapshotSerializer(plainJson);

test('validibot-dev, with nothing set', () => {
  expect(configurationOfStage('dev')).toMatchSnapshot();
});
