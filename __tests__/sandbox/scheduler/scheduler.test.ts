import { FAILED, plan, retries, Simulation } from './simulation';

const START = '2026-11-24T00:00:30Z';

describe('overlap', () => {
  it('a scheduled run waits for the one before it, and is delayed, not skipped', async () => {
    const simulation = new Simulation(START, () => ({ seconds: 90 }));
    simulation.scheduler.schedule('job', plan('* * * * *'));

    await simulation.until('2026-11-24T00:05:30Z');

    expect(simulation.started).toEqual([
      '2026-11-24T00:01:00Z job',
      '2026-11-24T00:02:30Z job',
      '2026-11-24T00:04:00Z job',
      '2026-11-24T00:05:30Z job',
    ]);
  });

  it('a delayed run keeps the time it was scheduled for', async () => {
    const times: string[] = [];
    const simulation = new Simulation(START, ({ scheduledTime }) => {
      times.push(new Date(scheduledTime).toISOString().slice(11, 19));
      return { seconds: times.length === 1 ? 90 : 0 };
    });
    simulation.scheduler.schedule('job', plan('* * * * *'));

    await simulation.until('2026-11-24T00:03:30Z');

    expect(times).toEqual(['00:01:00', '00:02:00', '00:03:00']);
  });

  it('a forced run does not wait', async () => {
    const simulation = new Simulation(START, () => ({ seconds: 40 }));
    simulation.scheduler.schedule('job', plan('* * * * *'));
    await simulation.until('2026-11-24T00:01:10Z');

    simulation.scheduler.run('job');
    await simulation.until('2026-11-24T00:01:59Z');

    expect(simulation.started).toEqual(['2026-11-24T00:01:00Z job', '2026-11-24T00:01:10Z job']);
    expect(simulation.ended).toEqual([
      '2026-11-24T00:01:40Z job 200',
      '2026-11-24T00:01:50Z job 200',
    ]);
  });

  it('a scheduled run waits for a forced one', async () => {
    const simulation = new Simulation(START, () => ({ seconds: 45 }));
    simulation.scheduler.schedule('job', plan('* * * * *'));

    simulation.scheduler.run('job');
    await simulation.until('2026-11-24T00:01:20Z');

    expect(simulation.started).toEqual(['2026-11-24T00:00:30Z job', '2026-11-24T00:01:15Z job']);
  });

  it('jobs do not wait for each other', async () => {
    const simulation = new Simulation(START, ({ job }) => ({ seconds: job === 'slow' ? 100 : 0 }));
    simulation.scheduler.schedule('slow', plan('* * * * *'));
    simulation.scheduler.schedule('quick', plan('* * * * *'));

    await simulation.until('2026-11-24T00:02:00Z');

    expect(simulation.started).toEqual([
      '2026-11-24T00:01:00Z slow',
      '2026-11-24T00:01:00Z quick',
      '2026-11-24T00:02:00Z quick',
    ]);
  });
});

