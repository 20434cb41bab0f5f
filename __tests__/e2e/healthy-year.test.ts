import { DAY, WatchedStage } from '../sandbox/monitoring/watched-stage';

test('a healthy year raises no incident', async () => {
  const stage = new WatchedStage();
  await stage.clock.advance(365 * DAY);
  expect(stage.alerting.incidents).toEqual([]);
}, 120_000);
