import { createSeed } from '../../stages/seed';

it("leaves only what the sandbox fills in open in a worker's lines about tokens", () => {
  const lines = createSeed('validibot').services.flatMap(({ rejections = {} }) =>
    Object.values(rejections),
  );
  const open = new Set(lines.join('\n').match(/\{\w+\}/g));
  expect([...open].sort()).toEqual(['{account}', '{audience}', '{now}']);
});
