import { isAbsolute, relative, resolve, sep } from 'path';
import { AppTemplate, AppTemplates, readAppTemplates } from './app-templates';
import { IConstruct, PolicyViolatingResource } from '../cdk/cdk';
import { Acknowledgement, isWithin, ruleOf } from '../engine/exemptions/acknowledgements';
import { today } from '../engine/exemptions/calendar';
import { JudgedTemplate } from '../engine/exemptions/report-input';
import { Finding } from '../engine/findings/finding';
import { Counts, Problem, ReportedFinding } from '../engine/findings/report';
import { RuleId } from '../engine/findings/rules';
import { judgeAll } from '../engine/judge/judge';
import { buildReport } from '../engine/report/build-report';
import { Settings } from '../engine/surfaces/settings';
import { InputTemplate } from '../input/input-template';
import { version } from '../input/version';
import { Guarded } from '../scopes/calls';
import { policyOf } from '../scopes/exempting';
import { guardedOf, scopeSettingsFor } from '../scopes/held';
import { ScopeSettings } from '../scopes/scope-settings';
import { AppConstructs, appConstructsOf } from '../tree/app-constructs';
import { includedFrom } from '../tree/included-from';

export interface ExamineOptions {
  readonly maxHttpPutResponseHopLimit?: number;

  /** Whether what is in a construct is to be reported. */
  isMeant(construct: IConstruct): boolean;
}

/** A finding and where CDK has the resource. */
export interface PlacedFinding {
  readonly finding: ReportedFinding;
  readonly resource: PolicyViolatingResource;

  /** What CDK took the template from, where its constructs do not tell. */
  readonly file?: string;
  readonly fails: boolean;
}

export interface AppExamination {
  readonly findings: readonly PlacedFinding[];
  readonly counts: Counts;
  readonly problems: readonly Problem[];

  /** Rules that are acknowledged anywhere. */
  readonly acknowledged: ReadonlySet<RuleId>;
}

/** Told by enforcement already, as an annotation on the construct; a template from a file has none. */
const ANNOTATED: readonly RuleId[] = ['endpoint-needed', 'hop-limit-too-low', 'old-template-version'];

/** Judges the finished templates of an app: all of them together, since they may refer to each other. */
export function examineApp(app: IConstruct, options: ExamineOptions): AppExamination {
  const constructs = appConstructsOf(app);
  const { acknowledgements } = constructs;
  const { templates, problems } = readAppTemplates(app, constructs);
  const madeFrom = filesOf(templates, constructs);
  const scopes = new Scopes(options);
  const settingsOf = (logicalId: string, id: string): Settings => scopes.of(templates.get(id)!, logicalId).settings;
  const judgements = judgeAll([...templates.values()].map(({ input }) => input), settingsOf);
  const judged = [...templates.values()].map((template): JudgedTemplate => {
    const { input, scope } = template;
    const { findings, resources } = judgements.get(input.id)!;
    const isMeant = ({ logicalId }: { logicalId: string }): boolean => scopes.of(template, logicalId).isMeant;
    return {
      file: input.id,
      stack: input.stack,
      source: input,
      constructPaths: input.constructPaths,
      judgement: {
        findings: findings.filter(each => isMeant(each) && !scopes.of(template, each.logicalId).choice?.excludeResourceTypes?.has(each.type)),
        resources: resources.filter(isMeant),
      },
      acknowledgements: scopes.of(template, '').isMeant ? acknowledgementsAbout(scope, acknowledgements) : [],
      includedFrom: logicalId => includedFrom(template.resources.get(logicalId)),
      policyOf: logicalId => policyOf(scopes.constructOf(template, logicalId)),
    };
  });
  const report = buildReport({ version: version(), date: today(process.env, Date.now()), templates: judged, problems, cannotTell: 'warn' });
  return {
    findings: report.findings.filter(({ status }) => status === 'new').flatMap(finding => {
      const template = templates.get(finding.file)!;
      const scope = scopes.of(template, finding.logicalId);
      const isTold = scope.isTold(finding) || !template.resources.has(finding.logicalId);
      return isTold ? [{ finding, resource: locate(finding, template), file: madeFrom.get(template.input), fails: finding.level === 'error' && scope.mode !== 'observe' }] : [];
    }),
    counts: report.counts,
    problems,
    acknowledged: new Set(acknowledgements.flatMap(({ id }) => {
      const found = ruleOf(id);
      return found && 'rule' in found ? [found.rule] : [];
    })),
  };
}

