import { Scripts, startOfCdk } from '../child-process/cdk-command';
import { CdkArgument, cdkArguments } from '../child-process/cdk-options';

/** `cdk deploy` in two steps: synthesized to a folder, then deployed from there. */
export interface Deployment {
  /** Where the words themselves have the assembly put. */
  readonly output?: string;
  readonly synth: (folder: string) => readonly string[];
  readonly deploy: (folder: string) => readonly string[];
}

/**
 * Reads a command that deploys. Undefined where it does not, or where that cannot be told from its words.
 *
 * `deploy --watch` and `watch` synthesize again and again, so there are no two steps.
 */
export function deploymentOf(command: readonly string[], scripts: Scripts): Deployment | undefined {
  const started = startOfCdk(command, scripts);
  const all = started && cdkArguments(started.words);
  const verb = all?.findIndex(({ option }) => !option) ?? -1;
  if (!started || !all || all[verb]?.words[0] !== 'deploy' || all.some(({ option }) => option?.ofSynth)) { return undefined; }
  const rest = all.filter((_, i) => i !== verb);
  const hasOption = (argument: CdkArgument, ...names: readonly string[]): boolean => names.includes(argument.option?.name ?? '');
  const wordsOf = (some: readonly CdkArgument[]): string[] => some.flatMap(({ words }) => words);
  const { starter } = started;
  return {
    output: rest.find(each => hasOption(each, 'output'))?.value,
    synth: folder => [
      ...starter, 'synth', ...wordsOf(rest.filter(each => !each.option?.ofDeploy && !hasOption(each, 'output', 'json'))), '--quiet', '--output', folder,
    ],
    deploy: folder => [
      ...starter, 'deploy', ...wordsOf(rest.filter(each => !hasOption(each, 'app', 'build', 'output'))), '--app', folder,
    ],
  };
}

/** Whether the words look as if something were deployed. */
export function mayDeploy(command: readonly string[]): boolean {
  return command.some(word => /deploy|^watch$|^import$/i.test(word));
}
