import { newEntry, type LogEntry } from '../world/logging';
import type { Service } from '../world/service';
import type { World } from '../world/world';

/** A request to a service, as its log has it. */
export interface LoggedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly userAgent: string;
  /** Hexadecimal id of the trace; empty if the caller sent none. */
  readonly trace: string;
  /** When it arrived and was answered, in milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly status: number;
  /** Cloud Run's own remark about a request that it did not let in. */
  readonly text?: string;
}

/**
 * The entry that Cloud Run writes for each request.
 *
 * Source: https://cloud.google.com/run/docs/logging
 */
export function requestEntry(world: World, service: Service, request: LoggedRequest): LogEntry {
  const { method, path, userAgent, trace, from, to, status, text } = request;
  const { projectId } = world.project;
  return {
    ...entry(world, service, 'requests', from),
    severity: status >= 500 ? 'ERROR' : status >= 400 ? 'WARNING' : 'INFO',
    httpRequest: {
      requestMethod: method,
      requestUrl: `${service.urls[0]}${path}`,
      status,
      userAgent,
      latency: `${(to - from) / 1000}s`,
      protocol: 'HTTP/1.1',
    },
    ...(trace !== '' && { trace: `projects/${projectId}/traces/${trace}`, traceSampled: true }),
    ...(text !== undefined && { textPayload: text }),
  };
}

/**
 * The entry that Cloud Run makes of a line on a container's stderr: an object of JSON becomes the payload,
 * and its special fields those of the entry.
 *
 * Source: https://cloud.google.com/logging/docs/structured-logging#structured_logging_special_fields
 */
export function lineEntry(world: World, service: Service, line: string, at: number): LogEntry {
  const written = entry(world, service, 'stderr', at);
  const payload = objectIn(line);
  if (payload === undefined) return { ...written, severity: 'DEFAULT', textPayload: line };
  const { severity, 'logging.googleapis.com/trace': trace, ...jsonPayload } = payload;
  return {
    ...written,
    severity: typeof severity === 'string' ? severity.toUpperCase() : 'DEFAULT',
    ...(typeof trace === 'string' && { trace }),
    jsonPayload,
  };
}

function entry(
  world: World,
  { name }: Service,
  log: 'requests' | 'stderr',
  at: number,
): Omit<LogEntry, 'severity'> {
  const revision = `${name}-00001-abc`;
  return {
    ...newEntry(world, `run.googleapis.com/${log}`, at, {
      type: 'cloud_run_revision',
      labels: { service_name: name, configuration_name: name, revision_name: revision },
    }),
    labels: { instanceId: '0000000000' },
  };
}

function objectIn(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
