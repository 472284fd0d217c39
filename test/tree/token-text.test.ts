/* eslint-disable @typescript-eslint/no-require-imports, import/no-extraneous-dependencies */
import { CfnParameter, CfnResource, Fn, Lazy, NestedStack, Stack } from 'aws-cdk-lib';
import { logicalIdOf, mentionsOthers, textIn } from '../../src/tree/token-text';
import { newApp } from '../support/support';

const type = 'AWS::EC2::Instance';

describe('the logical id of an element is what CDK resolves it to', () => {
  test.each<[string, () => CfnResource]>([
    ['that CDK makes', () => new CfnResource(new Stack(newApp(), 'S'), 'Web', { type })],
    ['deep in the tree', () => new CfnResource(new Stack(newApp(), 'S').node.scope!.node.findChild('S') as Stack, 'a/b c', { type })],
    ['that is overridden', () => {
      const resource = new CfnResource(new Stack(newApp(), 'S'), 'Web', { type });
      resource.overrideLogicalId('Mine');
      return resource;
    }],
    ['that the stack renames', () => {
      const stack = new Stack(newApp(), 'S');
      stack.renameLogicalId('Web', 'Renamed');
      return new CfnResource(stack, 'Web', { type });
    }],
    ['in a nested stack', () => new CfnResource(new NestedStack(new Stack(newApp(), 'S'), 'Nested'), 'Web', { type })],
    ['that is overridden with a token', () => {
      const resource = new CfnResource(new Stack(newApp(), 'S'), 'Web', { type });
      resource.overrideLogicalId(Lazy.string({ produce: () => 'Later' }));
      return resource;
    }],
  ])('%s', (_, make) => {
    const resource = make();

    expect(logicalIdOf(resource)).toBe(resource.stack.resolve(resource.logicalId));
  });

  test('of another copy of aws-cdk-lib', () => {
    const other = require('aws-cdk-lib-newest') as typeof import('aws-cdk-lib');
    const stack = new other.Stack(new other.App(), 'S');
    const resource = new other.CfnResource(stack, 'Web', { type });
    resource.overrideLogicalId('Mine');

    expect(logicalIdOf(resource as unknown as CfnResource)).toBe('Mine');
  });
});

describe('the text in a value', () => {
  test('goes through tokens and leaves out what only AWS knows', () => {
    const stack = new Stack(newApp(), 'S');
    const parameter = new CfnParameter(stack, 'P');

    expect(textIn(Fn.base64(`echo ${Lazy.string({ produce: () => 'hello' })}`), stack)).toBe('echo hello');
    expect(textIn(`a ${parameter.valueAsString} b`, stack)).not.toContain('Token');
  });

  test('does not settle a lazy value that may still grow', () => {
    const stack = new Stack(newApp(), 'S');
    let text = 'early';
    const lazy = Lazy.string({ produce: () => text });

    expect(textIn(lazy, stack)).toBe('early');
    text = 'late';
    expect(stack.resolve(lazy)).toBe('late');
  });
});

describe('whether a value may mention another resource', () => {
  const stack = new Stack(newApp(), 'S');
  const other = new CfnResource(stack, 'Other', { type });

  test.each<[string, unknown]>([
    ['a reference', other.ref],
    ['in a text', `x ${other.getAtt('Id').toString()} y`],
    ['in a list of tags', [{ key: 'k', value: Lazy.string({ produce: () => other.ref }) }]],
    ['in user data', Fn.base64(Lazy.string({ produce: () => `run ${other.ref}` }))],
    ['by name', { 'Fn::Sub': '${Other}' }],
    ['of another app', Fn.importValue('x')],
    ['by the name of what is stored', '{{resolve:ssm:/x}}'],
  ])('it may: %s', (_, value) => {
    expect(mentionsOthers(value, stack)).toBe(true);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'Other'],
    ['tags', [{ Key: 'k', Value: 'Ref' }]],
    ['user data', Fn.base64(Lazy.string({ produce: () => 'yum install -y x' }))],
    ['texts that are joined', Fn.join('', ['a', Lazy.string({ produce: () => 'b' })])],
  ])('it does not: %s', (_, value) => {
    expect(mentionsOthers(value, stack)).toBe(false);
  });
});
