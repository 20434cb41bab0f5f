/**
 * When cron schedules run, found by looking at a clock: an independent check of
 * constructs/core/schedule, without its cron library, Temporal or arithmetic with offsets. Only Intl
 * says what a zone's clock shows at an instant; the meaning of fields follows crontab(5).
 */

const MINUTE = 60_000;

/** What the clock of a zone shows at an instant. */
interface Look {
  readonly at: number;
  /** `2027-04-04 02:00` */
  readonly text: string;
  readonly minute: number;
  readonly hour: number;
  readonly dayOfMonth: number;
  readonly month: number;
  readonly dayOfWeek: number;
  /** Whether the clock showed it before and was then put back. */
  readonly again: boolean;
}

/** A time zone's clock over a period. */
export class Calendar {
  private readonly looks: readonly Look[];
  private readonly texts: ReadonlySet<string>;

  /**
   * @param step minutes between two looks at the clock: 1, or 15 to be faster. All of today's clock
   *   changes are by multiples of 15 minutes, so the minutes in between can be counted.
   */
  constructor(
    readonly timeZone: string,
    from: number,
    until: number,
    private readonly step: 1 | 15,
  ) {
    this.looks = lookAtClock(timeZone, from, until, step);
    this.texts = new Set(this.looks.map(({ text }) => text));
  }

  /** The instants at which a schedule runs: those at which the clock first shows one of its times. */
  runs(cron: string): number[] {
    const looks = this.looks.filter(({ again }) => !again);
    return this.matches(cron, looks).map(({ look, minutes }) => look.at + minutes * MINUTE);
  }

  /** The times of a schedule that the clock shows a second time. */
  doubled(cron: string): string[] {
    const looks = this.looks.filter(({ again }) => again);
    return this.matches(cron, looks).map(textOf);
  }

  /** The times of a schedule that this clock never shows, but a clock without changes does. */
  skipped(cron: string, steady: Calendar): string[] {
    const first = this.looks[0]?.text ?? '';
    const last = this.looks.at(-1)?.text ?? '';
    const looks = steady.looks.filter(
      ({ text }) => text > first && text < last && !this.texts.has(text),
    );
    return this.matches(cron, looks).map(textOf);
  }

  private matches(cron: string, looks: readonly Look[]): Match[] {
    const fields = cron.split(' ');
    const [minute, hour, dayOfMonth, month, dayOfWeek] = FIELDS.map((field, index) =>
      valuesOf(fields[index] ?? '', field),
    );
    // "If both fields are restricted (i.e., do not contain the "*" character), the command will be
    // run when either field matches the current time."
    const isEither = fields[2] !== '*' && fields[4] !== '*';
    return looks.flatMap((look) => {
      if (!hour?.has(look.hour) || !month?.has(look.month)) return [];
      const isDayOfMonth = dayOfMonth?.has(look.dayOfMonth);
      const isDayOfWeek = dayOfWeek?.has(look.dayOfWeek);
      if (!(isEither ? isDayOfMonth || isDayOfWeek : isDayOfMonth && isDayOfWeek)) return [];
      const found: Match[] = [];
      for (let minutes = 0; minutes < this.step; minutes += 1) {
        if (minute?.has(look.minute + minutes)) found.push({ look, minutes });
      }
      return found;
    });
  }
}

/** A time of a schedule: minutes after a look. */
interface Match {
  readonly look: Look;
  readonly minutes: number;
}

function textOf({ look: { text, minute }, minutes }: Match): string {
  return text.slice(0, -2) + String(minute + minutes).padStart(2, '0');
}

function lookAtClock(timeZone: string, from: number, until: number, step: number): Look[] {
  // Swedish times look like ISO 8601.
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const seen = new Set<string>();
  const looks: Look[] = [];
  for (let at = from; at < until; at += step * MINUTE) {
    const text = clock.format(at);
    const part = (start: number, end?: number): number => Number(text.slice(start, end));
    const [month, dayOfMonth, hour, minute] = [part(5, 7), part(8, 10), part(11, 13), part(14)];
    if (minute % step !== 0) throw new Error(`${timeZone} shows ${text}: look every minute.`);
    const dayOfWeek = new Date(Date.UTC(part(0, 4), month - 1, dayOfMonth)).getUTCDay();
    const again = seen.has(text);
    looks.push({ at, text, minute, hour, dayOfMonth, month, dayOfWeek, again });
    seen.add(text);
  }
  return looks;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Field {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

/** Minute, hour, day of month, month, day of week; of the last, both 0 and 7 are Sunday. */
const FIELDS: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 7, names: DAYS },
];

/** The values of a field: a list of numbers, names, ranges and `*`, with steps. */
function valuesOf(text: string, { min, max, names = [] }: Field): ReadonlySet<number> {
  const valueOf = (word: string): number =>
    names.includes(word) ? names.indexOf(word) + min : Number(word);
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const [range = '', step = '1'] = item.split('/');
    const [first = NaN, last = first] = range === '*' ? [min, max] : range.split('-').map(valueOf);
    for (let value = first; value <= last; value += Number(step)) {
      values.add(names === DAYS ? value % 7 : value);
    }
  }
  return values;
}
