import { Mistake } from '../../settings/mistake';
import { takesNextWord } from '../run/cdk-options';

/** What of the CDK CLI synthesizes, and leaves the account as it is. */
const SYNTHESIZES = ['synth', 'synthesize', 'list', 'ls'];

/** What makes a word of a command the CDK CLI: `cdk`, `npx cdk`, `npx aws-cdk@2`, `node_modules/.bin/cdk`, `node …/aws-cdk/bin/cdk`. */
const CLI = /(?:^|[\\/])(?:cdk(?:\.(?:cmd|js))?|(?:aws-)?cdk@[^\\/]*|aws-cdk)$/;

/** Where in a command the CDK CLI is named, or -1. */
export function placeOfCdk(words: readonly string[]): number {
  return words.findIndex(word => CLI.test(word));
}

/**
 * The command with its output in a folder. One that is none of the CDK CLI is as it was: what it may run is told by variables.
 *
 * @throws Mistake for what does more than to synthesize: a plan must change nothing
 */
export function withOutput(words: readonly string[], folder: string): readonly string[] {
  const at = placeOfCdk(words);
  if (at < 0) { return words; }
  const [before, after] = [words.slice(0, at + 1), words.slice(at + 1)];
  if (!SYNTHESIZES.includes(verbIn(after) ?? '')) {
    throw new Mistake(`"${words.join(' ')}" may do more than to synthesize, and a plan must change nothing; name cdk synth with the same options`);
  }
  return [...before, ...withoutOutput(after), '--output', folder];
}

/** The first word that is neither an option nor the value of one: what comes later may be the name of a stack, such as `cdk deploy list`. */
function verbIn(words: readonly string[]): string | undefined {
  return words.find((word, i) => !word.startsWith('-') && !CLI.test(word) && !takesNextWord(words[i - 1] ?? ''));
}

function withoutOutput(words: readonly string[]): string[] {
  return words.filter((word, i) => !isOutput(word) && !/^(?:--output|-o)=/.test(word) && !isOutput(words[i - 1]));
}

function isOutput(word: string | undefined): boolean {
  return word === '--output' || word === '-o';
}
