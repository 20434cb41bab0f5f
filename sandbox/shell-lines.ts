import {
  KEPT,
  missing,
  REMOVED_PREFIXES,
  removedNames,
  sandboxVariables,
  SERVED,
  variableOf,
  WELL_KNOWN,
  type Place,
} from './environment';
import { PROVIDER_ENDPOINTS } from './provider-endpoints';

/** A pattern. Names beyond these a shell cannot unset. */
function removedBy(place: Place): string {
  const byPrefix = `(?:${REMOVED_PREFIXES.join('|')})[A-Za-z0-9_]*`;
  return `(?:${[...removedNames(place), byPrefix].join('|')})`;
}

const LACKING = PROVIDER_ENDPOINTS.filter((service) => !(service in SERVED));

/** Commands that remove what leads outside the sandbox, then set its variables. */
const WRITERS = {
  bash: (place: Place): string[] => {
    // POSIX, so that any shell of the family runs it.
    const names = [...new Set([...removedNames(place), ...WELL_KNOWN])].join(' ');
    const removed = `(${REMOVED_PREFIXES.join('|')})[A-Za-z0-9_]*`;
    const found = `env | sed -nE '/^(${KEPT.join('|')})=/d; s/^(${removed})=.*/\\1/p'`;
    const endpoint = `${variableOf('${service}')}=${place.url}/${missing('${service}')}`;
    return [
      `unset ${names} $(${found})`,
      ...variablesOf(place).map(([name, value]) => `export ${name}=${quoteForBash(value)}`),
      `for service in ${LACKING.join(' ')}; do export "${endpoint}"; done`,
    ];
  },
  fish: (place: Place): string[] => {
    const found = `set -nx | string match -r '^${removedBy(place)}$' | string match -rv '^(?:${KEPT.join('|')})$'`;
    const endpoint = `${variableOf('{$service}')} ${place.url}/${missing('$service')}`;
    return [
      `for name in (${found}); set -e $name; end`,
      ...variablesOf(place).map(([name, value]) => `set -gx ${name} ${quoteForFish(value)}`),
      `for service in ${LACKING.join(' ')}; set -gx ${endpoint}; end`,
    ];
  },
  powershell: (place: Place): string[] => {
    const isFound = `$_.Name -cmatch '^${removedBy(place)}$' -and $_.Name -cnotmatch '^(?:${KEPT.join('|')})$'`;
    const name = `"Env:${variableOf('$($service)')}"`;
    const services = LACKING.map((service) => `'${service}'`).join(', ');
    return [
      `Get-ChildItem Env: | Where-Object { ${isFound} } | ForEach-Object { Remove-Item "Env:$($_.Name)" }`,
      ...variablesOf(place).map(
        ([each, value]) => `$env:${each} = '${value.replaceAll("'", "''")}'`,
      ),
      `foreach ($service in ${services}) { Set-Item ${name} "${place.url}/${missing('$service')}" }`,
    ];
  },
};

export type Shell = keyof typeof WRITERS;
export const SHELLS = Object.keys(WRITERS) as Shell[];

/**
 * Shell commands with the same effect on any shell as `sandboxEnvironment` has on a command: pasted into
 * another terminal, they also remove what only that terminal has.
 */
export function shellLines(place: Place, shell: Shell = 'bash'): string[] {
  return WRITERS[shell](place);
}

/** Without the endpoints of services that the sandbox lacks: more than a hundred, which nobody reads. */
function variablesOf(place: Place): [name: string, value: string][] {
  const lacking = new Set(LACKING.map(variableOf));
  return Object.entries(sandboxVariables(place)).filter(([name]) => !lacking.has(name));
}

function quoteForBash(value: string): string {
  return PLAIN.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

function quoteForFish(value: string): string {
  return PLAIN.test(value) ? value : `'${value.replaceAll(/['\\]/g, (each) => `\\${each}`)}'`;
}

const PLAIN = /^[A-Za-z0-9_./:,@-]+$/;
