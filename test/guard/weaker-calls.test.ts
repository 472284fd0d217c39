import { App, Aspects, aws_ec2 as ec2, Stack, Stage, Validations } from 'aws-cdk-lib';
import { ImdsGuard, ImdsGuardOptions, RequireImdsv2, RequireImdsv2Props } from '../../src';
import { Json, messages, newApp, outcomeOf, templateOf, told } from '../support/support';

const TYPE = 'AWS::EC2::Instance';
const STRICT = { httpPutResponseHopLimit: 1, maxHttpPutResponseHopLimit: 1, httpEndpoint: false };
const WRITTEN = { HttpTokens: 'required', HttpPutResponseHopLimit: 1, HttpEndpoint: 'disabled' };

interface Built {
  readonly app: App;
  readonly stack: Stack;
  readonly instance: ec2.CfnInstance;
}

/** An app with one instance, enforced or observed by an organization before the app says anything itself. */
function build(organization: ImdsGuardOptions, ofApp: (built: Built) => void, mode: 'enforce' | 'observe' = 'enforce'): Built & { outcome: ReturnType<typeof outcomeOf>; options: Json } {
  const app = newApp();
  ImdsGuard[mode](app, organization);
  const stack = new Stack(app, 'Stack');
  const instance = new ec2.CfnInstance(stack, 'I');
  const built = { app, stack, instance };
  ofApp(built);
  const outcome = outcomeOf(app);
  return { ...built, outcome, options: templateOf(stack).Resources.I.Properties?.MetadataOptions };
}

const WEAKER: [string, RequireImdsv2Props, string][] = [
  ['excludes a type', { excludeResourceTypes: [TYPE] }, `it excludes ${TYPE}`],
  ['raises the hop limit', { httpPutResponseHopLimit: 2, maxHttpPutResponseHopLimit: 2 }, 'it raises \'httpPutResponseHopLimit\' from 1 to 2'],
  ['raises the maximum', { maxHttpPutResponseHopLimit: 64 }, 'it raises \'maxHttpPutResponseHopLimit\' from 1 to 64'],
  ['leaves the endpoint on', { httpEndpoint: true }, 'it leaves the endpoint on where it is switched off'],
];

const CALLS: [string, string, (built: Built, props: RequireImdsv2Props) => void][] = [
  ['a call on a stack', 'Stack', ({ stack }, props) => ImdsGuard.enforce(stack, props)],
  ['a second call on the same scope', 'Stack', ({ app }, props) => ImdsGuard.enforce(app, props)],
  ['a call on the resource', 'Stack/I', ({ instance }, props) => ImdsGuard.enforce(instance, props)],
  ['an aspect on a stack', 'Stack', ({ stack }, props) => Aspects.of(stack).add(new RequireImdsv2(props))],
  ['a mixin', 'Stack/I', ({ instance }, props) => void instance.with(new RequireImdsv2(props))],
];

describe.each(CALLS)('%s', (_, place, call) => {
  test.each(WEAKER)('that %s is not allowed and does not count where exemptions are forbidden', (_name, props, what) => {
    const { app, outcome, options } = build({ ...STRICT, forbidExemptions: true }, built => call(built, props));
    expect(options).toEqual(WRITTEN);
    expect(outcome.failed).toBe(true);
    expect(outcome.output).toContain('exemption-not-allowed');
    expect(told(app)).toContain(`${place} warning exemption-not-allowed`);
    expect(messages(app)).toContain(what);
  });

  test.each(WEAKER)('that %s counts and is listed where they are not', (_name, props, what) => {
    const { app, outcome, options } = build(STRICT, built => call(built, props));
    if (props.maxHttpPutResponseHopLimit !== 64) { expect(options).not.toEqual(WRITTEN); } // a raised maximum alone writes nothing
    expect(outcome.output).not.toContain('exemption-not-allowed');
    expect(told(app)).toContain(`${place} info weaker-inside`);
    expect(messages(app)).toContain(what);
  });

  test.each([true, false])('that is as strict or stricter is not listed, exemptions forbidden: %s', forbidExemptions => {
    const { app, outcome } = build({ maxHttpPutResponseHopLimit: 2, forbidExemptions }, built => call(built, { maxHttpPutResponseHopLimit: 1 }));
    expect(outcome.failed).toBe(false);
    expect(told(app)).toEqual([]);
  });
});

