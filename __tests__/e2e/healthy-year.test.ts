import { DAY, MonitoredStage } from '../sandbox/monitoring/monitored-stage';

it('a healthy year raises no incident', async () => {
  const stage = new MonitoredStage();
  await stage.clock.advance(365 * DAY);
  expect(stage.alerting.incidents).toEqual([]);
}, 120_000);
