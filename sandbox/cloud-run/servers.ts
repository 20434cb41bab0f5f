import type { FastifyInstance } from 'fastify';
import type { Service, ServiceUrls } from '../world/service';
import { followLog, type FollowedLog } from './follow-log';
import { lineEntry } from './log-entries';
import { askForRole } from './role';
import { createService, type ServiceParts } from './service';

export interface ServersParts extends Omit<ServiceParts, 'followed'> {
  /** Files that the user's own servers write their log to, by the service's name. */
  readonly logFiles: ReadonlyMap<string, string>;
  /** Starts a server at a port, 0 for any free one; returns its port. */
  readonly listen: (server: FastifyInstance, port: number) => Promise<number>;
}

/** The servers in front of the project's services. One whose service was deleted runs on, and responds with 404. */
export class Servers {
  /** The services' URLs, by name. */
  readonly urls = new Map<string, ServiceUrls>();
  private readonly followed: ReadonlyMap<string, FollowedLog>;

  constructor(private readonly parts: ServersParts) {
    this.followed = new Map(
      [...parts.logFiles].map(([name, file]) => [name, this.follow(name, file)]),
    );
  }

  /** Starts the server in front of a new service; one that was deleted before gets its URLs back. */
  async open(name: string, port = 0): Promise<ServiceUrls> {
    const opened = this.urls.get(name);
    if (opened !== undefined) return opened;
    const server = createService(name, { ...this.parts, followed: this.followed });
    const at = await this.parts.listen(server, port);
    const urls = [`http://127.0.0.1:${at}`, `http://localhost:${at}`] as const;
    this.urls.set(name, urls);
    return urls;
  }

  /** The user's own server behind a service. */
  backendOf(name: string): URL | undefined {
    return this.parts.backends.get(name);
  }

  /** Finds out which role the user's own server behind a service has, if there is one. */
  async observeRole(service: Service): Promise<void> {
    const server = this.backendOf(service.name);
    if (server !== undefined) await askForRole(this.parts.world, service, server);
  }

  stopFollowing(): void {
    for (const each of this.followed.values()) each.stop();
  }

  /** Adds the lines of a file to the project's log, as Cloud Run does with a container's stderr. */
  private follow(name: string, file: string): FollowedLog {
    const { world, clock, log } = this.parts;
    return followLog(file, (line) => {
      const service = world.services.get(name);
      if (service !== undefined) log(lineEntry(world, service, line, clock.now()));
    });
  }
}