describe('observe', () => {
  test('inside a scope that forbids exemptions does not count', () => {
    const { app, outcome, options } = build({ forbidExemptions: true }, ({ stack }) => ImdsGuard.observe(stack));
    expect(options).toEqual({ HttpTokens: 'required' });
    expect(outcome).toMatchObject({ failed: true, output: expect.stringContaining('exemption-not-allowed') });
    expect(told(app)).toEqual(['Stack warning exemption-not-allowed']);
    expect(messages(app)).toContain('ImdsGuard.observe on Stack is weaker than what holds there: it observes what is enforced; that does not count');
  });

  test('inside a scope that does not forbid them counts, and is listed with its place', () => {
    const { app, outcome, options } = build({}, ({ stack }) => ImdsGuard.observe(stack));
    expect(options).toBeUndefined();
    expect(outcome.failed).toBe(false);
    expect(told(app)).toContain('Stack info weaker-inside');
  });

  test.each([true, false])('after enforce on the same scope: enforcement stays, exemptions forbidden: %s', forbidExemptions => {
    const { app, outcome, options } = build({ forbidExemptions }, ({ app: scope }) => ImdsGuard.observe(scope));
    expect(options).toEqual({ HttpTokens: 'required' });
    expect(outcome.failed).toBe(forbidExemptions);
    expect(told(app)).toEqual([forbidExemptions ? 'Stack warning exemption-not-allowed' : 'Stack info weaker-inside']);
    expect(messages(app)).toContain('ImdsGuard.observe on the app is weaker');
  });

  test('before enforce on the same scope: it is enforced, and nothing is listed', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    new ec2.CfnInstance(stack, 'I');
    ImdsGuard.observe(stack);
    ImdsGuard.enforce(stack);
    expect(templateOf(stack).Resources.I.Properties.MetadataOptions).toEqual({ HttpTokens: 'required' });
    expect(told(app)).toEqual([]);
  });

  test('of a Stage is listed on a stack in it, since CDK loses the annotations of a Stage', () => {
    const { app } = build({ forbidExemptions: true }, ({ app: scope }) => {
      const stage = new Stage(scope, 'Stage');
      new ec2.CfnInstance(new Stack(stage, 'Inner'), 'I');
      ImdsGuard.observe(stage);
    });
    expect(told(app)).toEqual(['Stage/Inner warning exemption-not-allowed']);
  });
});

