import { readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, aws_ec2 as ec2, aws_servicecatalog as servicecatalog, BootstraplessSynthesizer, CfnElement, CfnParameter, CfnResource, ISynthesisSession, NestedStack, PolicyValidationPluginReport, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Construct } from 'constructs';
import { ImdsExemption, ImdsGuard, ImdsValidator } from '../../src';
import { RULES } from '../../src/engine/findings/rules';
import { folderWith } from '../support/files';
import { generic, Json, newApp, outcomeOf, told } from '../support/support';

function appWith(build: (stack: Stack) => unknown, register: (app: App) => void = app => Validations.of(app).addPlugins(new ImdsValidator())): App {
  const app = newApp();
  register(app);
  build(new Stack(app, 'Stack'));
  return app;
}

const weak = (scope: Stack, id = 'Weak'): CfnResource => generic(scope, id, 'AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'optional' } });
const reportOf = (app: App): PolicyValidationPluginReport => {
  outcomeOf(app);
  return new ImdsValidator().validate({ appConstruct: app, templatePaths: [] });
};

const strong = (scope: Stack, id = 'Strong'): CfnResource => generic(scope, id, 'AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'required' } });

describe('on its own', () => {
  test('fails on a violation, naming resource, path, reason and fix', () => {
    const { failed, output } = outcomeOf(appWith(stack => weak(stack)));
    expect(failed).toBe(true);
    for (const text of ['imdsv1-allowed', 'Stack/Weak', 'Properties.MetadataOptions.HttpTokens', '"optional" lets IMDSv1 answer',
      'set metadataOptions.httpTokens of the CfnInstance to "required"', 'https://docs.aws.amazon.com/']) {
      expect(output).toContain(text);
    }
  });

  test.each([
    ['imdsv1-allowed', { MetadataOptions: { HttpTokens: 'optional' } }, '"optional" lets IMDSv1 answer'],
    ['imdsv2-not-required', {}, 'it is not set, so the account default or the image decides'],
  ] as const)('says once why it is %s', (rule, properties, why) => {
    const { violations: [violation] } = reportOf(appWith(stack => generic(stack, 'Weak', 'AWS::EC2::Instance', properties)));
    expect(violation.description).toMatch(/^Properties\.MetadataOptions\.HttpTokens: /);
    expect(violation.description.split(why)).toHaveLength(2);
    expect(violation.description).not.toContain(RULES[rule].about);
  });

  test('passes without one', () => {
    expect(outcomeOf(appWith(stack => strong(stack)))).toMatchObject({ failed: false, output: expect.not.stringContaining('imdsv1-allowed') });
  });

  test('what cannot be decided warns and does not fail', () => {
    const group = { MinSize: '0', MaxSize: '1', LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } };
    const { failed, output } = outcomeOf(appWith(stack => generic(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', group)));
    expect(failed).toBe(false);
    expect(output).toContain('undecided');
    expect(output).toContain('lt-1');
  });

  test.each<[string, (app: App) => Stack]>([
    ['a nested stack', app => new NestedStack(new Stack(app, 'Outer'), 'Nested')],
    ['a nested stack in a nested stack', app => new NestedStack(new NestedStack(new Stack(app, 'Outer'), 'Middle'), 'Nested')],
    ['a Stage', app => new Stack(new Stage(app, 'Stage'), 'Staged')],
    ['a nested stack in a Stage in a Stage', app => new NestedStack(new Stack(new Stage(new Stage(app, 'A'), 'B'), 'Staged'), 'Nested')],
  ])('sees %s', (_, where) => {
    const app = newApp();
    Validations.of(app).addPlugins(new ImdsValidator());
    const scope = where(app);
    weak(scope);
    const { failed, output } = outcomeOf(app);
    expect(failed).toBe(true);
    expect(output).toContain(`${scope.node.path}/Weak`);
  });

  test.each([['weak', weak, true], ['strong', strong, false]])('sees a %s stack that its own synthesizer does not list in the assembly', (_, make, fails) => {
    class Unlisted extends BootstraplessSynthesizer {
      public synthesize(session: ISynthesisSession): void { this.synthesizeTemplate(session); }
    }
    const app = newApp();
    Validations.of(app).addPlugins(new ImdsValidator());
    weak(new Stack(new Stage(app, 'Other'), 'Listed')).addPropertyOverride('MetadataOptions.HttpTokens', 'required'); // an assembly is not empty
    make(new Stack(app, 'Unlisted', { synthesizer: new Unlisted() }));
    const { failed, output } = outcomeOf(app);
    expect(failed).toBe(fails);
    expect(output.includes('imdsv1-allowed')).toBe(fails);
  });

  describe('a template that the assembly does not list', () => {
    const unlistedWith = (write: (path: string) => void): PolicyValidationPluginReport => {
      class Odd extends BootstraplessSynthesizer {
        public synthesize(session: ISynthesisSession): void {
          this.synthesizeTemplate(session);
          write(join(session.assembly.outdir, 'Unlisted.template.json'));
        }
      }
      const app = newApp();
      strong(new Stack(new Stage(app, 'Other'), 'Listed'));
      weak(new Stack(app, 'Unlisted', { synthesizer: new Odd() }));
      return reportOf(app);
    };

    test.each([
      ['is no JSON', '{"Resources":', /Unlisted\.template\.json: .*(JSON|malformed)/],
      ['is a list', '[]', /Unlisted\.template\.json/],
    ])('and that %s fails, as nothing is known of it', (_, text, expected) => {
      const { success, violations } = unlistedWith(path => writeFileSync(path, text));
      expect(success).toBe(false);
      expect(violations).toMatchObject([{ ruleName: 'internal-error', description: expect.stringMatching(expected) }]);
    });

    test('and that has flaws fails, beside what is found in the rest', () => {
      const { success, violations } = unlistedWith(path => {
        const template = JSON.parse(readFileSync(path, 'utf8')) as Json;
        writeFileSync(path, JSON.stringify({ ...template, Resources: { ...template.Resources, Odd: 'text' } }));
      });
      expect(success).toBe(false);
      expect(violations.map(({ ruleName }) => ruleName)).toEqual(['internal-error', 'imdsv1-allowed']);
      expect(violations[0].description).toContain('Odd');
    });

    test('and that is not there is of no concern', () => {
      expect(unlistedWith(path => rmSync(path))).toMatchObject({ success: true, violations: [] });
    });
  });

  describe('a template from a file', () => {
    const text = 'Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties: { MetadataOptions: { HttpTokens: optional } }\n';
    const file = join(folderWith({ 'legacy.yaml': text }), 'legacy.yaml');

    test.each([true, false])('that CfnInclude takes is where to change it, by the logical id that it has there (kept: %s)', preserveLogicalIds => {
      const { violations: [{ fix }] } = reportOf(appWith(stack => new CfnInclude(stack, 'Legacy', { templateFile: file, preserveLogicalIds })));
      expect(fix).toMatch(/^set MetadataOptions\.HttpTokens to "required" at Host in the file that CfnInclude Stack\/Legacy reads; https:/);
    });

    test('that a product takes is named, with the logical id', () => {
      const { success, violations: [{ description }] } = reportOf(appWith(stack => new servicecatalog.CloudFormationProduct(stack, 'Product', {
        productName: 'p', owner: 'o', productVersions: [{ cloudFormationTemplate: servicecatalog.CloudFormationTemplate.fromAsset(file) }],
      })));
      expect(success).toBe(false);
      expect(description).toContain(`Host in ${file}: Properties.MetadataOptions.HttpTokens: "optional" lets`);
    });
  });

  test('an override and a resource without a construct are judged as CloudFormation receives them', () => {
    const { failed, output } = outcomeOf(appWith(stack => strong(stack).addPropertyOverride('MetadataOptions.HttpTokens', 'optional')));
    expect(failed).toBe(true);
    expect(output).toContain('Stack/Strong');
  });

  test('what is the same about many resources is one entry', () => {
    const app = appWith(stack => { weak(stack, 'One'); weak(stack, 'Two'); });
    outcomeOf(app);
    const { violations } = new ImdsValidator().validate({ appConstruct: app, templatePaths: [] });
    expect(violations.map(({ violatingResources }) => violatingResources.map(({ resourceLogicalId }) => resourceLogicalId))).toEqual([['One', 'Two']]);
  });

  test('a loop that makes resources at deployment warns', () => {
    class Loop extends CfnElement {
      public _toCloudFormation(): object {
        return { Resources: { 'Fn::ForEach::Hosts': ['Id', ['A'], { 'Host${Id}': { Type: 'AWS::EC2::Instance' } }] } };
      }
    }
    const { failed, output } = outcomeOf(appWith(stack => new Loop(stack, 'Loop')));
    expect(failed).toBe(false);
    expect(output).toContain('Fn::ForEach::Hosts makes resources when the stack is deployed');
  });

  test('counts what it examined', () => {
    const app = appWith(stack => { weak(stack); strong(stack); generic(stack, 'Editor', 'AWS::Cloud9::EnvironmentEC2', {}); });
    outcomeOf(app);
    const report: Json = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    expect(JSON.stringify(report)).toContain('"examined":"3","compliant":"1","violation":"1","cannot tell":"0","not governed":"1"');
  });

  test('an error of its own fails, and is told', () => {
    const app = appWith(stack => strong(stack));
    const { appConstruct } = { appConstruct: app };
    outcomeOf(app);
    rmSync(join(app.outdir, 'Stack.template.json'));
    const report = new ImdsValidator().validate({ appConstruct, templatePaths: [] });
    expect(report.success).toBe(false);
    expect(report.violations[0]).toMatchObject({ ruleName: 'internal-error', description: expect.stringContaining('Stack.template.json: the cloud assembly lists this file, but it is not there') });
  });
});

describe('with the guard', () => {
  test('judges enforced and observed scopes, not the others', () => {
    const app = newApp();
    const [beside, observed] = ['Beside', 'Observed'].map(id => new Stack(app, id));
    [beside, observed].forEach(stack => weak(stack));
    ImdsGuard.observe(observed);
    const { failed, output } = outcomeOf(app);
    expect(failed).toBe(false);
    expect(output).toContain('Observed/Weak');
    expect(output).not.toContain('Beside/Weak');
  });

  test('is registered once', () => {
    const app = appWith(stack => weak(stack), each => { ImdsGuard.observe(each); ImdsGuard.observe(each); });
    expect(outcomeOf(app).output.match(/Stack\/Weak/g)!.length).toBe(outcomeOf(appWith(stack => weak(stack), each => ImdsGuard.observe(each))).output.match(/Stack\/Weak/g)!.length);
  });

  test('fails on what could not be enforced, and on nothing that was', () => {
    const fleet = (stack: Stack): unknown => {
      const template = new ec2.CfnLaunchTemplate(stack, 'T', { launchTemplateData: { imageId: 'ami' } });
      return new ec2.CfnEC2Fleet(stack, 'F', {
        targetCapacitySpecification: { totalTargetCapacity: 1 },
        launchTemplateConfigs: [{ launchTemplateSpecification: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber } }],
      });
    };
    const enforce = (app: App): void => ImdsGuard.enforce(app);
    expect(outcomeOf(appWith(fleet, enforce))).toMatchObject({ failed: true, output: expect.stringContaining('Stack/T') });
    expect(outcomeOf(appWith(weak, enforce)).failed).toBe(false);
    expect(outcomeOf(appWith(fleet, app => ImdsGuard.enforce(app, { allowReplacement: ['AWS::EC2::EC2Fleet'] }))).failed).toBe(false);
  });

  test('types that are left out do not fail', () => {
    expect(outcomeOf(appWith(stack => weak(stack), app => ImdsGuard.enforce(app, { excludeResourceTypes: ['AWS::EC2::Instance'] }))).failed).toBe(false);
  });

  test('a hop limit above the maximum fails where it is only observed it warns', () => {
    const high = (stack: Stack): unknown => generic(stack, 'I', 'AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 5 } });
    const { failed, output } = outcomeOf(appWith(high, app => ImdsGuard.observe(app, { maxHttpPutResponseHopLimit: 2 })));
    expect(failed).toBe(false);
    expect(output).toContain('5 is above the maximum of 2');
  });
});

describe('a module', () => {
  const moduleIn = (scope: Construct): CfnResource => new CfnResource(scope, 'Module', { type: 'My::EC2::Bastion::MODULE' });

  test('is told, for nobody knows what it makes', () => {
    const { failed, output } = outcomeOf(appWith(moduleIn));
    expect(failed).toBe(false);
    expect(output).toContain('undecided-transform');
    expect(output).toContain('Stack/Module');
  });

  test.each([[true, 'Guarded'], [false, 'Other']])('is told (%s) where it is in %s and one construct is guarded', (isTold, where) => {
    const { output } = outcomeOf(appWith(stack => {
      const places = ['Guarded', 'Other'].map(id => new Construct(stack, id));
      ImdsGuard.observe(places[0]);
      moduleIn(places.find(({ node }) => node.id === where)!);
    }, () => {}));
    expect(output.includes('undecided-transform')).toBe(isTold);
  });
});

describe('templates that refer to each other', () => {
  const group = (stack: Stack, launchTemplateId: string): CfnResource => generic(stack, 'Group', 'AWS::AutoScaling::AutoScalingGroup', {
    MinSize: '0', MaxSize: '1', LaunchTemplate: { LaunchTemplateId: launchTemplateId, Version: '1' },
  });
  const template = (stack: Stack, tokens: string): ec2.CfnLaunchTemplate => (
    new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: { httpTokens: tokens } } })
  );

  test.each(['required', 'optional'])('a launch template of another stack that has tokens %s decides', tokens => {
    const app = newApp();
    Validations.of(app).addPlugins(new ImdsValidator());
    group(new Stack(app, 'Using'), template(new Stack(app, 'Giving'), tokens).ref);
    const { failed, output } = outcomeOf(app);
    expect(failed).toBe(tokens === 'optional');
    expect(output).not.toContain('undecided');
  });

  test.each(['required', 'optional'])('a parameter of a nested stack that is %s decides', tokens => {
    const { failed, output } = outcomeOf(appWith(stack => {
      const nested = new NestedStack(stack, 'Nested', { parameters: { Tokens: tokens } });
      const parameter = new CfnParameter(nested, 'Tokens');
      generic(nested, 'I', 'AWS::EC2::Instance', { MetadataOptions: { HttpTokens: parameter.valueAsString } });
    }));
    expect(failed).toBe(tokens === 'optional');
    expect(output).not.toContain('undecided');
  });

  test.each(['required', 'optional'])('a product whose instance has tokens %s is judged', tokens => {
    class Product extends servicecatalog.ProductStack {
      public constructor(scope: Stack) {
        super(scope, 'Product');
        generic(this, 'I', 'AWS::EC2::Instance', { MetadataOptions: { HttpTokens: tokens } });
      }
    }
    const { failed } = outcomeOf(appWith(stack => new servicecatalog.CloudFormationProduct(stack, 'Portfolio', {
      owner: 'team', productName: 'p', productVersions: [{ cloudFormationTemplate: servicecatalog.CloudFormationTemplate.fromProductStack(new Product(stack)) }],
    })));
    expect(failed).toBe(tokens === 'optional');
  });

  test.each(['required', 'optional'])('the text of a stack set whose instance has tokens %s is judged, and told at the stack set', tokens => {
    const body = JSON.stringify({ Resources: { I: { Type: 'AWS::EC2::Instance', Properties: { MetadataOptions: { HttpTokens: tokens } } } } });
    const { failed, output } = outcomeOf(appWith(stack => generic(stack, 'Set', 'AWS::CloudFormation::StackSet', {
      StackSetName: 's', PermissionModel: 'SELF_MANAGED', TemplateBody: body,
    })));
    expect(failed).toBe(tokens === 'optional');
    expect(output.includes('Stack/Set')).toBe(tokens === 'optional');
  });
});

describe('advice', () => {
  const unset = (stack: Stack): CfnResource => strong(stack);

  test('a missing hop limit is told only where there is a maximum', () => {
    expect(outcomeOf(appWith(unset)).output).not.toContain('hop-limit-not-set');
    expect(outcomeOf(appWith(unset, app => ImdsGuard.observe(app, { maxHttpPutResponseHopLimit: 2 }))).output).toContain('hop-limit-not-set');
  });

  test('what enforcement tells at the resource is not told again', () => {
    const build = (stack: Stack): unknown => generic(stack, 'I', 'AWS::EC2::Instance', {
      UserData: { 'Fn::Base64': 'echo hello' }, MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'disabled' },
    });
    const rulesTold = (register: (app: App) => void): string[] => reportOf(appWith(build, register)).violations.map(({ ruleName }) => ruleName);
    expect(rulesTold(app => ImdsGuard.observe(app))).toContain('endpoint-needed');
    expect(rulesTold(app => ImdsGuard.enforce(app))).not.toContain('endpoint-needed');
  });
});

