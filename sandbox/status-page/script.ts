/**
 * The page's script, for browsers. It calls only the sandbox's own routes, and puts a new version of
 * the page in place of the old one without moving the reader: opened details stay open, and the focus
 * stays where it is.
 */
export const SCRIPT = `
'use strict';
const message = document.getElementById('message');
const say = (text) => { message.textContent = text; };

async function call(method, path, body) {
  const response = await fetch(path, { method, body });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error.message);
  return answer;
}

const PARTS = ['main', 'nav', '#as-of', '#faults'];
async function refresh() {
  const response = await fetch('/');
  if (!response.ok) throw new Error('the sandbox answers ' + response.status);
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const part of PARTS) {
    const [before, after] = [document.querySelector(part), fresh.querySelector(part)];
    if (!before || !after || before.innerHTML === after.innerHTML) continue;
    const details = [...before.querySelectorAll('details')];
    const focusable = (root) => [...root.querySelectorAll('summary, a, pre')];
    const focused = focusable(before).indexOf(document.activeElement);
    [...after.querySelectorAll('details')].forEach((each, index) => {
      if (details.length > index) each.open = details[index].open;
    });
    before.innerHTML = after.innerHTML;
    if (focused >= 0) focusable(before)[focused]?.focus({ preventScroll: true });
  }
  if (!document.querySelector('nav') && fresh.querySelector('nav')) location.reload();
}

let busy = false;
async function act(what, action) {
  if (busy) return;
  busy = true;
  document.body.setAttribute('aria-busy', 'true');
  say(what + ' …');
  try {
    const done = await action();
    await refresh();
    say(done);
  } catch (error) {
    say('Failed: ' + error.message);
  } finally {
    busy = false;
    document.body.removeAttribute('aria-busy');
  }
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-post], [data-delete]');
  if (button === null) return;
  const { post, body } = button.dataset;
  if (post === undefined) {
    void act('Clearing', async () => {
      await call('DELETE', button.dataset.delete, '{}');
      return 'All faults are cleared.';
    });
    return;
  }
  void act('Advancing', async () => {
    const { attempts } = await call('POST', post, body);
    return 'Advanced by ' + button.textContent.trim() + ': ' + attempts + ' attempts ended.';
  });
});

document.addEventListener('submit', (event) => {
  event.preventDefault();
  const { fault, stage, path } = Object.fromEntries(new FormData(event.target));
  const given = { ...JSON.parse(fault), stage };
  const isPathAllowed = ['worker-failing', 'worker-slow'].includes(given.fault);
  if (isPathAllowed && path.trim() !== '') given.path = path.trim();
  void act('Injecting', async () => {
    const { set } = await call('POST', '/_sandbox/faults', JSON.stringify(given));
    return 'Injected ' + set + ' in ' + stage + '.';
  });
});

setInterval(() => {
  if (busy || document.hidden || !document.getElementById('refresh').checked) return;
  refresh().catch(() => say('The sandbox does not answer any more.'));
}, 5000);
`;
