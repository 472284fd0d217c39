import { App } from 'aws-cdk-lib';
import { scopeSettingsOf } from '../../src/scopes/scope-settings';

describe('from plain JavaScript', () => {
  const settings = (props: object): ReturnType<typeof scopeSettingsOf> => scopeSettingsOf(props);

  test.each(['allowReplacement', 'attachLaunchTemplate', 'includeResourceTypes', 'excludeResourceTypes'])('%s must be a list', name => {
    for (const [value, told] of [[true, 'true'], ['AWS::EKS::Nodegroup', '"AWS::EKS::Nodegroup"'], [new App(), 'an object'], [() => [], 'a function']] as const) {
      expect(() => settings({ [name]: value })).toThrow(new TypeError(`'${name}' must be a list of CloudFormation types, got ${told}`));
    }
    expect(() => settings({ [name]: [true] })).toThrow(`'${name}' takes these CloudFormation types`);
    expect(() => settings({ [name]: [] })).not.toThrow();
  });

  test('a type that is mistyped is told with the one that was meant, and without all others', () => {
    expect(() => settings({ allowReplacement: ['AWS::EC2::Instnace'] })).toThrow(new Error('\'allowReplacement\' does not take "AWS::EC2::Instnace"; did you mean AWS::EC2::Instance?'));
    expect(() => settings({ attachLaunchTemplate: ['AWS::EKS::NodeGroup'] })).toThrow('did you mean AWS::EKS::Nodegroup?');
  });

  test('a type that is right, but not in this list, or like none, is told with all that are', () => {
    expect(() => settings({ attachLaunchTemplate: ['AWS::EC2::LaunchTemplate'] }))
      .toThrow(/^'attachLaunchTemplate' takes these CloudFormation types: [^;]*AWS::EKS::Nodegroup; got "AWS::EC2::LaunchTemplate"$/);
    expect(() => settings({ allowReplacement: ['instances'] })).toThrow("'allowReplacement' takes these CloudFormation types: ");
  });

  test('httpEndpoint must be true or false', () => {
    expect(() => settings({ httpEndpoint: 'false' })).toThrow(new TypeError('\'httpEndpoint\' must be true or false, got "false"'));
    expect(settings({ httpEndpoint: false }).settings.httpEndpoint).toBe(false);
  });
});
