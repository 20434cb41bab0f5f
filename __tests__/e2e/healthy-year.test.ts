import { DAY, MonitoredStage } from '../sandbox/monitoring/monitored-stage';

it('raises no incident in a healthy year', async () => {
  const stage = new MonitoredStage();
  await stage.clock.advance(365 * DAY);
  expect(stage.alerting.incidents).toEqual([]);
}, 120_000);