describe('attempt deadline', () => {
  it('an attempt without an answer ends at its deadline', async () => {
    const simulation = new Simulation(START, () => ({ seconds: 600 }));
    simulation.scheduler.schedule('job', plan('1 0 * * *', { attemptDeadline: 15_000 }));

    await simulation.until('2026-11-24T01:00:00Z');

    expect(simulation.ended).toEqual(['2026-11-24T00:01:15Z job deadline']);
  });

  it('its signal is aborted, so that the request can end', async () => {
    const signals: AbortSignal[] = [];
    const simulation = new Simulation(START, ({ signal }) => {
      signals.push(signal);
      return { seconds: 600 };
    });
    simulation.scheduler.schedule('job', plan('1 0 * * *', { attemptDeadline: 15_000 }));

    await simulation.until('2026-11-24T00:01:14Z');
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    await simulation.until('2026-11-24T00:01:15Z');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('an answer just before the deadline counts', async () => {
    const simulation = new Simulation(START, () => ({ seconds: 14 }));
    simulation.scheduler.schedule('job', plan('1 0 * * *', { attemptDeadline: 15_000 }));

    await simulation.until('2026-11-24T01:00:00Z');

    expect(simulation.ended).toEqual(['2026-11-24T00:01:14Z job 200']);
  });

  it('a missed deadline is retried like any failure', async () => {
    const simulation = new Simulation(START, ({ number }) => ({ seconds: number === 1 ? 600 : 0 }));
    const retry = retries({ count: 1 });
    simulation.scheduler.schedule('job', plan('1 0 * * *', { attemptDeadline: 15_000, retry }));

    await simulation.until('2026-11-24T01:00:00Z');

    expect(simulation.ended).toEqual([
      '2026-11-24T00:01:15Z job deadline',
      '2026-11-24T00:01:20Z job#2 200',
    ]);
  });
});

describe('retries', () => {
  const failing = (retry: ReturnType<typeof retries>, cron = '1 0 * * *'): Simulation => {
    const simulation = new Simulation(START, () => ({ result: FAILED }));
    simulation.scheduler.schedule('job', plan(cron, { retry }));
    return simulation;
  };

  it('there are none without a count and a duration', async () => {
    const simulation = failing(retries({}));
    await simulation.until('2026-11-24T23:00:00Z');
    expect(simulation.started).toEqual(['2026-11-24T00:01:00Z job']);
  });

  it('there are as many as the count says, with growing waits', async () => {
    const simulation = failing(retries({ count: 3, minBackoff: 10_000 }));
    await simulation.until('2026-11-24T23:00:00Z');
    expect(simulation.started).toEqual([
      '2026-11-24T00:01:00Z job',
      '2026-11-24T00:01:10Z job#2',
      '2026-11-24T00:01:30Z job#3',
      '2026-11-24T00:02:10Z job#4',
    ]);
  });

  it('they end with the first success', async () => {
    const simulation = new Simulation(START, ({ number }) =>
      number < 3 ? { result: FAILED } : {},
    );
    simulation.scheduler.schedule('job', plan('1 0 * * *', { retry: retries({ count: 5 }) }));
    await simulation.until('2026-11-24T23:00:00Z');
    expect(simulation.ended).toEqual([
      '2026-11-24T00:01:00Z job 500',
      '2026-11-24T00:01:05Z job#2 500',
      '2026-11-24T00:01:15Z job#3 200',
    ]);
  });

  it('they stop at the next scheduled time', async () => {
    const simulation = failing(retries({ count: 5, minBackoff: 25_000 }), '* * * * *');
    await simulation.until('2026-11-24T00:02:59Z');
    expect(simulation.started).toEqual([
      '2026-11-24T00:01:00Z job',
      '2026-11-24T00:01:25Z job#2',
      '2026-11-24T00:02:00Z job',
      '2026-11-24T00:02:25Z job#2',
    ]);
  });

  it('with a duration alone, they go on until it has passed', async () => {
    const simulation = failing(
      retries({ maxDuration: 30_000, minBackoff: 10_000, maxDoublings: 0 }),
    );
    await simulation.until('2026-11-24T23:00:00Z');
    expect(simulation.started).toEqual(['2026-11-24T00:01:00Z job', '2026-11-24T00:01:10Z job#2']);
  });

  it('with both, they go on until both are reached', async () => {
    const waits = { minBackoff: 10_000, maxBackoff: 10_000 };
    const byCount = failing(retries({ count: 4, maxDuration: 15_000, ...waits }));
    const byDuration = failing(retries({ count: 1, maxDuration: 45_000, ...waits }));

    await byCount.until('2026-11-24T23:00:00Z');
    await byDuration.until('2026-11-24T23:00:00Z');

    expect([byCount.attempts, byDuration.attempts]).toEqual([5, 5]);
  });

  it('a forced run is retried as well', async () => {
    const simulation = new Simulation(START, () => ({ result: FAILED }));
    simulation.scheduler.schedule('job', plan('0 12 * * *', { retry: retries({ count: 1 }) }));

    simulation.scheduler.run('job');
    await simulation.until('2026-11-24T01:00:00Z');

    expect(simulation.started).toEqual(['2026-11-24T00:00:30Z job', '2026-11-24T00:00:35Z job#2']);
  });

  it('the next time shown is that of the retry', async () => {
    const simulation = failing(retries({ count: 1 }));
    expect(simulation.scheduler.nextTime('job')).toBe(Date.parse('2026-11-24T00:01:00Z'));
    await simulation.until('2026-11-24T00:01:02Z');
    expect(simulation.scheduler.nextTime('job')).toBe(Date.parse('2026-11-24T00:01:05Z'));
    await simulation.until('2026-11-24T00:01:06Z');
    expect(simulation.scheduler.nextTime('job')).toBe(Date.parse('2026-11-25T00:01:00Z'));
  });
});

describe('pause, resume, remove', () => {
  it('a paused job does not run, and a resumed one does not make up for it', async () => {
    const simulation = new Simulation(START);
    simulation.scheduler.schedule('job', plan('* * * * *'));
    await simulation.until('2026-11-24T00:01:30Z');

    simulation.scheduler.pause('job', plan('* * * * *'));
    await simulation.until('2026-11-24T00:04:30Z');
    expect(simulation.scheduler.nextTime('job')).toBeUndefined();
    simulation.scheduler.schedule('job', plan('* * * * *'));
    await simulation.until('2026-11-24T00:05:30Z');

    expect(simulation.started).toEqual(['2026-11-24T00:01:00Z job', '2026-11-24T00:05:00Z job']);
  });

  it('a paused job can be forced to run', async () => {
    const simulation = new Simulation(START);
    simulation.scheduler.pause('job', plan('* * * * *'));

    simulation.scheduler.run('job');
    await simulation.until('2026-11-24T00:03:00Z');

    expect(simulation.ended).toEqual(['2026-11-24T00:00:30Z job 200']);
  });

  it.each(['waiting for its retry', 'under way'])(
    'pausing a job %s ends its retries',
    async (when) => {
      const seconds = when === 'under way' ? 20 : 0;
      const simulation = new Simulation(START, () => ({ result: FAILED, seconds }));
      const failing = plan('1 0 * * *', { retry: retries({ count: 5, minBackoff: 30_000 }) });
      simulation.scheduler.schedule('job', failing);
      await simulation.until('2026-11-24T00:01:10Z');

      simulation.scheduler.pause('job', failing);
      await simulation.until('2026-11-24T12:00:00Z');

      expect(simulation.attempts).toBe(1);
      expect(simulation.ended).toHaveLength(1);
    },
  );

  it('a removed job never runs again, and its retries are over', async () => {
    const simulation = new Simulation(START, () => ({ result: FAILED }));
    simulation.scheduler.schedule('job', plan('* * * * *', { retry: retries({ count: 5 }) }));
    await simulation.until('2026-11-24T00:01:01Z');

    simulation.scheduler.remove('job');
    await simulation.until('2026-11-24T01:00:00Z');

    expect(simulation.attempts).toBe(1);
  });

  it('a new schedule holds from now on, and the old one is forgotten', async () => {
    const simulation = new Simulation(START);
    simulation.scheduler.schedule('job', plan('1 0 * * *'));
    simulation.scheduler.schedule('job', plan('3 0 * * *'));

    await simulation.until('2026-11-24T00:10:00Z');

    expect(simulation.started).toEqual(['2026-11-24T00:03:00Z job']);
  });
});
