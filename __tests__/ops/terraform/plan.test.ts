import { changesOf } from '../../../ops/terraform/plan';

function resource(actions: string[], change: object = {}, rest: object = {}) {
  return {
    address: 'google_cloud_scheduler_job.a',
    mode: 'managed',
    type: 'google_cloud_scheduler_job',
    change: { actions, ...change },
    ...rest,
  };
}

it.each([
  [['create'], 'create'],
  [['update'], 'update'],
  [['delete'], 'delete'],
  [['delete', 'create'], 'replace'],
  [['create', 'delete'], 'replace'],
  [['forget'], 'delete'],
  [['create', 'forget'], 'replace'],
])('calls %j %s', (actions, action) => {
  expect(changesOf({ resource_changes: [resource(actions)] })).toEqual([
    {
      address: 'google_cloud_scheduler_job.a',
      type: 'google_cloud_scheduler_job',
      action,
      imported: false,
    },
  ]);
});

it.each([
  [['no-op'], 'import'],
  [['update'], 'update'],
  [['delete', 'create'], 'replace'],
])('tells that %j comes with an import', (actions, action) => {
  const [change] = changesOf({ resource_changes: [resource(actions, { importing: { id: 'x' } })] });
  expect(change).toMatchObject({ action, imported: true });
});

it('passes over what stays and what is only read', () => {
  const changes = [resource(['no-op']), resource(['read'], {}, { mode: 'data' })];
  expect(changesOf({ resource_changes: changes })).toEqual([]);
  expect(changesOf({})).toEqual([]);
});
