import { Failed } from '../../ops/errors';
import { repeat } from '../../ops/repeat';

it('repeats until Ctrl-C, and then ends well', async () => {
  const interruption = new AbortController();
  let times = 0;
  await repeat(interruption, 0.001, () => {
    times += 1;
    if (times === 3) interruption.abort();
    return Promise.resolve();
  });
  expect(times).toBe(3);
});

it('ends with the error of a failure', async () => {
  const failing = repeat(new AbortController(), 1, () => Promise.reject(new Failed('no')));
  await expect(failing).rejects.toThrow('no');
});