describe('a launch template version that may hold old data', () => {
  const resources = {
    T: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } } } },
    G: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '0', MaxSize: '1', LaunchTemplate: { LaunchTemplateId: { Ref: 'T' }, Version: '1' } } },
  };
  const build = (stack: Stack): unknown => Object.entries(resources).map(([id, { Type, Properties }]) => generic(stack, id, Type, Properties));

  test('is a warning, never a failure, and counts as what nobody can tell', () => {
    const app = appWith(build, each => ImdsGuard.observe(each));
    expect(reportOf(app)).toMatchObject({
      success: true, violations: [{ ruleName: 'old-template-version', severity: 'warning' }], metadata: { 'compliant': '1', 'violation': '0', 'cannot tell': '1' },
    });
    expect(outcomeOf(appWith(build, each => ImdsGuard.observe(each))).failed).toBe(false);
  });

  test('is told by enforcement alone, but still counted', () => {
    const app = appWith(build, each => ImdsGuard.enforce(each));
    expect(reportOf(app)).toMatchObject({ success: true, violations: [], metadata: { 'violation': '0', 'cannot tell': '1' } });
    expect(told(app)).toContain('Stack/G warning old-template-version');
  });

  test('is told of a template from a text, which enforcement does not look at', () => {
    const app = appWith(stack => generic(stack, 'Set', 'AWS::CloudFormation::StackSet', {
      StackSetName: 's', PermissionModel: 'SELF_MANAGED', TemplateBody: JSON.stringify({ Resources: resources }),
    }), each => ImdsGuard.enforce(each));
    expect(reportOf(app)).toMatchObject({ success: true, violations: [{ ruleName: 'old-template-version', severity: 'warning' }] });
  });
});

