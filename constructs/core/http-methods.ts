/**
 * The methods of a Cloud Scheduler HTTP target. Source: `httpMethod` of
 * https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#httptarget
 */
export const HTTP_METHODS = ['POST', 'GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const;

export type HttpMethod = (typeof HTTP_METHODS)[number];