describe('inside a scope that is observed', () => {
  const IN_OBSERVED: typeof CALLS = [
    ...CALLS,
    ['a call on a stack that observes too', 'Stack', ({ stack }, props) => ImdsGuard.observe(stack, props)],
    ['a second call on the same scope that observes too', 'Stack', ({ app }, props) => ImdsGuard.observe(app, props)],
  ];

  describe.each(IN_OBSERVED)('%s', (_, place, call) => {
    test('that excludes a type does not count where exemptions are forbidden', () => {
      const { app, outcome } = build({ forbidExemptions: true }, built => call(built, { excludeResourceTypes: [TYPE] }), 'observe');
      expect(told(app)).toContain(`${place} warning exemption-not-allowed`);
      expect(outcome.output).toContain(`it excludes ${TYPE}; that does not count`);
      expect(outcome.failed).toBe(false); // what is observed fails nothing
    });

    test('that raises the maximum does not count where exemptions are forbidden', () => {
      const { outcome } = build({ maxHttpPutResponseHopLimit: 1, forbidExemptions: true }, built => {
        built.instance.metadataOptions = { httpTokens: 'required', httpPutResponseHopLimit: 5 };
        call(built, { maxHttpPutResponseHopLimit: 64 });
      }, 'observe');
      expect(outcome.output).toContain('it raises \'maxHttpPutResponseHopLimit\' from 1 to 64; that does not count');
    });

    test('that excludes a type counts and is listed where they are not', () => {
      const { app } = build({}, built => call(built, { excludeResourceTypes: [TYPE] }), 'observe');
      expect(told(app)).toContain(`${place} info weaker-inside`);
    });
  });

  test.each<[string, (stack: Stack) => void]>([
    ['a call that observes', stack => ImdsGuard.observe(stack, { excludeResourceTypes: [TYPE] })],
    ['a second call that observes', stack => ImdsGuard.observe(stack.node.root, { excludeResourceTypes: [TYPE] })],
    ['a call that observes, inside another one', stack => {
      ImdsGuard.observe(stack);
      ImdsGuard.observe(stack.node.findChild('I'), { excludeResourceTypes: [TYPE] });
    }],
  ])('the findings are reported that %s would leave out', (_, call) => {
    const outputOf = (forbidExemptions: boolean): string => build({ forbidExemptions }, ({ stack }) => call(stack), 'observe').outcome.output;
    expect(outputOf(true)).toContain('imdsv2-not-required');
    expect(outputOf(false)).not.toContain('imdsv2-not-required');
  });

  test('an inner call that does not say what the maximum is takes over the one around it', () => {
    const { outcome } = build({ maxHttpPutResponseHopLimit: 1 }, ({ stack, instance }) => {
      instance.metadataOptions = { httpTokens: 'required', httpPutResponseHopLimit: 5 };
      ImdsGuard.observe(stack);
    }, 'observe');
    expect(outcome.output).toContain('hop-limit-too-high');
  });
});

test('a later call on the same scope does not lift a ban, nor drop a maximum', () => {
  const { options, outcome } = build({ maxHttpPutResponseHopLimit: 1, forbidExemptions: true }, ({ app, instance }) => {
    instance.metadataOptions = { httpPutResponseHopLimit: 5 };
    ImdsGuard.enforce(app, { forbidExemptions: false });
  });
  expect(options).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  expect(outcome.failed).toBe(false);
});

test('a call that forbids exemptions comes before the others on its scope, whatever their order', () => {
  const { options, outcome } = build({ excludeResourceTypes: [TYPE] }, ({ app }) => ImdsGuard.enforce(app, { forbidExemptions: true }));
  expect(options).toEqual({ HttpTokens: 'required' });
  expect(outcome.output).toContain('exemption-not-allowed');
});

test('the call that forbids exemptions may exclude a type itself', () => {
  const { app, options, outcome } = build({ excludeResourceTypes: [TYPE], forbidExemptions: true }, () => {});
  expect(options).toBeUndefined();
  expect(outcome.failed).toBe(false);
  expect(told(app)).toEqual(['Stack/I warning left-out']);
});

test('of a call that does not count in one option the others do', () => {
  const { options } = build({ httpPutResponseHopLimit: 1, forbidExemptions: true }, ({ stack }) => (
    ImdsGuard.enforce(stack, { httpPutResponseHopLimit: 2, httpEndpoint: false })
  ));
  expect(options).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 1, HttpEndpoint: 'disabled' });
});

test('of two calls on one scope the later decides, option by option', () => {
  const { options } = build({ httpPutResponseHopLimit: 2, httpEndpoint: true }, ({ app }) => ImdsGuard.enforce(app, { httpPutResponseHopLimit: 3 }));
  expect(options).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 3, HttpEndpoint: 'enabled' });
});

test('a listed call can be acknowledged', () => {
  const { app } = build({}, ({ stack }) => {
    ImdsGuard.observe(stack);
    Validations.of(stack).acknowledge({ id: 'cdk-imds-guard:weaker-inside', reason: 'agreed' });
  });
  expect(told(app)).toEqual([]);
});
