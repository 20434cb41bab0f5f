import { isValidSchedule, scheduleInWords } from '@scheduled-jobs/constructs/core/schedule';
import { originOf } from '@scheduled-jobs/constructs/core/uri';
import type { Incidents, JobInput, PageInput, StageInput } from '@scheduled-jobs/page/input';
import { timeOf } from '@scheduled-jobs/page/week/history';
import type { AttemptFacts, Pause } from '@scheduled-jobs/page/week/model';
import type { Context } from '../apis/context';
import type { Incident } from '../monitoring/incidents';
import { secondsOf } from '../protocol/duration';
import { sortedEntries } from '../protocol/paging';
import { stagesOf } from '../world/seed';
import { shortNameOf, type Job } from '../world/job';
import type { World } from '../world/world';
import { attemptsIn } from './attempts';

/** How far back attempts are shown, in milliseconds. */
const LOG_RANGE = 7 * 86_400_000;

/** Jobs that call none of the project's services. */
const OTHERS = 'other jobs';

/** What the page shows of a sandbox. */
export function pageInput({ world, clock, scheduler, alerting }: Context): PageInput {
  const now = new Date(clock.now());
  const since = new Date(now.getTime() - LOG_RANGE);
  const entries = [...world.log.entries({ from: since.getTime() })];
  const attempts = attemptsIn(entries);
  const jobs = sortedEntries(world.jobs).map(([, job]) => ({
    job,
    stage: stageOf(world, job),
    input: jobInput(job, attempts.get(shortNameOf(job)) ?? [], scheduler.nextTime(job.name)),
  }));
  const names = [...stagesOf(world.seed), ...jobs.map(({ stage }) => stage)];
  const open = alerting.incidents.filter(({ closeTime }) => closeTime === undefined);
  const log = { from: since, entries: entries.length };
  return {
    title: `Sandbox: scheduled jobs in ${world.project.projectId} (${world.region})`,
    now,
    timeZone: jobs.find(({ input }) => input.schedule !== undefined)?.job.timeZone ?? 'UTC',
    stages: [...new Set(names)].map((name): StageInput => {
      const ofStage = jobs.filter(({ stage }) => stage === name);
      const incidents = incidentsOf(
        open,
        ofStage.map(({ job }) => shortNameOf(job)),
      );
      return { name, jobs: ofStage.map(({ input }) => input), log, incidents };
    }),
    footer: 'A sandbox on this machine; nothing here is at Google.',
  };
}

function stageOf({ services }: World, { httpTarget }: Job): string {
  const origin = originOf(httpTarget?.uri ?? '');
  const service = [...services.values()].find(({ urls }) => urls.includes(origin));
  return service?.stage ?? OTHERS;
}

function jobInput(
  job: Job,
  attempts: readonly AttemptFacts[],
  nextTime: number | undefined,
): JobInput {
  const { schedule: cron, timeZone, state, lastAttemptTime, status } = job;
  const isValid = isValidSchedule({ cron, timeZone });
  const isPaused = state === 'PAUSED';
  const code = status?.code;
  return {
    name: shortNameOf(job),
    description: job.description,
    cron,
    scheduleInWords: isValid ? scheduleInWords(cron) : cron,
    timeZone,
    schedule: isValid ? { cron, timeZone } : undefined,
    deadlineSeconds: secondsOf(job.attemptDeadline ?? '600s'),
    attempts,
    since: new Date(job.userUpdateTime),
    pauses: isPaused ? [pauseOf(job, attempts)] : [],
    state: { text: state.toLowerCase(), tone: isPaused ? 'warn' : 'good' },
    lastRun:
      lastAttemptTime === undefined
        ? undefined
        : {
            at: new Date(lastAttemptTime),
            text: attempts.at(-1)?.text ?? (code === undefined ? 'succeeded' : `code ${code}`),
            ok: code === undefined,
          },
    nextRun: isPaused || nextTime === undefined ? undefined : new Date(nextTime),
  };
}

/** The API does not say since when: it was after the last attempt, and the last change. */
function pauseOf({ userUpdateTime }: Job, attempts: readonly AttemptFacts[]): Pause {
  const last = attempts.at(-1);
  const known = [Date.parse(userUpdateTime), last === undefined ? 0 : timeOf(last).getTime() + 1];
  return { from: new Date(Math.max(...known)), reason: 'by the API' };
}

/** The incidents that are about some jobs. A policy names a job in its labels, or in its own name. */
function incidentsOf(open: readonly Incident[], jobs: readonly string[]): Incidents {
  const shown = open.filter(({ labels }) =>
    Object.values(labels).some((value) => jobs.includes(value)),
  );
  return {
    open: shown.map(({ openTime, policy, labels }) => ({
      openedAt: new Date(openTime),
      title: policy.displayName,
      details: Object.entries(labels)
        .map(([label, value]) => `${label}: ${value}`)
        .join('\n'),
    })),
  };
}
