const API_OWNED =
  /^(authorization|content-length|host|user-agent|x-google-.*|x-appengine-.*|x-cloudscheduler.*)$/i;

/**
 * Whether Cloud Scheduler sets or strips a header; names are case-insensitive. Source: `headers` of
 * https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#httptarget
 */
export function isApiOwnedHeader(name: string): boolean {
  return API_OWNED.test(name);
}
