import { enforceSettings } from '../../src/settings/enforce-settings';
import { Layer, RawOptions } from '../../src/settings/layer';

const organization = (enforce: unknown): Layer => ({ by: 'organization', file: 'org.yaml', raw: { enforce } as RawOptions });
const repository = (enforce: unknown): Layer => ({ by: 'repository', file: '.imds-guard.yaml', raw: { enforce } as RawOptions });
const read = (...layers: Layer[]): object => enforceSettings(layers);

test('without a word everything is enforced', () => {
  expect(read()).toEqual({ mode: 'enforce', options: {}, overrides: [], isGiven: false, files: [] });
  expect(read({ by: 'organization', file: 'org.yaml', raw: { maxHopLimit: 2 } })).toEqual({ mode: 'enforce', options: {}, overrides: [], isGiven: false, files: ['org.yaml'] });
});

test.each<[string, RawOptions, RawOptions, object]>([
  ['nothing of what the repository adds is lost', { httpPutResponseHopLimit: 2 }, { forbidExemptions: true }, { httpPutResponseHopLimit: 2, forbidExemptions: true }],
  ['a lower hop limit', { httpPutResponseHopLimit: 2 }, { httpPutResponseHopLimit: 1 }, { httpPutResponseHopLimit: 1 }],
  ['the endpoint switched off', { httpEndpoint: true }, { httpEndpoint: false }, { httpEndpoint: false }],
  ['more types', { includeResourceTypes: [] }, { attachLaunchTemplate: ['AWS::EKS::Nodegroup'] }, { includeResourceTypes: [], attachLaunchTemplate: ['AWS::EKS::Nodegroup'] }],
  ['fewer types left out', { excludeResourceTypes: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate'] }, { excludeResourceTypes: ['AWS::EC2::Instance'] },
    { excludeResourceTypes: ['AWS::EC2::Instance'] }],
])('beside the organization\'s file the repository\'s may have %s', (_, theirs, own, options) => {
  expect(read(organization(theirs), repository(own))).toMatchObject({ mode: 'enforce', options, files: ['org.yaml', '.imds-guard.yaml'] });
});

test('the repository may enforce where the organization only observes', () => {
  expect(read(organization({ mode: 'observe' }), repository({ mode: 'enforce' }))).toMatchObject({ mode: 'enforce' });
});

test.each<[string, RawOptions, RawOptions]>([
  ['a higher hop limit', { httpPutResponseHopLimit: 1 }, { httpPutResponseHopLimit: 2 }],
  ['a higher maximum', { maxHttpPutResponseHopLimit: 1 }, { maxHttpPutResponseHopLimit: 2 }],
  ['the mode observe', {}, { mode: 'observe' }],
  ['the endpoint on', { httpEndpoint: false }, { httpEndpoint: true }],
  ['a type left out', {}, { excludeResourceTypes: ['AWS::EC2::Instance'] }],
  ['a type taken out', { attachLaunchTemplate: ['AWS::EKS::Nodegroup'] }, { attachLaunchTemplate: [] }],
  ['exemptions', { forbidExemptions: true }, { forbidExemptions: false }],
  ['longer exemptions', { maxExemptionDays: 30 }, { maxExemptionDays: 31 }],
])('beside the organization\'s file the repository\'s must not have %s', (_, theirs, own) => {
  expect(() => read(organization(theirs), repository(own))).toThrow(/^\.imds-guard\.yaml: enforce\.\w+: .* lets more pass than the organization's file org\.yaml does/);
  expect(() => read(repository(own))).not.toThrow();
});

test.each<[string, unknown, string]>([
  ['no object', 'enforce', 'org.yaml: enforce must be an object'],
  ['another option', { hopLimit: 1 }, 'org.yaml: there is no option "hopLimit" in enforce; there are mode, httpPutResponseHopLimit,'],
  ['another mode', { mode: 'warn' }, 'org.yaml: enforce.mode must be one of observe, enforce, got "warn"'],
  ['a hop limit out of range', { httpPutResponseHopLimit: 65 }, 'org.yaml: enforce.httpPutResponseHopLimit must be a whole number from 1 to 64, got 65'],
  ['a hop limit above the maximum', { httpPutResponseHopLimit: 3, maxHttpPutResponseHopLimit: 2 }, 'org.yaml: enforce: '],
  ['a type that is mistyped', { excludeResourceTypes: ['AWS::EC2::Instances'] }, 'org.yaml: enforce: \'excludeResourceTypes\' does not take "AWS::EC2::Instances"; did you mean AWS::EC2::Instance?'],
  ['overrides that are no list', { overrides: {} }, 'org.yaml: enforce.overrides must be a list, got {}'],
])('%s is refused', (_, enforce, message) => {
  expect(() => read(organization(enforce))).toThrow(message);
});

describe('overrides', () => {
  const ended = { reason: 'ring 2', owner: 'platform', until: '2027-01-31' };

  test.each<[string, object]>([
    ['a ring', { apps: 'services/*', mode: 'enforce' }],
    ['a ring that waits', { stacks: ['Legacy-*'], accounts: '111111111111', mode: 'observe', ...ended }],
    ['an exemption', { stacks: 'Legacy', exempt: true, ...ended }],
    ['an exemption from some rules', { stacks: 'Legacy', exempt: ['imdsv2-not-required'], ...ended }],
  ])('%s', (_, override) => {
    expect(read(organization({ mode: 'observe', overrides: [override] }))).toMatchObject({ overrides: [{}] });
  });

  test.each<[string, unknown, string]>([
    ['for nothing', { mode: 'enforce' }, 'must say where it holds, with apps, stacks or accounts'],
    ['without a word', { apps: 'x' }, 'must have either mode or exempt'],
    ['with both', { apps: 'x', mode: 'observe', exempt: true, ...ended }, 'must have either mode or exempt'],
    ['that observe without a reason', { apps: 'x', mode: 'observe', owner: 'a' }, 'lets more pass, so it needs reason, until as well'],
    ['that exempt for ever', { apps: 'x', exempt: true, reason: 'a', owner: 'b' }, 'lets more pass, so it needs until as well'],
    ['until a day that there is not', { apps: 'x', mode: 'observe', ...ended, until: '2027-02-30' }, '.until must be a day, as in 2027-01-31, got "2027-02-30"'],
    ['for an account that is a number', { accounts: 111111111111, mode: 'enforce' }, '.accounts must be the 12 digits of an account in quotes, got 111111111111'],
    ['for a rule that cannot be exempted', { apps: 'x', exempt: ['no-such-rule'], ...ended }, '\'allow\' takes ids of rules about a resource'],
    ['for all but some stacks', { stacks: ['Legacy-*', '!Legacy-Prod'], exempt: true, ...ended },
      '.stacks must be globs of what is meant, got "!Legacy-Prod", which is all but that; name those, or !(Legacy-Prod) for all but that'],
    ['for all but some apps', { apps: '!services/*', mode: 'enforce' }, '.apps must be globs of what is meant, got "!services/*", which'],
    ...['/builds/shop', 'C:\\builds\\shop', 'C:/builds', './shop', '../shop', 'shop/', 'services\\cart', 'a/./b', ' shop'].map(apps => [
      `for the app ${apps}`, { apps, mode: 'enforce' }, `.apps must be the end of a folder with / in it, as in services/*, got ${JSON.stringify(apps)}`,
    ] as [string, unknown, string]),
    ['with another option', { app: 'x', mode: 'enforce' }, 'there is no option "app"; there are apps, stacks,'],
  ])('%s are refused', (_, override, message) => {
    expect(() => read(organization({ overrides: [override] }))).toThrow(message);
  });

  test('are not for a repository', () => {
    expect(() => read(repository({ overrides: [] }))).toThrow('.imds-guard.yaml: enforce.overrides are for the organization\'s file alone');
  });
});
