import { count } from '../../lib/count';
import { groupBy } from '../../lib/group-by';
import type { Context } from '../context';
import { fixInJson } from '../fixes/render';
import { formatTime } from '../jobs/format-time';
import { callerOf } from './caller';
import { keepPauses } from './keep';
import type { PausePlan } from './options';

/** What was noted of a pause, for people and in JSON. */
export interface PauseNotes {
  describe(): string;
  inJson(job: string): object;
}

/** Notes who paused jobs, why and until when. What cannot be kept is said, and fails nothing. */
export async function pauseNotes(
  context: Context,
  jobs: readonly string[],
  { reason, until, isDefault }: PausePlan,
): Promise<PauseNotes> {
  const by = callerOf(context.env);
  const pause = { by, until, ...(reason !== undefined && { reason }) };
  const problems = await keepPauses(
    context,
    jobs.map((job) => ({ kind: 'paused', job, ...pause })),
  );
  const { timeZone } = context.settings;
  const end = `${formatTime(timeZone, until)} ${timeZone}${isDefault ? ' (24 hours, the default of --for)' : ''}`;
  return {
    describe: () =>
      [
        ...(problems.size === jobs.length
          ? []
          : [
              `Noted: by ${by} until ${end}${reason === undefined ? '' : `: ${reason}`}. ` +
                'Until then, no alert on missed runs.',
              'It is not resumed then: the doctor fails, and the alert speaks again.',
            ]),
        ...describeProblems(problems),
      ].join('\n'),
    inJson: (job) => {
      const problem = problems.get(job);
      return {
        pause: { by, reason, until: until.toISOString() },
        noteKept: problem === undefined,
        ...(problem && { notKept: problem.what, ...(problem.fix && fixInJson(problem.fix)) }),
      };
    },
  };
}

function describeProblems(problems: Awaited<ReturnType<typeof keepPauses>>): string[] {
  const byCause = groupBy(problems, ([, { message }]) => message);
  return [...byCause].map(([cause, [[job], ...others]]) => {
    const whose = others.length === 0 ? job : count(others.length + 1, 'job');
    return `Warning: ${whose}: who paused it, why and until when is not kept, and its alert not silenced: ${cause}`;
  });
}
