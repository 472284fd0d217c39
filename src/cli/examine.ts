import { extname } from 'path';
import { readBaseline } from './baseline-file';
import { CheckOptions } from './check-options';
import { enforceCall } from './enforce-call';
import { GivenParameters } from './given-parameters';
import { proofOf } from './guard-proof';
import { inputsOf } from './inputs';
import { locatorOfTemplate } from './locate';
import { Progress } from './progress';
import { shownPath } from './shown-path';
import { sourceLines } from './source-lines';
import { Terminal } from './terminal';
import { acknowledgementsIn } from '../engine/exemptions/acknowledgements';
import { today } from '../engine/exemptions/calendar';
import { exemptionsFrom } from '../engine/exemptions/exemption-file';
import { JudgedTemplate, ReportInput } from '../engine/exemptions/report-input';
import { PassedOver, Problem, Report, ReportedSettings } from '../engine/findings/report';
import { judgeAll } from '../engine/judge/judge';
import { PlacedRecordFinding } from '../engine/record/record-findings';
import { Baseline } from '../engine/report/baseline';
import { buildReport } from '../engine/report/build-report';
import { InputTemplate } from '../input/input-template';
import { version } from '../input/version';
import { yamlPositions } from '../input/yaml-positions';
import { Mistake } from '../settings/mistake';
import { readSettingsFile, readText } from '../settings/settings-files';

export interface Examination {
  /** Launch templates that are allowed, but that nothing refers to. */
  readonly unusedLaunchTemplates: readonly string[];

  /** Parameters that are given a value, but that no template has. */
  readonly unknownParameters: readonly string[];

  /** The findings that are known already; undefined where there is no baseline, or it is to be written. */
  readonly baseline?: Baseline;

  /** Whether a path is that of a template, or of something that could not be read as one. */
  isInput(path: string): boolean;

  /** The report, with the findings that are known already; those of the baseline file where none are given. */
  build(known?: ReadonlySet<string>): Report;
}

/** Reads and judges everything that is named. Only what a report needs is kept. */
export async function examine(options: CheckOptions, terminal: Terminal, reported?: ReportedSettings): Promise<Examination> {
  const { cwd, env, threadScript } = terminal;
  const fileExemptions = readExemptions(options, cwd);
  const baseline = readBaseline(options, cwd);
  const parameters = new GivenParameters(options.parameters, options.parameter, cwd);
  const allowed = new Allowed(options.allowLaunchTemplate);
  const settings = { maxHttpPutResponseHopLimit: options.maxHopLimit, allowedLaunchTemplates: allowed };

  const date = today(env, Date.now());
  const templates: JudgedTemplate[] = [];
  const problems: Problem[] = [];
  const notes: Problem[] = [];
  const others: PlacedRecordFinding[] = [];
  const assemblies: string[] = [];
  const endings = new Map<string, number>();
  const inputs = new Map<string, InputTemplate>();
  const progress = new Progress(terminal);
  const { paths, exclude, stdinName, onlyTemplates } = options;
  const excluded: string[] = [];
  const onRead = (count: number): void => progress.tell(count);
  const reading = { cwd, exclude, threadScript, stdin: () => terminal.stdin(), stdinName, onlyTemplates, onRead };
  for await (const group of inputsOf(paths, reading)) {
    const proof = proofOf(group, options, date);
    assemblies.push(...(group.folders ?? []).map(({ path }) => path));
    problems.push(...group.problems, ...proof.problems);
    others.push(...proof.findings);
    group.passedOver.map(path => extname(path).toLowerCase()).forEach(each => endings.set(each, (endings.get(each) ?? 0) + 1));
    excluded.push(...(group.excluded ?? []).map(path => shownPath(path, cwd)));
    const given = parameters.withValuesAmong(group.templates, group.folders === undefined);
    const judgements = judgeAll(given, () => settings);
    notes.push(...group.unread?.() ?? []);
    for (const input of given) {
      const { file, stack, address, constructPaths, metadata } = input;
      inputs.set(file, input);
      notes.push(...(input.notes ?? []).map(each => ({ file, ...each })));
      const judgement = judgements.get(input.id)!;
      const isUnguarded = group.folders !== undefined && constructPaths.size > 0 && !proof.isGuarded(input);
      const acknowledgements = acknowledgementsIn([...metadata ?? []]);
      templates.push({ file, stack, address, source: input, judgement, constructPaths, isUnguarded, acknowledgements });
    }
  }
  progress.end();
  problems.push(...parameters.problems);
  notes.push(...parameters.notes);
  const input: ReportInput = {
    version: version(),
    name: options.name,
    date,
    templates,
    others,
    problems,
    notes,
    parameters: parameters.reported,
    passedOver: passedOver(endings, excluded),
    mayBeEmpty: onlyTemplates && paths.length > 0,
    cannotTell: options.cannotTell,
    fileExemptions,
    policy: options,
    settings: reported,
    enforceCall: () => enforceCall(cwd, ...assemblies),
    locate: positions(inputs),
    sourceOf: sourceLines(inputs, cwd),
  };
  return {
    unusedLaunchTemplates: allowed.unused,
    unknownParameters: parameters.unknown,
    baseline,
    isInput: path => [...inputs.keys(), ...problems.map(({ file }) => file)].includes(shownPath(path, cwd)),
    build: known => buildReport({ ...input, baseline: known ?? baseline?.fingerprints }),
  };
}

/** The most frequent first. */
function passedOver(endings: ReadonlyMap<string, number>, excluded: readonly string[]): PassedOver {
  const sorted = [...endings].sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1));
  const count = sorted.reduce((sum, [, each]) => sum + each, 0);
  return { count, endings: Object.fromEntries(sorted), ...excluded.length > 0 && { excluded: [...excluded].sort() } };
}

/** Each file with findings is read once more, for their lines. */
function positions(inputs: ReadonlyMap<string, InputTemplate>): ReportInput['locate'] {
  const locators = new Map<string, ReturnType<typeof locatorOfTemplate>>();
  return (file, path) => {
    const input = inputs.get(file);
    if (!input) { return undefined; }
    const locator = locators.get(file) ?? locatorOfTemplate(input);
    locators.set(file, locator);
    return locator(path);
  };
}

/** The allowed launch templates, and which of them were met. */
class Allowed {
  private readonly met = new Set<string>();

  public constructor(private readonly reasons: ReadonlyMap<string, string>) {}

  public has(template: string): boolean {
    if (!this.reasons.has(template)) { return false; }
    this.met.add(template);
    return true;
  }

  public get unused(): string[] {
    return [...this.reasons.keys()].filter(template => !this.met.has(template));
  }
}

export function readExemptions({ exemptions: file }: CheckOptions, cwd: string): ReportInput['fileExemptions'] {
  if (file === undefined) { return undefined; }
  const { exemptions, problems } = exemptionsFrom(readSettingsFile(cwd, file), file, yamlPositions(readText(cwd, file)));
  if (problems.length > 0) { throw new Mistake(...problems.map(problem => `${file}: ${problem}`)); }
  return exemptions;
}
