import { checkConstruct } from './check-construct';
import { noteExemption } from './note-exemptions';
import { hookSynth, isSynthesized } from './synth-hook';
import { CfnResource, IConstruct, Token } from '../cdk/cdk';
import { isMet } from '../enforce/settings-under-exemption';
import { Exemption, problemWith } from '../engine/exemptions/exemptions';
import { addExemption } from '../scopes/exempting';
import { lookAround, stageOf, surfaceOfConstruct } from '../tree/launch-resources';

/** Why there is an exemption, who answers for it and until when. */
export interface ImdsExemptionOptions {
  /** Why IMDSv1 is needed, for who asks in a year. It is written into the template. */
  readonly reason: string;

  /** Who answers for it: a team or a person that can be asked. It is written into the template. */
  readonly owner: string;

  /**
   * The last day, as `YYYY-MM-DD` in UTC. Warnings begin 14 days before; from the day after on the check fails.
   */
  readonly until: string;

  /**
   * Ids of the rules that it covers, such as `imdsv1-allowed`.
   *
   * Enforcement leaves the resources alone where a rule about IMDSv1 is among them, and their hop limit where `hop-limit-too-high` is.
   *
   * @default - every rule about a resource
   */
  readonly allow?: string[];
}

/**
 * A reasoned, dated exemption: IMDSv2 is not required of what a construct launches, and checks list it instead of failing.
 *
 * @example
 * declare const legacy: aws_ec2.Instance;
 * ImdsExemption.add(legacy, {
 *   reason: 'the billing agent knows version 1 only, its successor is ordered',
 *   owner: 'team-billing',
 *   until: '2027-03-31',
 * });
 */
export class ImdsExemption {
  /**
   * Exempts whatever launches instances at or below a construct, also what is added there later; not what it refers to: a launch template
   * elsewhere needs an exemption of its own.
   *
   * `ImdsGuard` and `RequireImdsv2` leave the resources as they are. Each has the exemption in its template metadata, so that
   * `imds-guard check` knows it from the template alone. It works without `ImdsGuard` as well.
   *
   * Where several apply to a resource, the nearest counts and the check reports it. Once it has ended the check fails, and IMDSv2 is
   * required again where that replaces nothing; for the rest, people decide.
   *
   * The day is today's, in UTC, or that of the environment variable `SOURCE_DATE_EPOCH` (in seconds) where it is set.
   *
   * @throws when the reason or the owner is empty, the date is none, a rule is unknown, the construct is a whole App,
   *   or it is too late: IMDSv2 was required there already, or its Stage was synthesized
   */
  public static add(construct: IConstruct, options: ImdsExemptionOptions): void {
    checkConstruct('ImdsExemption.add', construct, 'a Stack');
    const { reason, owner, until, allow } = options;
    const given = { reason, owner, until, allow: allow ?? undefined };
    const problem = tokenIn(given) ?? problemWith(given) ?? obstacleTo(construct); // of `allow` as it is: JavaScript may give anything
    if (problem !== undefined) { throw new Error(problem); }
    addExemption(construct, { reason, owner, until, ...allow && { allow: [...allow] } });
    [stageOf(construct) ?? construct.node.root, ...lookAround(construct).stages].forEach(hookSynth);
    launchResourcesAtOrBelow(construct).forEach(noteExemption); // once more at synthesis, where others may be nearer, or there is more
  }

  private constructor() {}
}

/** The check reads the template, where a token would be something else than text. */
function tokenIn(exemption: Exemption): string | undefined {
  const name = (['reason', 'owner', 'until'] as const).find(each => Token.isUnresolved(exemption[each]));
  return name && `'${name}' must be plain text, got a token, whose value is not known at synthesis`;
}

function obstacleTo(construct: IConstruct): string | undefined {
  const { path, scope } = construct.node;
  if (!scope) {
    return 'an exemption cannot be for a whole app; exempt a stack or a construct, or call ImdsGuard.observe to check without enforcing';
  }
  const synthesized = [stageOf(construct), ...construct.node.findAll().map(stageOf)].find(stage => stage && isSynthesized(stage));
  if (synthesized) { return `${path} cannot be exempted: ${synthesized.node.path || 'its app'} was synthesized already; call ImdsExemption.add before`; }
  const met = launchResourcesAtOrBelow(construct).find(isMet);
  return met && `${path} cannot be exempted: IMDSv2 was required of ${met.node.path} already; call ImdsExemption.add before, outside of aspects`;
}

function launchResourcesAtOrBelow(construct: IConstruct): CfnResource[] {
  return construct.node.findAll().filter((each): each is CfnResource => surfaceOfConstruct(each) !== undefined);
}
