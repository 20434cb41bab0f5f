import { html } from '../../page/html/html';
import { renderPage } from '../../page/render-page';
import { attempt, input, job, NOW, stage } from './support';

const EVIL = `<img src=x onerror=alert(1)>"'&\u202Egnp\u0007`;
const ESCAPED = '&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\\u{202e}gnp\\u{7}';

it('escapes every text that comes from outside', () => {
  const evil = job('0 2 * * *', {
    name: EVIL,
    label: EVIL,
    description: EVIL,
    cron: EVIL,
    scheduleInWords: EVIL,
    state: { text: EVIL, tone: 'good' },
    attempts: [{ ...attempt('2026-11-25T15:00:00Z', 1, 'failed'), text: EVIL }],
    lastRun: { at: NOW, text: EVIL, ok: false },
    pauses: [{ from: NOW, reason: EVIL }],
    watchedBy: EVIL,
  });
  const problem = {
    severity: 'failure',
    title: EVIL,
    subjects: [EVIL],
    text: EVIL,
    fixes: [EVIL],
  } as const;
  const page = renderPage(
    input(
      [
        stage([evil, { ...evil }], {
          name: EVIL,
          log: { from: NOW, entries: 1, problem: EVIL },
          findings: { problems: [problem], passed: 1 },
          incidents: { open: [{ openedAt: NOW, title: EVIL, details: EVIL }] },
          plan: {
            passed: false,
            blocks: [
              { kind: 'title', text: EVIL },
              { kind: 'paragraph', text: EVIL },
              { kind: 'preformatted', text: EVIL },
              { kind: 'list', items: [EVIL] },
              { kind: 'table', head: [EVIL, EVIL], rows: [[EVIL, EVIL]] },
            ],
          },
        }),
        stage([], { incidents: { problem: EVIL } }),
      ],
      { title: EVIL, footer: EVIL },
    ),
  );
  expect(page).not.toContain('<img');
  expect(page).not.toContain('\u202E');
  expect(page.split(ESCAPED).length).toBeGreaterThan(30);
});

it('needs nothing from elsewhere, and forbids scripts', () => {
  const page = renderPage(input([stage([job('0 2 * * *')])]));
  expect(page).toContain('default-src &#39;none&#39;;');
  expect(page).not.toMatch(/<script|javascript:|\son\w+=|@import|url\((?!#)/);
  expect(page).not.toMatch(/(src|href)="(?!#)/);
});

it('says which part of the log it covers', () => {
  const log = { from: new Date('2026-11-24T03:17:00Z'), entries: 10_000, problem: 'Not all.' };
  expect(renderPage(input([stage([job('0 2 * * *')], { log })]))).toContain(
    'Runs are read from 10,000 log entries since 2026-11-24 14:17. Not all.',
  );
});

it('shows a job whose time zone only Google knows', () => {
  const unmanaged = job('every 5 minutes', { schedule: undefined, nextRun: NOW });
  expect(renderPage(input([stage([unmanaged])]))).toContain('every 5 minutes');
});

it.each([
  ['a string', html`<p>${'<'}</p>`, '<p>&lt;</p>'],
  ['HTML', html`<p>${html`<b>x</b>`}</p>`, '<p><b>x</b></p>'],
  ['a list', html`${[1, '&', html`<br />`]}`, '1&amp;<br />'],
  ['nothing', html`${undefined}`, ''],
  ['a line break', html`${'a\nb'}`, 'a\nb'],
])('renders %s', (_, given, expected) => {
  expect(given.text).toBe(expected);
});
