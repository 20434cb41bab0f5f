import { describeMistake, type Violation } from '@scheduled-jobs/constructs/core/mistake';
import fs from 'node:fs';
import net from 'node:net';
import type { ApiCall } from './apis/server';

/** The exit status of wrong use. */
export const WRONG_USE = 2;

export type Servers = Readonly<Record<string, URL>>;
export type Files = Readonly<Record<string, string>>;

export function readPort(given: string): number {
  if (/^\d{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given);
  return refuse('--port', given, { wrong: 'must be 0-65535', fix: 'use 0 for any free port' });
}

/** Addresses, not names: what a name resolves to is decided elsewhere. */
export function readAddress(given: string): string {
  if (net.isIP(given) !== 0) return given;
  return refuse('--listen', given, {
    wrong: 'must be an IP address',
    fix: 'omit it, or in a container write --listen 0.0.0.0',
  });
}

export function readHost(given: string, before: readonly string[]): string[] {
  if (/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?$/.test(given)) return [...before, given];
  return refuse('--allow-host', given, {
    wrong: 'must be a host name, with or without a port',
    fix: 'write --allow-host sandbox, or --allow-host localhost:9000',
  });
}

/** Starts a file of API calls; a file that cannot be written ends the process before anything starts. */
export function writeCalls(file: string): (call: ApiCall) => void {
  try {
    fs.writeFileSync(file, '');
  } catch (error) {
    return refuse('--call-log', file, {
      wrong: `cannot be written (${error instanceof Error ? error.message : String(error)})`,
      fix: 'pass a path in a folder that exists',
    });
  }
  return (call) => {
    fs.appendFileSync(file, `${JSON.stringify(call)}\n`);
  };
}

export function checkServiceName(name: string): Violation[] {
  if (/^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$/.test(name)) return [];
  return [
    {
      wrong:
        'service name must be 1-49 lower-case letters, digits or hyphens, starting with a letter',
      fix: 'write the name as in worker=http://127.0.0.1:8000',
    },
  ];
}

export type Check = (value: string) => Violation[];

export function readChecked(option: string, check: Check): (given: string) => string {
  return (given) => {
    const [violation] = check(given);
    return violation === undefined ? given : refuse(option, given, violation);
  };
}

/** Reads an option that can be repeated. */
export function readList(
  option: string,
  check: Check,
): (given: string, before: readonly string[] | undefined) => string[] {
  const read = readChecked(option, check);
  return (given, before = []) => [...before, read(given)];
}

/** Alerts look back one day. */
export function readDays(given: string): number {
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given);
  return refuse('--log-days', given, { wrong: 'must be 1-9999', fix: 'omit it for 30' });
}

/** Reads NAME=VALUE, which can be repeated. */
function readNamed<T>(
  option: string,
  checkName: Check,
  valueOf: (text: string) => T | undefined,
  wrong: string,
  example: string,
): (given: string, before: Readonly<Record<string, T>> | undefined) => Record<string, T> {
  return (given, before) => {
    const [name = '', ...rest] = given.split('=');
    const [violation] = checkName(name);
    if (violation !== undefined) return refuse(option, given, violation);
    const value = valueOf(rest.join('='));
    if (value !== undefined) return { ...before, [name]: value };
    return refuse(option, given, { wrong, fix: `write ${option} ${name}=${example}` });
  };
}

/** Reads NAME=FILE, which can be repeated. The file need not exist yet. */
export function readFile(option: string, checkName: Check) {
  const fileOf = (text: string): string | undefined => (text === '' ? undefined : text);
  return readNamed(option, checkName, fileOf, 'must name a file', 'worker.log');
}

/** Reads NAME=URL, which can be repeated. */
export function readServer(option: string, checkName: Check) {
  const wrong = 'URL must be http on this machine';
  return readNamed(option, checkName, localUrl, wrong, 'http://127.0.0.1:8000');
}

export function readAppEngine(given: string): URL {
  return (
    localUrl(given) ??
    refuse('--app-engine', given, {
      wrong: 'must be an http URL on this machine',
      fix: 'write --app-engine http://127.0.0.1:8080',
    })
  );
}

function localUrl(text: string): URL | undefined {
  return URL.canParse(text) && LOOPBACK.test(text) ? new URL(text) : undefined;
}

const LOOPBACK = /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?\/?$/;

/** Ends the process, as commander does at a mistake that it finds itself. */
export function refuse(subject: string, given: string, violation: Violation): never {
  console.error(describeMistake({ subject, given, ...violation }));
  process.exit(WRONG_USE);
}
