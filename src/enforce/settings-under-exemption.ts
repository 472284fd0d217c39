import { Notice, notice } from './notice';
import { CfnResource } from '../cdk/cdk';
import { inDays, isInForce, Standing } from '../engine/exemptions/exemption-standing';
import { covers, Exemption } from '../engine/exemptions/exemptions';
import { MessageId } from '../engine/exemptions/messages';
import { RULES } from '../engine/findings/rules';
import { LaunchSurface } from '../engine/surfaces/surface';
import { Exempted, exemptedBy, standingOn } from '../scopes/exempting';
import { ScopeSettings } from '../scopes/scope-settings';
import { Tree } from '../tree/tree';

/** Resources that enforcement did not leave alone. */
const MET = new WeakSet<CfnResource>();

/** Whether enforcement has had its way with a resource already. */
export function isMet(resource: CfnResource): boolean {
  return MET.has(resource);
}

/** What is chosen for a resource under its exemption; no choice where it is to be left alone. */
export interface Permitted {
  readonly choice: ScopeSettings | undefined;
  readonly notice?: Notice;
}

/**
 * What enforcement does beside the exemption of a resource, if it has one.
 *
 * Once an exemption has ended, or is not allowed, IMDSv2 is required again, but only where that replaces nothing: by then the resource
 * is most likely live, and whoever needed the exemption should decide. The check fails meanwhile.
 */
export function settingsUnderExemption(resource: CfnResource, surface: LaunchSurface, choice: ScopeSettings, tree: Tree): Permitted {
  const exempted = tree.isExempting ? exemptedBy(resource) : undefined;
  const isConcerned = exempted !== undefined && (exemptsTokens(exempted.exemption) || covers(exempted.exemption, 'hop-limit-too-high'));
  const outcome = isConcerned ? choiceUnder(exempted, resource, surface, choice) : undefined;
  const left = outcome ? outcome.choice : choice;
  if (left) { MET.add(resource); }
  return { choice: left, notice: outcome && notice(resource, outcome.id, outcome.message) };
}

interface Outcome {
  readonly choice: ScopeSettings | undefined;
  readonly id: MessageId;
  readonly message: string;
}

function choiceUnder({ exemption }: Exempted, resource: CfnResource, surface: LaunchSurface, choice: ScopeSettings): Outcome {
  const standing = standingOn(resource, exemption);
  if (!isInForce(standing)) { return choiceAfter(standing, surface, choice); }
  const { until, reason, owner } = exemption;
  const settings = { ...choice.settings, httpPutResponseHopLimit: undefined, maxHttpPutResponseHopLimit: undefined };
  const [left, what, where] = exemptsTokens(exemption)
    ? [undefined, 'IMDSv2 is not required', 'an account or a policy that enforces IMDSv2']
    : [{ ...choice, settings }, 'the hop limit is not changed', 'a policy with a maximum for it'];
  const term = `until ${until} (${inDays(standing.daysLeft!)} left): ${reason}, owner ${owner}`;
  const message = `${what} here ${term}; ${where} refuses the launch all the same`;
  return { choice: left, id: 'exempted', message };
}

function choiceAfter({ state, notice: ended }: Standing, { replacement }: LaunchSurface, choice: ScopeSettings): Outcome {
  const outcome = replacement ? 'IMDSv2 is not required here, since that would replace the resource' : 'IMDSv2 is required here where that replaces nothing';
  return {
    choice: replacement ? undefined : { ...choice, allowReplacement: NOTHING, attachLaunchTemplate: NOTHING },
    id: state === 'expired' ? 'exemption-expired' : 'exemption-not-allowed',
    message: `${ended!.reason}; ${outcome}; ${ended!.fix}`,
  };
}

const NOTHING: ReadonlySet<string> = new Set();

/** Whether a resource is not to be written, and so has no settings of its own from here. */
export function isLeftAlone(resource: CfnResource | undefined): boolean {
  const exemption = resource && exemptedBy(resource)?.exemption;
  return exemption !== undefined && exemptsTokens(exemption) && isInForce(standingOn(resource!, exemption));
}

/** Whether a resource must not be replaced for the sake of IMDSv2, `allowReplacement` or not: it was exempted, be it until yesterday. */
export function isKept(resource: CfnResource | undefined): boolean {
  const exemption = resource && exemptedBy(resource)?.exemption;
  return exemption !== undefined && exemptsTokens(exemption);
}

const ABOUT_HOPS: readonly string[] = ['hop-limit-not-set', 'hop-limit-too-high'];

/** Whether it is about version 1, and not about the hop limit or mere advice alone. */
function exemptsTokens({ allow }: Exemption): boolean {
  return allow?.some(rule => !ABOUT_HOPS.includes(rule) && RULES[rule as keyof typeof RULES].verdict !== 'advice') ?? true;
}
