import { Aspects, aws_ec2 as ec2, CfnResource, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { enforced, generic, Json, newApp, only, templateOf, told, Way, WAYS } from '../support/support';

const REQUIRED = { HttpTokens: 'required' };

/** A value that cannot be had before synthesis proper: producing it earlier throws, as constructs do that need to be complete. */
function readyOnlyInTheEnd<T>(stack: Stack, value: T): () => T {
  let ready = false;
  const last = new Construct(stack.node.root, `Last${stack.node.root.node.children.length}`);
  Aspects.of(last).add({ visit: () => { ready = true; } }, { priority: 9999 }); // after every other construct has been visited
  return () => {
    if (!ready) { throw new Error('not ready yet'); }
    return value;
  };
}

test.each<[string, (stack: Stack) => unknown, Json]>([
  ['user data', stack => new ec2.CfnInstance(stack, 'I', { userData: Fn.base64(Lazy.string({ produce: readyOnlyInTheEnd(stack, 'text') })) }),
    { UserData: { 'Fn::Base64': 'text' }, MetadataOptions: REQUIRED }],
  ['the launch template', stack => new ec2.CfnInstance(stack, 'I', {
    launchTemplate: Lazy.any({ produce: readyOnlyInTheEnd(stack, { launchTemplateId: 'lt-1', version: '1' }) }) as any,
  }), { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' }, MetadataOptions: { HttpTokens: 'required' } }],
  ['the options', stack => new ec2.CfnInstance(stack, 'I', { metadataOptions: Lazy.any({ produce: readyOnlyInTheEnd(stack, { httpTokens: 'optional' }) }) as any }),
    { MetadataOptions: REQUIRED }],
  ['something else, beside an override', stack => {
    new ec2.CfnInstance(stack, 'I', { imageId: Lazy.string({ produce: readyOnlyInTheEnd(stack, 'ami') }) }).addPropertyOverride('UserData', 'text');
  }, { ImageId: 'ami', UserData: 'text', MetadataOptions: REQUIRED }],
])('%s that throws when it is asked too early does not stop synthesis, and is hardened', (_, build, expected) => {
  for (const way of ['aspect', 'guard', 'mixin'] as Way[]) {
    expect(only(enforced(build, {}, way), 'AWS::EC2::Instance')).toEqual(expected);
  }
});

test('a generic resource whose properties are a token as a whole', () => {
  const properties = Lazy.any({ produce: () => ({ ImageId: 'ami', MetadataOptions: { HttpTokens: 'optional', HttpProtocolIpv6: 'enabled' } }) }) as any;
  const template = enforced(stack => new CfnResource(stack, 'I', { type: 'AWS::EC2::Instance', properties }));
  expect(only(template, 'AWS::EC2::Instance')).toEqual({ ImageId: 'ami', MetadataOptions: { ...REQUIRED, HttpProtocolIpv6: 'enabled' } });
});

test('an override of all properties by a token', () => {
  const template = enforced(stack => {
    generic(stack, 'I', 'AWS::EC2::Instance', {}).addOverride('Properties', Lazy.any({ produce: () => ({ MetadataOptions: { HttpTokens: 'optional' } }) }));
  });
  expect(only(template, 'AWS::EC2::Instance')).toEqual({ MetadataOptions: REQUIRED });
});

test('hardened tokens can be printed and enforced again', () => {
  const stack = new Stack(newApp(), 'Stack');
  const instance = new ec2.CfnInstance(stack, 'I', { metadataOptions: Lazy.any({ produce: () => ({ httpPutResponseHopLimit: 2 }) }) as any });
  WAYS.mixin(stack);
  WAYS.mixin(stack, { httpPutResponseHopLimit: 3 });
  expect(JSON.stringify(instance.metadataOptions)).toContain('hardened by cdk-imds-guard');
  expect(String(instance.metadataOptions)).toMatch(/^\$\{Token\[/);
  expect(only(templateOf(stack), 'AWS::EC2::Instance')).toEqual({ MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 3 } });
  expect(told(stack)).toEqual(['Stack/I warning hop-limit-changed']); // when the lazy value is had at last
});

test.each<[string, string, (stack: Stack, text: () => string) => unknown, (properties: Json) => unknown]>([
  ['user data', 'AWS::EC2::Instance', (stack, produce) => new ec2.CfnInstance(stack, 'R', { userData: Lazy.string({ produce: () => Fn.base64(produce()) }) }),
    ({ UserData }) => UserData['Fn::Base64']],
  ['user data in a part that is lazy as a whole', 'AWS::EC2::LaunchTemplate',
    (stack, text) => new ec2.CfnLaunchTemplate(stack, 'R', { launchTemplateData: Lazy.any({ produce: () => ({ userData: text() }) }) as any }),
    ({ LaunchTemplateData }) => LaunchTemplateData.UserData],
  ['what may refer to a template', 'AWS::Batch::ComputeEnvironment',
    (stack, text) => generic(stack, 'R', 'AWS::Batch::ComputeEnvironment', { ComputeResources: Lazy.any({ produce: () => ({ Type: 'EC2', Ec2KeyPair: text() }) }) }),
    ({ ComputeResources }) => ComputeResources.Ec2KeyPair],
  ['anything beside an override', 'AWS::EC2::Instance', (stack, produce) => {
    new ec2.CfnInstance(stack, 'R', { imageId: Lazy.string({ produce }) }).addPropertyOverride('UserData', 'x');
  }, ({ ImageId }) => ImageId],
])('%s may grow after it was enforced', (_, type, build, grown) => {
  for (const way of ['aspect', 'guard', 'mixin'] as Way[]) {
    let text = 'early';
    const template = enforced(stack => {
      build(stack, () => text);
      Aspects.of(new Construct(stack, 'Last')).add({ visit: () => { text = 'late'; } }, { priority: 900 });
    }, {}, way);
    expect(grown(only(template, type))).toBe('late');
  }
});
