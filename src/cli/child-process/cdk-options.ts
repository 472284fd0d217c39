/**
 * The options of the command line of CDK that `cdk deploy`, `cdk synth` and `cdk list` take, from its version 2.80 to 2.1148.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-deploy.html
 * @see https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-synth.html
 * @see https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-list.html
 */
interface CdkOption {
  readonly name: string;
  readonly letter?: string;

  /** It takes the next word. */
  readonly takesValue?: boolean;

  /** Only `deploy` has it: what is synthesized does not depend on it. */
  readonly ofDeploy?: boolean;

  /** `deploy` does not have it. */
  readonly ofSynth?: boolean;
}

const named = (part: Omit<CdkOption, 'name' | 'letter'>, names: string): CdkOption[] => names.trim().split(/\s+/).map(each => {
  const [name, letter] = each.split('/');
  return { name, letter, ...part };
});

const OPTIONS: readonly CdkOption[] = [
  ...named({ takesValue: true }, `
    app/a build context/c plugin/p profile region proxy ca-bundle-path role-arn/r output/o unstable telemetry-file
  `),
  ...named({}, `
    trace strict lookups ignore-errors verbose/v debug debug-app debug-cli ec2creds/i version-reporting telemetry path-metadata asset-metadata
    staging notices color ci yes/y json/j exclusively/e
  `),
  ...named({ takesValue: true, ofDeploy: true }, `
    build-exclude/E require-approval notification-arns rollback-trigger-alarm-arns monitoring-time-minutes tags/t change-set-name method/m parameters
    outputs-file/O toolkit-stack-name progress hotswap-ecs-minimum-healthy-percent hotswap-ecs-maximum-healthy-percent
    hotswap-ecs-stabilization-timeout-seconds concurrency asset-build-concurrency
  `),
  ...named({ ofDeploy: true }, `
    all execute import-existing-resources force/f previous-parameters rollback hotswap hotswap-fallback logs asset-parallelism asset-prebuild
    ignore-no-stacks revert-drift express
  `),
  ...named({ ofDeploy: true }, '/R'), // --no-rollback
  ...named({ ofSynth: true }, 'quiet/q validation long/l show-dependencies/d'),
];

/** A word that is none of an option, or an option with the words that it takes. */
export interface CdkArgument {
  readonly words: readonly string[];

  /** Absent for a command or the name of a stack. */
  readonly option?: CdkOption;
  readonly value?: string;
}

/** Splits the words after `cdk`; undefined where there is an option that is not known here, since it may take the next word or not. */
export function cdkArguments(words: readonly string[]): CdkArgument[] | undefined {
  const found: CdkArgument[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '--') { return undefined; }
    if (!/^-./.test(word)) {
      found.push({ words: [word] });
      continue;
    }
    const known = word.startsWith('--') ? long(word) : short(word);
    if (!known) { return undefined; }
    const { option, attached } = known;
    const next = words[i + 1];
    const takesNext = attached === undefined && (option.takesValue ? true : /^(true|false)$/.test(next));
    if (takesNext && next === undefined) { return undefined; }
    if (takesNext) { i++; }
    found.push({ words: takesNext ? [word, next] : [word], option, value: takesNext ? next : attached });
  }
  return found;
}

interface Known {
  readonly option: CdkOption;

  /** The value that is in the same word. */
  readonly attached?: string;
}

function long(word: string): Known | undefined {
  const [, negated, name, attached] = /^--(no-)?([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
  const option = OPTIONS.find(each => each.name === name && !(negated && each.takesValue));
  return option && { option, attached };
}

/** One letter, or more of one (`-vv`); of those that take a value, the value as well (`-cstage=prod`). */
function short(word: string): Known | undefined {
  const option = OPTIONS.find(({ letter }) => letter === word[1]);
  const rest = word.slice(2);
  if (!option || rest === '') { return option && { option }; }
  if (option.takesValue) { return { option, attached: rest.replace(/^=/, '') }; }
  return [...rest].every(letter => letter === word[1]) ? { option } : undefined;
}