/** What holds where a resource is. */
interface ScopeOfResource {
  readonly isMeant: boolean;
  readonly mode?: Guarded['mode'];
  readonly choice?: ScopeSettings;
  readonly settings: Settings;
  isTold(finding: Finding): boolean;
}

class Scopes {
  private readonly known = new Map<IConstruct, ScopeOfResource>();

  public constructor(private readonly options: ExamineOptions) {}

  public constructOf({ resources, scope }: AppTemplate, logicalId: string): IConstruct {
    return resources.get(logicalId) ?? scope;
  }

  public of(template: AppTemplate, logicalId: string): ScopeOfResource {
    const construct = this.constructOf(template, logicalId);
    const known = this.known.get(construct) ?? this.find(construct);
    this.known.set(construct, known);
    return known;
  }

  private find(construct: IConstruct): ScopeOfResource {
    const { maxHttpPutResponseHopLimit } = this.options;
    const guarded = guardedOf(construct);
    const enforced = scopeSettingsFor(construct);
    const choice = enforced ?? guarded?.choice;
    const max = Math.min(choice?.settings.maxHttpPutResponseHopLimit ?? Infinity, maxHttpPutResponseHopLimit ?? Infinity);
    const hasMax = Number.isFinite(max);
    const isAnnotated = enforced !== undefined && guarded?.mode !== 'observe';
    return {
      isMeant: this.options.isMeant(construct),
      mode: guarded?.mode,
      choice,
      settings: hasMax ? { ...choice?.settings, maxHttpPutResponseHopLimit: max } : choice?.settings ?? {},
      isTold: ({ rule }) => !(isAnnotated && ANNOTATED.includes(rule)),
    };
  }
}

/** Those that may hold for something in a stack: made in it or around it. */
function acknowledgementsAbout({ node: { path } }: IConstruct, all: readonly Acknowledgement[]): Acknowledgement[] {
  return all.filter(({ scope }) => isWithin(path, scope) || isWithin(scope, path));
}

/** The files of the user that templates without constructs were made from, as far as assets tell; as seen from where the app runs, if in there. */
function filesOf(templates: AppTemplates['templates'], { assets }: AppConstructs): Map<InputTemplate, string> {
  return new Map([...templates.values()].flatMap(({ input, stack }) => {
    const source = stack || input.within ? undefined : assets.get(resolve(input.path ?? ''));
    if (source === undefined) { return []; }
    const inside = relative(process.cwd(), source);
    return [[input, inside.startsWith('..') || isAbsolute(inside) ? source : inside.replaceAll(sep, '/')] as const];
  }));
}

/** CDK finds the construct of a logical id in a stack, but not in older versions in a nested one, and never in a template from a file. */
function locate({ logicalId, path, constructPath }: Finding, { input, stack, scope, resources }: AppTemplate): PolicyViolatingResource {
  const templatePath = input.path;
  if (!stack) { return { constructPath: scope.node.path, templatePath, locations: [[logicalId, path].filter(Boolean).join('.')] }; }
  const construct = resources.get(logicalId);
  if (stack.nestedStackParent && construct) { return { constructPath: construct.node.path, templatePath, locations: [path] }; }
  return logicalId === ''
    ? { constructPath: constructPath ?? stack.node.path, templatePath, locations: [path] }
    : { resourceLogicalId: logicalId, templatePath, locations: [path] };
}
