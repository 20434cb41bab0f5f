import fs from 'node:fs';
import path from 'node:path';
import { JOBS } from '../../stages/jobs';
import { temporaryFolder } from '../support/temporary-folder';

/** What an app prints that has exactly the tasks of the table. */
export function matchingTasks() {
  return Object.entries(JOBS).map(([task, { schedule, endpoint, purpose }]) => ({
    job_name: `validibot-${task}`,
    schedule,
    endpoint,
    description: purpose,
    enabled: true,
  }));
}

/** A task that is not in the table. */
export const MAIL = {
  job_name: 'validibot-send-mail',
  schedule: '17 * * * *',
  endpoint: '/api/v1/scheduled/send-mail/',
  description: 'Sends mail',
  enabled: true,
};

/** Writes what an app prints to a file, and returns its path. */
export function writeTasks(tasks: unknown): string {
  const file = path.join(temporaryFolder(), 'tasks.json');
  fs.writeFileSync(file, JSON.stringify(tasks));
  return file;
}
