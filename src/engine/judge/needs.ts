import { PossibleValue } from '../evaluator/possible-value';
import { possibleValuesAt, plainlyAt } from '../evaluator/possible-values';
import { isAbsent, isObject, JsonObject } from '../json/json';
import { startsContainersIn } from '../scripts/containers';
import { textsOf } from '../scripts/script-text';
import { CFN_INIT } from '../surfaces/script-places';
import { LaunchSurface, Step } from '../surfaces/surface';

/**
 * How hosts join an ECS cluster: Amazon Linux by the configuration of the agent, Windows by ECSTools, Bottlerocket by its settings.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_container_instance.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_windows_container_instance.html
 * @see https://bottlerocket.dev/en/os/1.18.x/install/quickstart/aws/ecs
 */
const ECS_HOST = /^(?![ \t]*#).*(?:ECS_CLUSTER\b|\b[Ii]nitialize-ECSAgent\b|\bsettings\.ecs\b)/m;

/**
 * How nodes join an EKS cluster on their own: Amazon Linux 2, Windows, Amazon Linux 2023 and Bottlerocket.
 *
 * @see https://docs.aws.amazon.com/eks/latest/eksctl/node-bootstrapping.html
 */
const EKS_NODE = /^(?![ \t]*#).*(?:\/etc\/eks\/bootstrap\b|\bStart-EKSBootstrap\b|\bEKSBootstrapScriptFile\b|\bnode\.eks\.aws\b|\bsettings\.kubernetes\b)/m;

/** Most resources that have none are recognized at a glance. */
export function mayHaveUserData(properties: unknown, userData: readonly Step[]): boolean {
  return !isAbsent(plainlyAt(properties, userData).value);
}

/** Whether user data starts containers itself, or has the ECS agent start them: either are behind a bridge network. Base64 text is read too. */
export function startsContainers(userData: unknown): boolean {
  return textsOf(userData).some(text => ECS_HOST.test(text) || startsContainersIn(text));
}

/** Whether user data joins an ECS cluster: its bridge containers need two hops. */
export function joinsEcsCluster(userData: unknown): boolean {
  return textsOf(userData).some(text => ECS_HOST.test(text));
}

/** Whether user data joins an EKS cluster, whose pods sit behind one more hop. */
export function joinsEksCluster(userData: unknown): boolean {
  return textsOf(userData).some(text => EKS_NODE.test(text));
}

/** Why a resource needs the metadata endpoint, or undefined. `resource` is as CloudFormation receives it. */
export function needsEndpoint(surface: LaunchSurface, resource: JsonObject): string | undefined {
  const has = (path: readonly Step[] | undefined): boolean => !!path
    && possibleValuesAt(resource.Properties, path).some(each => each.kind !== 'absent' && !isEmpty(each));
  if (isObject(resource.Metadata) && !isAbsent(resource.Metadata[CFN_INIT])) { return 'CloudFormation::Init'; }
  if (!isAbsent(resource.CreationPolicy)) { return 'its creation policy, which waits for a signal'; }
  if (has(surface.userData)) { return 'its user data'; }
  if (has(surface.instanceProfile)) { return 'its instance profile, which SSM and applications take their role from'; }
  return undefined;
}

function isEmpty(each: PossibleValue): boolean {
  if (each.kind !== 'value') { return false; }
  return each.value === '' || (isObject(each.value) && Object.keys(each.value).length === 0);
}
