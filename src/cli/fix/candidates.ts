import { FixOptions } from './fix-options';
import { Writing } from './hardened';
import { Around, coverable, obstacleTo } from './obstacle';
import { reviewExemptions } from '../../engine/exemptions/exemption-review';
import { JudgedTemplate, ReportInput } from '../../engine/exemptions/report-input';
import { Finding } from '../../engine/findings/finding';
import { RuleId } from '../../engine/findings/rules';
import { launchersOf } from '../../engine/judge/judge';
import { JudgedReferrer } from '../../engine/judge/judge-context';
import { Settings } from '../../engine/surfaces/settings';
import { LaunchReferences } from '../../engine/templates/launch-references';
import { InputTemplate } from '../../input/input-template';
import { GivenParameters } from '../given-parameters';

/** What is the same for every group. */
export interface Mending extends Omit<ReportInput, 'templates' | 'locate'> {
  readonly options: FixOptions;

  /** What the settings give to parameters. */
  readonly given: GivenParameters;

  /** Excluded files come where a template that is read brings them in: they are judged with it, but not edited. */
  isExcluded(file: string): boolean;

  /** Why a file must not be written now. */
  refusalOf(path: string): string | undefined;
}

/** Findings that an edit of the resource's own settings can put right. */
export const ABOUT_TOKENS: ReadonlySet<RuleId> = new Set<RuleId>(['imdsv1-allowed', 'imdsv2-not-required']);
const ABOUT_HOPS: ReadonlySet<RuleId> = new Set<RuleId>(['hop-limit-too-high', 'hop-limit-not-set']);

export function reasonKey(file: string, logicalId: string): string {
  return JSON.stringify([file, logicalId]);
}

export interface Candidate {
  readonly launcher: JudgedReferrer;
  readonly template: InputTemplate;
  readonly writing: Writing;
}

/** Which resources of templates that are judged together are to be edited. */
export class Candidates {
  private readonly judged: ReadonlyMap<string, JudgedTemplate>;
  private readonly launchers: ReadonlyMap<string, Pick<Candidate, 'launcher' | 'template'>>;
  private readonly around: Around;
  private readonly review: ReturnType<typeof reviewExemptions>;

  public constructor(templates: readonly InputTemplate[], judged: readonly JudgedTemplate[], private readonly mending: Mending) {
    const byId = new Map(templates.map(each => [each.id, each]));
    this.judged = new Map(judged.map(each => [each.source.id, each]));
    this.review = reviewExemptions({ ...mending, templates: judged });
    const { scopes, launchers, made, connections } = launchersOf(templates);
    this.launchers = new Map(scopes.flatMap((scope, i) => launchers[i].filter(each => made.has(each)).flatMap(launcher => {
      const template = byId.get(scope.id);
      return template ? [[launcher.address, { launcher, template }] as const] : [];
    })));
    const kept = new Set(this.review.exemptions.map(({ file, logicalId }) => reasonKey(file, logicalId)));
    const isKept = (address: string): boolean => {
      const found = this.launchers.get(address);
      return found !== undefined && kept.has(reasonKey(found.template.file, found.launcher.logicalId));
    };
    this.around = { connections, choice: mending.options.enforce, isKept };
  }

  public get connections(): LaunchReferences {
    return this.around.connections;
  }

  /** What has a finding that an edit can put right, and what covers a launch template that is not edited. */
  public find(reasons: Map<string, string>): Candidate[] {
    const candidates = new Map<string, Candidate>();
    for (const found of this.launchers.values()) {
      const writing = this.writingFor(found.launcher, found.template);
      if (!writing) { continue; }
      const obstacle = obstacleTo(found.launcher, this.around);
      if (obstacle === undefined) { candidates.set(found.launcher.address, { ...found, writing }); continue; }
      reasons.set(reasonKey(found.template.file, found.launcher.logicalId), obstacle);
      if (!writing.withTokens) { continue; }
      for (const { address } of coverable(found.launcher, this.around)) {
        const consumer = this.launchers.get(address);
        if (!consumer || candidates.has(address)) { continue; }
        if (obstacleTo(consumer.launcher, this.around)) { continue; }
        candidates.set(address, { ...consumer, writing: { settings: this.settings, withTokens: true } });
      }
    }
    return [...candidates.values()];
  }

  /** Undefined where nothing is found that is not exempt, and that an edit can put right. */
  private writingFor({ logicalId, surface }: JudgedReferrer, { id }: InputTemplate): Writing | undefined {
    if (!surface.container) { return undefined; }
    const place = this.judged.get(id)!;
    const found = place.judgement.findings.filter(each => each.logicalId === logicalId && each.verdict !== 'advice');
    const isExempt = (each: Finding): boolean => this.review.isExempt(each, place);
    const ofHops = found.filter(({ rule }) => ABOUT_HOPS.has(rule));
    const withTokens = found.some(each => ABOUT_TOKENS.has(each.rule) && !isExempt(each));
    if (!withTokens && !ofHops.some(each => !isExempt(each))) { return undefined; }
    const { httpEndpoint } = this.settings;
    return { withTokens, settings: ofHops.some(isExempt) ? { httpEndpoint } : this.settings };
  }

  private get settings(): Settings {
    return this.mending.options.enforce.settings;
  }
}
