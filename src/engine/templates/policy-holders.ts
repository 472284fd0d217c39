import { JsonObject } from '../json/json';

/**
 * Where templates have policies: the property with the document, or the list whose elements have a `PolicyDocument`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-organizations-policy.html
 */
const HOLDERS: { readonly [type: string]: PolicyHolder } = {
  'AWS::IAM::Group': { list: 'Policies' },
  'AWS::IAM::GroupPolicy': { document: 'PolicyDocument' },
  'AWS::IAM::ManagedPolicy': { document: 'PolicyDocument' },
  'AWS::IAM::Policy': { document: 'PolicyDocument' },
  'AWS::IAM::Role': { list: 'Policies' },
  'AWS::IAM::RolePolicy': { document: 'PolicyDocument' },
  'AWS::IAM::User': { list: 'Policies' },
  'AWS::IAM::UserPolicy': { document: 'PolicyDocument' },
  'AWS::Organizations::Policy': { document: 'Content' },
  'AWS::SSO::PermissionSet': { document: 'InlinePolicy' },
};

export type PolicyHolder = { readonly document: string } | { readonly list: string };

export const POLICY_HOLDER_TYPES: readonly string[] = Object.keys(HOLDERS);

/** Where resources of a type have policies; undefined where they have none. */
export function policyHolderOf(type: unknown): PolicyHolder | undefined {
  return typeof type === 'string' && Object.hasOwn(HOLDERS, type) ? HOLDERS[type] : undefined;
}

/** Nearly every document of a template is about something else, which shows without a look at its statements. */
const IS_ABOUT_IMDS = /metadata|imds|httptokens|hoplimit|httpendpoint|roledelivery|http_tokens/i;

/** Whether a document says anything about IMDS, whatever it is. */
export function mayBeAboutImds(document: unknown): boolean {
  return IS_ABOUT_IMDS.test(JSON.stringify(document) ?? '');
}

/** Whether a resource has a policy that may be about IMDS. */
export function isPolicyAboutImds({ Type: type, Properties: properties }: JsonObject): boolean {
  return policyHolderOf(type) !== undefined && mayBeAboutImds(properties);
}
