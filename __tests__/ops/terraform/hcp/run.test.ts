import { closeRun, runIn } from '../../../../ops/terraform/hcp/run';
import type { Answers } from './stand-in';
import { RUN } from './stand-in';
import { withStandIn } from './support';

async function close(
  answers: Answers,
  cancel = true,
): Promise<{ status: string; notes: string; posted: string[] }> {
  return withStandIn(answers, async ({ hcp, api, run, context, notes }) => {
    await closeRun(context, api, run, { cancel });
    const posted = hcp.asked.filter((asked) => asked.startsWith('POST'));
    return { status: hcp.statusOf(RUN), notes: notes(), posted };
  });
}

it.each(['planned', 'planned_and_saved', 'policy_override', 'pending'])(
  'discards a run that is %s',
  async (runStatus) => {
    const { status, posted, notes } = await close({ runStatus, looks: 2 });
    expect(status).toBe('discarded');
    expect(posted).toEqual([`POST runs/${RUN}/actions/discard`]);
    expect(notes).toBe('');
  },
);

it('cancels a run that is planning, and waits until it ends', async () => {
  const { status, posted, notes } = await close({ runStatus: 'planning', looks: 3 });
  expect(status).toBe('canceled');
  expect(posted).toEqual([`POST runs/${RUN}/actions/cancel`]);
  expect(notes).toContain(`Cancelling the run https://`);
});

it('discards a run that finished before it could be cancelled', async () => {
  await withStandIn({ runStatus: 'planning', looks: 1 }, async ({ hcp, api, run, context }) => {
    const late: typeof api = {
      ...api,
      post: async (resource) => {
        // The plan finishes between the poll and the call.
        if (resource.endsWith('cancel')) for (const _ of [1, 2]) await api.get(`runs/${RUN}`);
        return api.post(resource);
      },
    };
    await closeRun(context, late, run, { cancel: true });
    expect(hcp.statusOf(RUN)).toBe('discarded');
  });
});

it.each(['applied', 'errored', 'canceled', 'discarded', 'planned_and_finished'])(
  'does nothing to a run that is %s',
  async (runStatus) => {
    expect(await close({ runStatus })).toEqual({ status: runStatus, notes: '', posted: [] });
  },
);

it('never cancels an apply', async () => {
  const untouched = { status: 'applying', notes: '', posted: [] };
  expect(await close({ runStatus: 'applying' }, false)).toEqual(untouched);
});

it.each([
  ['the token has no permission', { mayNot: ['discard'] as const }],
  ['the server fails', { first: Array(30).fill({ status: 500 }) as { status: number }[] }],
])('says where to discard it if %s', async (_, answers) => {
  const { notes, status } = await close({ ...answers });
  expect(notes).toMatch(
    /could not be discarded: .*\nFix: discard it at https:\/\/\S+run-abc123\n$/,
  );
  expect(status).toBe('planned_and_saved');
});

it('reports a run that does not end', async () => {
  const { notes } = await close({ runStatus: 'planning', looks: 1000 });
  expect(notes).toContain('it did not end in time');
});

it('finds the run that terraform printed, only on the given host', () => {
  const url = 'https://app.terraform.io/app/my-org/validibot-dev/runs/run-CZcmD7eagjhyX0vN';
  expect(runIn(`visit:\n${url}\n`, 'app.terraform.io')).toEqual({
    id: 'run-CZcmD7eagjhyX0vN',
    url,
  });
  expect(runIn(`visit:\n${url}\n`, 'APP.terraform.io:443')?.url).toBe(url);
  expect(
    runIn(url.replace('app.terraform.io', 'evil.example.com'), 'app.terraform.io'),
  ).toBeUndefined();
  expect(runIn('Plan: 1 to add', 'app.terraform.io')).toBeUndefined();
});
