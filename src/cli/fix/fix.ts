import { resolve } from 'path';
import { isInAssembly, isNamed, IS_ASSEMBLY } from './assemblies';
import { Mending } from './candidates';
import { FixOptions, fixOptions } from './fix-options';
import { differsFromIndex } from './git-index';
import { mend, MendedFile } from './mend';
import { breakingIn, hasPatch, Left, leftIn, patchOf, shownPatch, toldBreaking, toldFile, toldLeft } from './told';
import { today } from '../../engine/exemptions/calendar';
import { Problem } from '../../engine/findings/report';
import { visible } from '../../engine/text/visible';
import { version } from '../../input/version';
import { RawOptions } from '../../settings/layer';
import { readBaseline } from '../baseline-file';
import { readExemptions } from '../examine';
import { excludesOf } from '../exclude';
import { counted, locationOf } from '../formats/wording';
import { GivenParameters } from '../given-parameters';
import { writeAll } from '../init/write-all';
import { InputGroup, inputsOf } from '../inputs';
import { Progress } from '../progress';
import { shownPath } from '../shown-path';
import { Terminal } from '../terminal';

/** What became of everything that was named. */
interface Outcome {
  readonly files: MendedFile[];
  readonly left: Left[];
  readonly breaking: Left[];
  readonly problems: Problem[];
  readonly notes: string[];
  templates: number;

  /** Templates that are left out. */
  excluded: number;
}

/** Edits templates so that they require IMDSv2, writes all of them or none, and returns the exit code. */
export async function fix(given: RawOptions, terminal: Terminal): Promise<0 | 1 | 2> {
  const options = fixOptions(given, terminal);
  const outcome = await mendAll(options, terminal);
  if (options.mode === 'write' && outcome.files.length > 0) { writeAll(terminal.cwd, outcome.files); }
  tell(outcome, options, terminal);
  const isFailing = outcome.left.some(({ isFailure }) => isFailure) || (options.mode === 'check' && outcome.files.length > 0);
  const isNothing = outcome.templates === 0 && !options.check.onlyTemplates;
  return outcome.problems.length > 0 || isNothing ? 2 : isFailing ? 1 : 0;
}

async function mendAll(options: FixOptions, terminal: Terminal): Promise<Outcome> {
  const { cwd, threadScript } = terminal;
  const mending = mendingOf(options, terminal);
  const outcome: Outcome = { files: [], left: [], breaking: [], problems: [], notes: [], templates: 0, excluded: 0 };
  const progress = new Progress(terminal);
  const { paths, exclude, onlyTemplates } = options.check;
  for await (const group of inputsOf(paths, { cwd, exclude, onlyTemplates, threadScript, onRead: count => progress.tell(count) })) {
    if (group.folders) { refuseAssembly(group, options, terminal, outcome); continue; }
    const { files, problems, report, reasons } = mend(group.templates, mending);
    outcome.files.push(...files);
    outcome.problems.push(...group.problems, ...problems);
    outcome.left.push(...leftIn(report, reasons));
    outcome.breaking.push(...breakingIn(report, files));
    const excluded = group.templates.filter(({ file }) => mending.isExcluded(file)).length;
    outcome.excluded += excluded + (group.excluded?.length ?? 0);
    outcome.templates += group.templates.length - excluded;
  }
  progress.end();
  outcome.problems.push(...mending.given.problems);
  return outcome;
}

const NOT_STAGED = 'it has changes that are not staged, which the edit would mix with; stage or commit them (git add), or give --force';
const UNKNOWN_TO_GIT = 'git cannot tell whether it has changes that are not staged; see what git status says, or give --force';

function mendingOf(options: FixOptions, { cwd, env }: Terminal): Mending {
  const { check, mode, isForced } = options;
  const isOut = excludesOf(check.exclude);
  const named = new Set(check.paths.map(path => shownPath(resolve(cwd, path), cwd)));
  return {
    options,
    version: version(),
    date: today(env, Date.now()),
    given: new GivenParameters(check.parameters, check.parameter, cwd),
    problems: [],
    cannotTell: check.cannotTell,
    baseline: readBaseline(check, cwd)?.fingerprints,
    fileExemptions: readExemptions(check, cwd),
    policy: check,
    isExcluded: file => isOut(file) && !named.has(file),
    refusalOf: path => {
      if (isInAssembly(path)) { return IS_ASSEMBLY; }
      const differs = mode === 'write' && !isForced && differsFromIndex(path);
      return differs === undefined ? UNKNOWN_TO_GIT : differs ? NOT_STAGED : undefined;
    },
  };
}

/** One that a folder has beside templates is passed over; one that is named is a mistake. */
function refuseAssembly({ folders = [] }: InputGroup, { check }: FixOptions, { cwd }: Terminal, { problems, notes }: Outcome): void {
  for (const { name, path } of folders) {
    if (isNamed(path, check.paths, cwd)) { problems.push({ file: name, message: IS_ASSEMBLY }); } else { notes.push(`${name}: passed over: ${IS_ASSEMBLY}`); }
  }
}

/** A dry run prints a patch and nothing else to standard output. */
function tell(outcome: Outcome, { mode, check }: FixOptions, { stdout, stderr, isTerminal }: Terminal): void {
  const { files, left, breaking, problems, notes, templates, excluded } = outcome;
  const { quiet } = check;
  const print = mode === 'dry run' ? stderr : stdout;
  if (mode === 'dry run') { files.filter(hasPatch).forEach(each => stdout(isTerminal.stdout ? shownPatch(each) : patchOf(each))); }
  files.forEach(each => print(toldFile(each, mode)));
  const unshown = mode === 'dry run' ? files.filter(each => !hasPatch(each)) : [];
  unshown.forEach(({ file }) => stderr(`imds-guard: ${visible(file)}: no patch can be shown of it, since it is in UTF-16\n`));
  print(toldLeft(left, quiet));
  print(toldBreaking(breaking));
  problems.forEach(each => stderr(`imds-guard: ${visible(`${locationOf(each)}: ${each.message}`)}\n`));
  if (!quiet) { notes.forEach(note => stderr(`imds-guard: ${visible(note)}\n`)); }
  const resources = files.reduce((sum, { edited }) => sum + edited.length, 0);
  const did = mode === 'write' ? 'edited' : 'would be edited';
  const edited = files.length === 0 ? 'nothing to edit' : `${counted(resources, 'resource')} in ${counted(files.length, 'file')} ${did}`;
  const failing = left.filter(({ isFailure }) => isFailure).length;
  stderr(`imds-guard: ${counted(templates, 'template')} read${excluded === 0 ? '' : ` and ${excluded} excluded`}, ${edited}${failing === 0 ? '' : `; left to do by hand, see above: ${failing}`}\n`);
}