describe('exemptions', () => {
  const allowed = (reason: string, rule = 'imdsv1-allowed', id = `cdk-imds-guard::${rule}`) => (stack: Stack): void => {
    weak(stack);
    Validations.of(stack).acknowledge({ id, reason });
  };
  test('what is exempt is not reported, but counted', () => {
    const exempt = (until: string) => (stack: Stack): void => ImdsExemption.add(weak(stack), { reason: 'legacy agent', owner: 'team', until });
    const observe = (app: App): void => ImdsGuard.enforce(app);
    expect(reportOf(appWith(exempt('2999-01-01'), observe))).toMatchObject({ success: true, violations: [], metadata: { exempt: '1' } });
    expect(reportOf(appWith(exempt('2020-01-01'), observe)).violations.map(({ ruleName }) => ruleName)).toContain('exemption-expired');
  });

  test('an acknowledgement with a reason holds', () => {
    expect(outcomeOf(appWith(allowed('legacy agent'))).failed).toBe(false);
  });

  test.each([
    ['without a reason', allowed(''), 'acknowledgement-without-reason'],
    ['of a rule that does not exist', allowed('legacy agent', 'imdsv1-alowed'), 'acknowledgement-unknown-rule'],
    ['with the name of the plugin misspelt', allowed('legacy agent', '', 'imds-guard::imdsv1-allowed'), 'acknowledgement-unknown-rule'],
  ])('an acknowledgement %s fails, and the violation is told all the same', (_, build, rule) => {
    const { failed, output } = outcomeOf(appWith(build));
    expect(failed).toBe(true);
    expect(output).toContain(rule);
    expect(output).toContain('"optional" lets IMDSv1 answer');
  });

  test('an acknowledgement of one resource does not hold for another', () => {
    const { failed, output } = outcomeOf(appWith(stack => {
      Validations.of(weak(stack, 'Old')).acknowledge({ id: 'cdk-imds-guard::imdsv1-allowed', reason: 'legacy agent' });
      weak(stack, 'New');
    }));
    expect(failed).toBe(true);
    expect(output).toContain('Stack/New');
    expect(output).not.toContain('Stack/Old');
  });

  test('an acknowledgement on the App holds for the stacks of a Stage', () => {
    const app = newApp();
    Validations.of(app).addPlugins(new ImdsValidator());
    Validations.of(app).acknowledge({ id: 'cdk-imds-guard::imdsv1-allowed', reason: 'legacy agent' });
    weak(new Stack(new Stage(app, 'Stage'), 'Stack'));
    expect(outcomeOf(app).failed).toBe(false);
  });

  test('where acknowledgements are forbidden they fail', () => {
    const build = (stack: Stack): void => {
      generic(stack, 'G', 'AWS::AutoScaling::AutoScalingGroup', { MinSize: '0', MaxSize: '1', LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } });
      Validations.of(stack).acknowledge({ id: 'cdk-imds-guard::undecided-launch-template', reason: 'ours' });
    };
    expect(outcomeOf(appWith(build, app => ImdsGuard.enforce(app))).failed).toBe(false);
    const forbidden = outcomeOf(appWith(build, app => ImdsGuard.enforce(app, { forbidAcknowledgements: true })));
    expect(forbidden).toMatchObject({ failed: true, output: expect.stringContaining('acknowledgement-not-allowed') });
  });
});

test('what cannot be acknowledged fails the synthesis all the same', () => {
  const app = newApp();
  ImdsGuard.enforce(app, { forbidExemptions: true });
  const stack = new Stack(app, 'Stack');
  const instance = weak(stack);
  ImdsExemption.add(instance, { reason: 'old agent', owner: 'team', until: '2999-01-01' });
  for (const construct of [app, stack, instance]) {
    for (const id of ['exemption-not-allowed', 'acknowledgement-unknown-rule', 'acknowledgement-not-allowed']) {
      Validations.of(construct).acknowledge({ id: `cdk-imds-guard::${id}`, reason: 'x' });
    }
  }
  expect(outcomeOf(app)).toMatchObject({ failed: true, output: expect.stringContaining('exemption-not-allowed') });
});
