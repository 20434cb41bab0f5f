import { FAILED, plan, retries, Simulation } from './simulation';

const START = '2026-11-24T00:00:30Z';

describe('overlap', () => {
  it('delays a scheduled run until the previous one has ended, and does not skip it', async () => {
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

  it('keeps the scheduled time of a delayed run', async () => {
    const times: string[] = [];
    const simulation = new Simulation(START, ({ scheduledTime }) => {
      times.push(new Date(scheduledTime).toISOString().slice(11, 19));
      return { seconds: times.length === 1 ? 90 : 0 };
    });
    simulation.scheduler.schedule('job', plan('* * * * *'));

    await simulation.until('2026-11-24T00:03:30Z');

    expect(times).toEqual(['00:01:00', '00:02:00', '00:03:00']);
  });

  it('does not delay a forced run', async () => {
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

  it('delays a scheduled run until a forced one has ended', async () => {
    const simulation = new Simulation(START, () => ({ seconds: 45 }));
    simulation.scheduler.schedule('job', plan('* * * * *'));

    simulation.scheduler.run('job');
    await simulation.until('2026-11-24T00:01:20Z');

    expect(simulation.started).toEqual(['2026-11-24T00:00:30Z job', '2026-11-24T00:01:15Z job']);
  });

  it('does not delay other jobs', async () => {
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
  it('ends an attempt without a response', async () => {
    const simulation = new Simulation(START, () => ({ seconds: 600 }));
    simulation.scheduler.schedule('job', plan('1 0 * * *', { attemptDeadline: 15_000 }));

    await simulation.until('2026-11-24T01:00:00Z');

    expect(simulation.ended).toEqual(['2026-11-24T00:01:15Z job deadline']);
  });

  it('aborts its signal, so that the request can end', async () => {
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

  it('accepts a response just before it', async () => {
    const simulation = new Simulation(START, () => ({ seconds: 14 }));
    simulation.scheduler.schedule('job', plan('1 0 * * *', { attemptDeadline: 15_000 }));

    await simulation.until('2026-11-24T01:00:00Z');

    expect(simulation.ended).toEqual(['2026-11-24T00:01:14Z job 200']);
  });

  it('causes a retry like any failure', async () => {
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

  it('do not happen without a count or a duration', async () => {
    const simulation = failing(retries({}));
    await simulation.until('2026-11-24T23:00:00Z');
    expect(simulation.started).toEqual(['2026-11-24T00:01:00Z job']);
  });

  it('happen as often as the count says, with growing waits', async () => {
    const simulation = failing(retries({ count: 3, minBackoff: 10_000 }));
    await simulation.until('2026-11-24T23:00:00Z');
    expect(simulation.started).toEqual([
      '2026-11-24T00:01:00Z job',
      '2026-11-24T00:01:10Z job#2',
      '2026-11-24T00:01:30Z job#3',
      '2026-11-24T00:02:10Z job#4',
    ]);
  });

  it('end with the first success', async () => {
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

  it('stop at the next scheduled time', async () => {
    const simulation = failing(retries({ count: 5, minBackoff: 25_000 }), '* * * * *');
    await simulation.until('2026-11-24T00:02:59Z');
    expect(simulation.started).toEqual([
      '2026-11-24T00:01:00Z job',
      '2026-11-24T00:01:25Z job#2',
      '2026-11-24T00:02:00Z job',
      '2026-11-24T00:02:25Z job#2',
    ]);
  });

  it('continue until the duration has passed, if there is no count', async () => {
    const simulation = failing(
      retries({ maxDuration: 30_000, minBackoff: 10_000, maxDoublings: 0 }),
    );
    await simulation.until('2026-11-24T23:00:00Z');
    expect(simulation.started).toEqual(['2026-11-24T00:01:00Z job', '2026-11-24T00:01:10Z job#2']);
  });

  it('continue until both the count and the duration are reached', async () => {
    const waits = { minBackoff: 10_000, maxBackoff: 10_000 };
    const byCount = failing(retries({ count: 4, maxDuration: 15_000, ...waits }));
    const byDuration = failing(retries({ count: 1, maxDuration: 45_000, ...waits }));

    await byCount.until('2026-11-24T23:00:00Z');
    await byDuration.until('2026-11-24T23:00:00Z');

    expect([byCount.attempts, byDuration.attempts]).toEqual([5, 5]);
  });

  it('happen for a forced run too', async () => {
    const simulation = new Simulation(START, () => ({ result: FAILED }));
    simulation.scheduler.schedule('job', plan('0 12 * * *', { retry: retries({ count: 1 }) }));

    simulation.scheduler.run('job');
    await simulation.until('2026-11-24T01:00:00Z');

    expect(simulation.started).toEqual(['2026-11-24T00:00:30Z job', '2026-11-24T00:00:35Z job#2']);
  });

  it('are included in the next time', async () => {
    const simulation = failing(retries({ count: 1 }));
    expect(simulation.scheduler.nextTime('job')).toBe(Date.parse('2026-11-24T00:01:00Z'));
    await simulation.until('2026-11-24T00:01:02Z');
    expect(simulation.scheduler.nextTime('job')).toBe(Date.parse('2026-11-24T00:01:05Z'));
    await simulation.until('2026-11-24T00:01:06Z');
    expect(simulation.scheduler.nextTime('job')).toBe(Date.parse('2026-11-25T00:01:00Z'));
  });
});

describe('pause, resume, remove', () => {
  it('does not run a paused job, or catch up when it is resumed', async () => {
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

  it('can force a paused job to run', async () => {
    const simulation = new Simulation(START);
    simulation.scheduler.pause('job', plan('* * * * *'));

    simulation.scheduler.run('job');
    await simulation.until('2026-11-24T00:03:00Z');

    expect(simulation.ended).toEqual(['2026-11-24T00:00:30Z job 200']);
  });

  it.each(['waiting for its retry', 'running'])(
    'ends the retries of a paused job that is %s',
    async (when) => {
      const seconds = when === 'running' ? 20 : 0;
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

  it('never runs or retries a removed job', async () => {
    const simulation = new Simulation(START, () => ({ result: FAILED }));
    simulation.scheduler.schedule('job', plan('* * * * *', { retry: retries({ count: 5 }) }));
    await simulation.until('2026-11-24T00:01:01Z');

    simulation.scheduler.remove('job');
    await simulation.until('2026-11-24T01:00:00Z');

    expect(simulation.attempts).toBe(1);
  });

  it('replaces the old schedule of a job with the new one', async () => {
    const simulation = new Simulation(START);
    simulation.scheduler.schedule('job', plan('1 0 * * *'));
    simulation.scheduler.schedule('job', plan('3 0 * * *'));

    await simulation.until('2026-11-24T00:10:00Z');

    expect(simulation.started).toEqual(['2026-11-24T00:03:00Z job']);
  });
});
