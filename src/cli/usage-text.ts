import type { CommanderError } from 'commander'

/** What is wrong with a command line that does not parse, in our words: the parser's own text never reaches a user. */
export function usageText({ code, message }: CommanderError, command: string, example: string): string {
  const [named = ''] = /(?<=')[^']*(?=')/.exec(message) ?? []
  const [close] = /(?<=Did you mean )[^?]*/.exec(message) ?? []
  const see = `See: assay ${command} --help`.replace('  ', ' ')
  switch (code) {
    case 'commander.missingArgument':
      return `Name ${named.includes('|') ? `one of ${named.replaceAll('|', ', ')}` : `the ${named}`}. Try: ${example}`
    case 'commander.optionMissingArgument':
      return `${named.split(' ')[0] ?? ''} needs a value: write ${named}. ${see}`
    case 'commander.unknownOption':
      return `There is no option ${named}. ${close === undefined ? see : `Did you mean ${close}?`}`
    case 'commander.excessArguments': {
      const [, expected = '', got = ''] = /Expected (\d+) arguments? but got (\d+)/.exec(message) ?? []
      return `Found ${got} arguments, expected at most ${expected}. ${see}`
    }
    default:
      return `This command line cannot be read. ${see}`
  }
}
