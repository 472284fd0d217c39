import { aws_organizations, Names, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ImdsPolicyAttachment } from './imds-policy-attachment';
import { problemWithDescription, problemWithName, problemWithTarget } from '../engine/policies/policy-targets';

const LONGEST_NAME = 128;
const LONGEST_NUMBER = 2; // of documents, with its dash

/** A policy of AWS Organizations for each document. The content stays an object, since CloudFormation cannot detect drift in text. */
export function organizationPolicies(
  scope: Construct, type: string, about: string, documents: readonly object[], { policyName, description = about, targetIds }: ImdsPolicyAttachment,
): aws_organizations.CfnPolicy[] {
  check('policyName', problemWithName, policyName);
  check('description', problemWithDescription, description);
  targetIds?.forEach(id => check('targetIds', problemWithTarget, id));
  const name = policyName ?? Names.uniqueResourceName(scope, { maxLength: LONGEST_NAME - LONGEST_NUMBER });
  return documents.map((content, i) => new aws_organizations.CfnPolicy(scope, i === 0 ? 'Resource' : `Resource${i + 1}`, {
    type,
    name: i === 0 ? name : `${name}-${i + 1}`,
    description,
    content,
    targetIds: targetIds && [...targetIds],
  }));
}

/** What is known at deployment only, CloudFormation checks. */
function check(prop: string, problemWith: (text: string) => string | undefined, text: string | undefined): void {
  const problem = text === undefined || Token.isUnresolved(text) ? undefined : problemWith(text);
  if (problem !== undefined) { throw new Error(`'${prop}': ${problem}`); }
}
