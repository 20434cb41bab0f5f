import { isObject } from '../../sandbox/protocol/fields';
import { PARENT, PROJECT, useClient } from './client';
import { SESSIONS } from './recordings';

const client = useClient({ reset: false });

/** Fills in the sandbox's own names. */
function here<T>(value: T): T {
  const names: Record<string, string> = {
    project: PROJECT,
    parent: PARENT,
    account: 'recorded',
    number: client.sandbox.world.project.projectNumber,
  };
  const text = JSON.stringify(value).replace(
    /\{(\w+)\}/g,
    (all, name: string) => names[name] ?? all,
  );
  return JSON.parse(text) as T;
}

const PLACEHOLDERS: Readonly<Record<string, RegExp>> = {
  TIME: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  ID: /^\d+$/,
  ANY: /./,
};

/** Where an answer differs from the recording: `path: why`. */
function differences(answer: unknown, recorded: unknown, path = ''): string[] {
  if (Array.isArray(recorded) && Array.isArray(answer) && recorded.length === answer.length) {
    return recorded.flatMap((item, index) => differences(answer[index], item, `${path}.${index}`));
  }
  if (isObject(recorded) && isObject(answer)) {
    const names = new Set([...Object.keys(recorded), ...Object.keys(answer)]);
    return [...names].flatMap((name) =>
      differences(answer[name], recorded[name], `${path}.${name}`),
    );
  }
  const placeholder = PLACEHOLDERS[String(recorded)];
  const same = placeholder ? placeholder.test(String(answer)) : Object.is(answer, recorded);
  return same ? [] : [path.slice(1)];
}

describe.each(SESSIONS)('as recorded by $source', ({ recordings }) => {
  it.each(recordings)('answers $what', async (recording) => {
    const { method, path, body, status, answer, added = {} } = recording;
    const answered = await client.call(method, here(path), body && here(body));
    expect(answered.status).toBe(status);
    if (answer === undefined) return;
    expect(differences(answered.body, here(answer)).sort()).toEqual(Object.keys(added).sort());
  });
});
