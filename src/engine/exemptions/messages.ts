/**
 * Ids of what enforcement and the policies tell through CDK's annotations. Public, like rule ids: users acknowledge them.
 *
 * `warning` asks for a decision, `info` is good to know.
 */
export const MESSAGES = {
  'attached-launch-template': { level: 'info', about: 'A launch template was added, as asked for by `attachLaunchTemplate`' },
  'cannot-attach': { level: 'warning', about: 'A launch template cannot be attached, since other properties rule it out' },
  'cannot-enforce': { level: 'warning', about: 'CloudFormation offers no way, or the value cannot be read before deployment' },
  'endpoint-needed': { level: 'warning', about: 'The endpoint is switched off where user data, cfn-init, a signal, SSM or a role needs it' },
  'endpoint-not-available': { level: 'warning', about: 'The endpoint was to be switched off, but the resource has no such setting' },
  'exempted': { level: 'info', about: 'An `ImdsExemption` is in force, so the resource is left as it is' },
  'exemption-expired': { level: 'warning', about: 'An exemption has ended: IMDSv2 is required again where that replaces nothing' },
  'exemption-not-allowed': { level: 'warning', about: 'An exemption is forbidden here, or lasts longer than the allowed days, so it does not count' },
  'exemption-unused': { level: 'warning', about: 'Nothing in an exempted construct launches instances' },
  'group-replaced': { level: 'warning', about: 'An edit replaces a group, as its own update policy says' },
  'group-rolled': { level: 'info', about: 'An edit renews the instances of a group, as its own update policy says' },
  'hop-limit-changed': { level: 'warning', about: 'A hop limit that the author wrote gave way to the given one or to the maximum' },
  'hop-limit-left': { level: 'info', about: 'No hop limit was written, since a launch template outside the app may have one' },
  'hop-limit-too-low': { level: 'warning', about: 'Containers on the host need more hops than the limit allows' },
  'hop-limit-on-pods': { level: 'info', about: 'Pods outside the host network cannot reach IMDS at hop limit 1' },
  'left-as-it-is': { level: 'info', about: 'An edit of the launch template would replace its consumers, which are given options of their own instead' },
  'left-out': { level: 'warning', about: 'The resource type is in `excludeResourceTypes`' },
  'nothing-to-enforce': { level: 'info', about: 'No resource that launches instances was found' },
  'not-governed': { level: 'info', about: 'CloudFormation has no IMDS setting for the resource' },
  'old-template-version': { level: 'warning', about: 'The version that is launched may hold old data' },
  'opt-in-needed': { level: 'warning', about: 'The type is written only when it is in `includeResourceTypes`' },
  'organization-override': { level: 'info', about: 'The organization has another mode for this stack than for all' },
  'organization-override-ended': { level: 'warning', about: 'What the organization said for this stack has ended, so what it says for all holds' },
  'organization-override-unknown': { level: 'warning', about: 'The organization says something for an account, and the stack does not say which it has' },
  'policy-exempts-nobody': { level: 'warning', about: 'An `ImdsEc2Policy` was given exemptions, which EC2 policies do not know' },
  'policy-size': { level: 'warning', about: 'A service control policy is larger than the quota that was in force until May 2026' },
  'rename-needed': { level: 'warning', about: 'CloudFormation replaces a resource that has a name of its own only if the name changes too' },
  'renewed-by-service': { level: 'info', about: 'An edit has a service replace the instances that run, whatever the template says of updates' },
  'replacement-needed': { level: 'warning', about: 'The edit would replace the resource, or a consumer of it, and `allowReplacement` does not list its type' },
  'replaced': { level: 'info', about: 'The edit replaces the resource' },
  'running-instances-kept': { level: 'info', about: 'Running instances keep their settings until they are replaced' },
  'version-exported': { level: 'warning', about: 'The version number of an edited launch template is exported, so a consumer in another app may be replaced' },
  'weaker-inside': { level: 'info', about: 'A call asks for less than a scope around it: it observes, excludes a type, raises a hop limit, or leaves the endpoint on' },
} as const;

export type MessageId = keyof typeof MESSAGES;
