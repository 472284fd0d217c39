import { Mistake } from '../../settings/mistake';
import { Scripts, startOfCdk } from '../child-process/cdk-command';
import { cdkArguments } from '../child-process/cdk-options';

/** What of CDK's command line synthesizes, and leaves the account as it is. */
const SYNTHESIZES = ['synth', 'synthesize', 'list', 'ls'];

/** All else that it does. https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd.html */
const DOES_MORE = [
  'acknowledge', 'ack', 'bootstrap', 'cli-telemetry', 'context', 'deploy', 'destroy', 'diagnose', 'diff', 'docs', 'doc', 'doctor', 'drift', 'explore', 'flags', 'gc',
  'import', 'init', 'lsp', 'metadata', 'migrate', 'notices', 'orphan', 'publish-assets', 'refactor', 'rollback', 'validate', 'watch',
];

/** What looks like CDK's command line, wherever it is: `npm run cdk`, `nx run infra:cdk` are none of the words that are known. */
const LOOKS_LIKE_CDK = /(?:^|[\\/:])(?:cdk(?:\.(?:cmd|js))?|(?:aws-)?cdk@[^\\/]*|aws-cdk)$/;

export interface Harmless {
  readonly words: readonly string[];
  readonly isCdk: boolean;
}

/**
 * A command that is run for a plan: CDK's command line has its output in the folder, where its words are known. Another command is as it
 * was, since variables tell the folder to whatever it runs.
 *
 * @throws Mistake for what does more than to synthesize: a plan must change nothing
 */
export function harmless(words: readonly string[], folder: string, scripts: Scripts): Harmless {
  const started = startOfCdk(words, scripts);
  const all = started && cdkArguments(started.words);
  if (started && all) {
    const verb = all.find(({ option }) => !option)?.words[0];
    if (!verb || !SYNTHESIZES.includes(verb)) { throw mayDoMore(words); }
    const kept = all.filter(({ option }) => option?.name !== 'output').flatMap(each => each.words);
    return { words: [...started.starter, ...kept, '--output', folder], isCdk: true };
  }
  const at = words.findIndex(word => LOOKS_LIKE_CDK.test(word));
  const after = words.slice(at + 1);
  if (at >= 0 && (!after.some(word => SYNTHESIZES.includes(word)) || after.some(word => DOES_MORE.includes(word)))) { throw mayDoMore(words); }
  return { words, isCdk: at >= 0 };
}

function mayDoMore(words: readonly string[]): Mistake {
  return new Mistake(`"${words.join(' ')}" may do more than to synthesize, and a plan must change nothing; name cdk synth with the same options`);
}
