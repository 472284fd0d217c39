import { existsSync } from 'fs';
import { resolve } from 'path';
import { excludesOf } from './exclude';
import { InputFiles, inputFilesOf } from './input-files';
import { LooseTemplates } from './loose-templates';
import { ReadAhead } from './read-ahead';
import { TEMPLATES } from './search';
import { shownPath } from './shown-path';
import { keepYoungGenerationSmall, letYoungGenerationGrow } from './young-generation';
import { Problem } from '../engine/findings/report';
import { AssemblyFolder, readAssembly } from '../input/assembly';
import { InputTemplate } from '../input/input-template';
import { identityOf } from '../settings/identity';

/** What is judged together: a cloud assembly, or templates that may refer to each other. */
export interface InputGroup {
  readonly templates: readonly InputTemplate[];
  readonly problems: readonly Problem[];

  /** Files of folders and globs that are no templates. */
  readonly passedOver: readonly string[];

  /** What folders and globs have that was left out by choice. */
  readonly excluded?: readonly string[];

  /** Of the cloud assembly; absent for other templates. */
  readonly folders?: readonly AssemblyFolder[];

  /** Files of the cloud assembly that judging asked for and that were not read. */
  unread?(): readonly Problem[];
}

export interface InputOptions {
  readonly cwd: string;
  readonly stdin?: () => Promise<Buffer>;

  /** Patterns of what folders and globs leave out. */
  readonly exclude?: readonly string[];

  /** What the template on standard input is called. */
  readonly stdinName?: string;

  /** Named files that are no templates are passed over, as those of a folder. */
  readonly onlyTemplates?: boolean;

  /** A module for other threads, which read ahead where there are many files; without it there are none. */
  readonly threadScript?: string;

  /** Told how many templates were read so far. */
  readonly onRead?: (templates: number) => void;
}

/** The path that means standard input. */
export const STDIN = '-';
const DEFAULT = 'cdk.out';

/** So few files need no measures. */
const FEW = 100;

/**
 * Reads what the command line names: assemblies one by one, then all other templates. A problem with one input stops no other.
 *
 * Of very many templates, those that need no other come in groups of their own, so that memory has an end.
 */
export async function* inputsOf(paths: readonly string[], options: InputOptions): AsyncGenerator<InputGroup> {
  const { cwd, exclude = [], stdin, stdinName, threadScript, onlyTemplates = false, onRead = () => {} } = options;
  const excludes = excludesOf(exclude);
  const named = paths.length > 0 ? paths : existsSync(resolve(cwd, DEFAULT)) ? [DEFAULT] : [];
  if (named.length === 0) {
    yield only({ file: DEFAULT, message: `there is no ${DEFAULT} here; run \`cdk synth\` first, or name templates, folders or globs` });
    return;
  }
  const inputs = named.filter(path => path !== STDIN).map(path => inputFilesOf(path, cwd, TEMPLATES, excludes));
  const known = new Set<string>();
  let count = 0;
  for (const directory of new Map(inputs.flatMap(({ assemblies }) => assemblies).map(path => [identityOf(path), path])).values()) {
    const { templates, problems, folders, passedOver: unread } = readAssembly(directory, shownPath(directory, cwd));
    const fresh = templates.filter(({ path }) => path === undefined || !known.has(identityOf(path)));
    fresh.forEach(({ path }) => path !== undefined && known.add(identityOf(path)));
    onRead(count += fresh.length);
    if (fresh.length + problems.length > 0) { yield { templates: fresh, problems, passedOver: [], folders, unread }; }
  }

  const loose = new LooseTemplates(cwd);
  const areMany = inputs.flatMap(({ files }) => files).length > FEW;
  if (areMany) { keepYoungGenerationSmall(); }
  for (const input of inputs) {
    let found = input.assemblies.length + input.problems.length;
    input.problems.forEach(problem => loose.refuse(problem));
    const ahead = threadScript === undefined ? undefined : new ReadAhead(threadScript, input.files.map(({ path }) => path), cwd);
    for (const [i, { path, identity }] of input.files.entries()) {
      const outcome = known.has(identity) ? 'known' : loose.readFile(path, input.isNamed && !onlyTemplates, ahead?.take(i));
      known.add(identity);
      if (outcome !== 'skipped') { found++; }
      if (outcome === 'read') { onRead(++count); }
      if (loose.isFull) { yield { templates: loose.takeAlone(), problems: [], passedOver: [] }; }
    }
    ahead?.end();
    for (const { path, identity } of input.others) {
      if (!known.has(identity)) { loose.passOver(path); }
      known.add(identity);
    }
    if (found === 0 && !(onlyTemplates && input.isNamed)) { loose.refuse(nothingIn(input)); }
  }
  if (areMany) { letYoungGenerationGrow(); }
  if (named.includes(STDIN)) {
    const isTaken = stdinName !== undefined && known.has(identityOf(resolve(cwd, stdinName)));
    loose.readStdin(stdin ? await stdin() : Buffer.alloc(0), stdinName, isTaken);
    onRead(++count);
  }
  const left = new Map(inputs.flatMap(({ excluded }) => excluded).map(({ path, identity }) => [identity, path]));
  const rest = { ...loose.takeRest(), excluded: [...left].filter(([identity]) => !known.has(identity)).map(([, path]) => path) };
  if (rest.templates.length + rest.problems.length + rest.passedOver.length + rest.excluded.length > 0) { yield rest; }
}

function only(problem: Problem): InputGroup {
  return { templates: [], problems: [problem], passedOver: [] };
}

function nothingIn({ argument, files, excluded }: InputFiles): Problem {
  const why = files.length === 0 && excluded.length > 0 ? 'all that may be a template in it is excluded' : files.length > 0 ? `none of its ${files.length} JSON and YAML files is a template` : 'no template and no cloud assembly in it';
  return { file: argument.replace(/(.)[\\/]+$/, '$1'), message: `${why}; name a template, or the directory that \`cdk synth\` wrote` };
}
