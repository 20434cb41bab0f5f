import { CommanderError, type Command } from 'commander';
import type { Mistake } from '../constructs/core/mistake';
import { unknownName } from '../constructs/core/suggest';

/** A command line that commander rejects, and has said so. Help is no mistake. */
export class ParseError extends CommanderError {
  readonly mistake: Mistake | undefined;

  constructor(error: CommanderError, command: Command) {
    super(error.exitCode, error.code, error.message);
    this.mistake = mistakeIn(error, command);
  }
}

/** Commander says what is wrong only in its message, where it quotes names. */
function mistakeIn({ code, message }: CommanderError, command: Command): Mistake | undefined {
  const [first = '', second = ''] = [...message.matchAll(/'([^']*)'/g)].map(([, name]) => name);
  const help = `see ${command.parent === null ? 'ops' : `ops ${command.name()}`} --help`;
  switch (code) {
    case 'commander.unknownCommand': {
      const known = command.commands.map((each) => each.name());
      return { subject: 'command', given: first, ...unknownName('unknown command', first, known) };
    }
    case 'commander.unknownOption': {
      const known = command.options.flatMap(({ long }) => long ?? []);
      return { subject: 'option', given: first, ...unknownName('unknown option', first, known) };
    }
    case 'commander.missingArgument': {
      const argument = command.registeredArguments.find((each) => each.name() === first);
      const fix = `add <${first}>; ${help}`;
      return { subject: first, given: undefined, expected: argument?.description, fix };
    }
    case 'commander.optionMissingArgument': {
      const option = command.options.find(({ flags }) => flags === first);
      const subject = option?.long ?? first;
      return { subject, given: undefined, expected: option?.description, fix: `write ${first}` };
    }
    case 'commander.excessArguments': {
      const usage = command.registeredArguments.map((each) => `<${each.name()}>`).join(' ');
      const fix = `omit the others; ${help}`;
      const wrong = 'too many arguments';
      return { subject: 'arguments', given: command.args, wrong, expected: usage || 'none', fix };
    }
    case 'commander.conflictingOption': {
      const wrong = `cannot be used with ${second}`;
      return { subject: first, given: true, wrong, fix: `omit ${first} or ${second}` };
    }
    default:
      return undefined;
  }
}
