/**
 * What this project leaves to others on purpose: the key is a task of the app, which then has no job here
 * in any stage, or the full name of a job that targets a worker; the value is the reason.
 *
 * `just gcp-scheduler-tasks` reports no such task as missing, and the doctor no such job as unmanaged.
 *
 * @example { 'send-periodic-emails': 'Not needed without the cloud edition' }
 * @example { 'validibot-load-test-dev': 'Owned by the performance team' }
 */
export const NOT_MANAGED: Readonly<Record<string, string>> = {};
