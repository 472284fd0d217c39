import { Stack } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { RequireImdsv2 } from '../../src';
import { newApp } from '../support/support';

function warningsOn(name: string, parameters?: object): string[] {
  const stack = new Stack(newApp(), 'Stack');
  const association = new ssm.CfnAssociation(stack, 'A', { name, parameters });
  new RequireImdsv2().applyTo(association);
  return association.node.metadata.filter(({ type }) => type.startsWith('aws:cdk:warning')).map(({ data }) => String(data));
}

test('an automation that lets version 1 answer is told, with what to give it', () => {
  expect(warningsOn('AWS-UpdateLinuxAmi').join()).toContain('where MetadataOptions is not given it lets IMDSv1 answer (Properties.Parameters.MetadataOptions.HttpTokens); give the document MetadataOptions with HttpTokens "required"');
});

test.each<[string, object | undefined]>([
  ['AWS-CreateManagedLinuxInstance', { HttpTokens: ['required'] }], ['AWS-RunPatchBaseline', undefined],
])('nothing is told of %s with %j', (name, parameters) => expect(warningsOn(name, parameters)).toEqual([]));
