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

  test('httpEndpoint must be true or false', () => {
    expect(() => settings({ httpEndpoint: 'false' })).toThrow(new TypeError('\'httpEndpoint\' must be true or false, got "false"'));
    expect(settings({ httpEndpoint: false }).settings.httpEndpoint).toBe(false);
  });
});
