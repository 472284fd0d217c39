import { placesOf } from '../../../src/engine/surfaces/places';
import { JSON_TEXT, LaunchSurface, PARAMETER, Start, Step } from '../../../src/engine/surfaces/surface';
import { LAUNCH_SURFACES, surfaceOf } from '../../../src/engine/surfaces/surfaces';
import { allowedValuesOf, isInSpecification, isOfType, placeOf, propertiesNamed } from '../../support/specification';

/** Rows whose settings CloudFormation's schema does not spell out. */
const BEYOND_SPECIFICATION: Record<string, string> = {
  'AWS::ElasticBeanstalk::ConfigurationTemplate': 'an option setting: name and value are data',
  'AWS::ElasticBeanstalk::Environment': 'an option setting: name and value are data',
  'AWS::EMR::SecurityConfiguration': 'the security configuration is JSON text',
  'AWSQS::Kubernetes::Resource': 'a type of the public registry, and the manifest is text',
  'Custom::AWSCDK-EKS-KubernetesPatch': 'a custom resource of CDK, and the patch is JSON text',
  'Custom::AWSCDK-EKS-KubernetesResource': 'a custom resource of CDK, and the manifest is JSON text',
};

/** Names that look like an IMDS setting and decide nothing about version 1, the hop limit or the endpoint. */
const LOOK_ALIKES = [
  'AWS::Batch::ComputeEnvironment ComputeResources.ManagedInstancesProvider.InstanceLaunchTemplate.InstanceMetadataTagsPropagation', // tags alone
  'AWS::ECS::CapacityProvider ManagedInstancesProvider.InstanceLaunchTemplate.InstanceMetadataTagsPropagation', // tags alone
  'AWS::EC2::Instance MetadataOptions.InstanceMetadataTags', // tags alone; kept as the author wrote it
  'AWS::EC2::LaunchTemplate LaunchTemplateData.MetadataOptions.InstanceMetadataTags', // tags alone
  'AWS::WorkspacesInstances::WorkspaceInstance ManagedInstance.MetadataOptions.InstanceMetadataTags', // tags alone
];

const SETTING = /^(HttpTokens|HttpPutResponseHopLimit|HttpEndpoint|MinimumInstanceMetadataServiceVersion|DisableIMDSV1)$/i;
const LOOKS_LIKE_SETTING = /imds|metadata_?options|instance_?metadata|metadata_?(service|defaults)|http_?tokens|hop_?limit/i;

const rows = LAUNCH_SURFACES.map(row => [row.type, row] as const);
const specified = rows.filter(([type]) => !Object.hasOwn(BEYOND_SPECIFICATION, type));
const withSettings = specified.filter(([, row]) => row.container);

describe('CloudFormation\'s own specification', () => {
  test('has no IMDS setting without a row, and every setting of a row', () => {
    expect(propertiesNamed(SETTING)).toEqual(withSettings.flatMap(([, row]) => settingsOf(row).map(path => `${row.type} ${dotted(path)}`)).sort());
  });

  test('has nothing that looks like an IMDS setting but what is known', () => {
    const containers = withSettings.filter(([, row]) => row.container!.length > 0).map(([type, row]) => `${type} ${dotted(row.container!)}`);
    const known = [...propertiesNamed(SETTING), ...containers, ...LOOK_ALIKES];

    expect(propertiesNamed(LOOKS_LIKE_SETTING).filter(each => !known.includes(each))).toEqual([]);
  });

  test('still has every look-alike, so that the list of them does not grow old', () => {
    expect(propertiesNamed(LOOKS_LIKE_SETTING)).toEqual(expect.arrayContaining(LOOK_ALIKES));
  });

  test.each(rows.filter(([type]) => type.startsWith('AWS::')))('knows %s', type => {
    expect(isInSpecification(type)).toBe(true);
  });

  test.each(specified)('has every path in the row of %s', (type, row) => {
    const paths = pathsOf(row);
    const missing = paths.filter(path => placeOf(type, path) === undefined || !placeOf(type, path)!.followsLists);

    expect(missing.map(dotted)).toEqual([]);
  });

  test('has no kind of managed instances without a row that says so', () => {
    const managed = rows.filter(([, row]) => row.serviceManaged).map(([type]) => type);

    expect([...new Set(propertiesNamed(/^ManagedInstancesProvider$/).map(each => each.split(' ')[0]))]).toEqual(managed);
  });

  test.each(rows.filter(([, row]) => row.launchesNothing))('names every mode in the row of %s, where it lists them', (type, row) => {
    const unlisted = row.launchesNothing!.flatMap(({ path, values }) => {
      const { property: { documentation = '' } } = placeOf(type, path)!;
      return values.filter(value => !documentation.toUpperCase().includes(`\`${value.toUpperCase()}\``));
    });

    expect(unlisted).toEqual([]);
  });

  test.each(withSettings)('accepts the values that are written to %s', (type, row) => {
    const tokens = placeOf(type, [...row.container!, row.tokens!.key])!;
    expect(allowedValuesOf(tokens) ?? [row.tokens!.required]).toContain(row.tokens!.required);
    expect(isOfType(tokens, typeof row.tokens!.required as 'string' | 'boolean')).toBe(true);
    if (row.endpoint) {
      expect(allowedValuesOf(placeOf(type, [...row.container!, row.endpoint])!) ?? ['enabled', 'disabled']).toEqual(expect.arrayContaining(['enabled', 'disabled']));
    }
    if (row.hopLimit) {
      expect(isOfType(placeOf(type, [...row.container!, row.hopLimit])!, 'integer', 'number')).toBe(true);
    }
  });

  test.each(withSettings)('agrees with the row of %s on whether an edit replaces the resource', (type, row) => {
    const replaces = settingsOf(row).map(path => placeOf(type, path)!.replaces);

    expect(new Set(replaces)).toEqual(new Set([row.replacement !== undefined]));
  });

  test.each(specified.filter(([, row]) => row.follows))('agrees with the row of %s on whether a change of the reference replaces the resource', (type, row) => {
    const differing = row.follows!.filter(({ path, createOnly }) => {
      const { replaces, mayReplace } = placeOf(type, path)!;
      return replaces !== (createOnly === true) || mayReplace !== (typeof createOnly === 'object');
    });

    expect(differing.map(({ path }) => dotted(path))).toEqual([]);
  });

  test.each(Object.keys(BEYOND_SPECIFICATION).filter(type => type.startsWith('AWS::')))('has the first step of %s, which goes beyond it', type => {
    const { container, replacement } = surfaceOf(type)!;
    const place = placeOf(type, [container![0]])!;

    expect(place.replaces).toBe(replacement !== undefined);
    expect(isOfType(place, 'array', 'json', 'string')).toBe(true);
  });

  test('has namespace, name and value in an option setting of Elastic Beanstalk', () => {
    for (const type of ['AWS::ElasticBeanstalk::ConfigurationTemplate', 'AWS::ElasticBeanstalk::Environment']) {
      for (const key of ['Namespace', 'OptionName', 'Value']) {
        expect(placeOf(type, ['OptionSettings', { where: {} }, key])).toBeDefined();
      }
    }
  });
});

describe('the table', () => {
  test('has one row a type, sorted by type', () => {
    const types = LAUNCH_SURFACES.map(({ type }) => type);

    expect(types).toEqual([...new Set(types)].sort());
  });

  test('is found by type', () => {
    expect(surfaceOf('AWS::EC2::Instance')).toMatchObject({ container: ['MetadataOptions'] });
    expect(surfaceOf('AWS::S3::Bucket')).toBeUndefined();
    expect(surfaceOf('constructor')).toBeUndefined();
  });

  test.each(rows)('names a page for every place of %s', (_, row) => {
    for (const { page } of placesOf(row)) {
      const { protocol, hostname } = new URL(page);

      expect(protocol).toBe('https:');
      expect(['docs.aws.amazon.com', 'karpenter.sh', 'github.com']).toContain(hostname);
    }
  });

  test.each(rows)('says of %s either why there is no control or where it is', (_, { noControl, container, follows, starts, calls }) => {
    expect(noControl !== undefined).toBe(!container && !follows && !starts && !calls);
  });

  test.each(rows.filter(([, row]) => row.container))('says of %s what the safe value is', (_, { tokens }) => {
    expect(tokens).toBeDefined();
  });

  test.each(rows.filter(([, row]) => row.follows))('says of %s where its references lead, and what decides without one', (_, { follows, otherwise, container, onlyWhereWritten }) => {
    expect(follows!.map(({ to }) => surfaceOf(to)?.type)).toEqual(follows!.map(({ to }) => to));
    expect(otherwise !== undefined).toBe(!container || onlyWhereWritten === true);
  });

  test.each(rows.filter(([, row]) => row.silence))('names a page of AWS for every default of %s', (_, { silence }) => {
    silence!.forEach(({ page }) => expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/[^?]+\.html/));
  });

  test.each(rows.filter(([, row]) => row.attach))('has one launch template to attach to %s, by keys', (_, { follows }) => {
    expect(follows![0].keys).toBeDefined();
    expect(follows![0].path.every(step => typeof step === 'string')).toBe(true);
  });
});

/** Every path that the columns of a row name. */
function pathsOf(row: LaunchSurface): Step[][] {
  const { follows = [], uncontrolled = [], launchesNothing = [], serviceManaged = [], silence = [] } = row;
  const { userData, instanceProfile, nameProperty, hopsNeededWith, attach, starts = [] } = row;
  const names = [nameProperty, hopsNeededWith].filter(name => name !== undefined);
  const beside = follows[0]?.path.slice(0, -1) ?? [];
  return [
    ...settingsOf(row),
    ...follows.flatMap(({ path, keys }) => keys ? Object.values(keys).map(key => [...path, key]) : [[...path]]),
    ...starts.flatMap(waysOf),
    ...uncontrolled.map(({ path }) => [...path]),
    ...[...launchesNothing, ...serviceManaged, ...silence].map(({ path }) => [...path]),
    ...[userData, instanceProfile].flatMap(path => path ? [[...path]] : []),
    ...names.map(name => [name]),
    ...follows.flatMap(({ createOnly }) => typeof createOnly === 'object' ? [[createOnly.unlessFalse]] : []),
    ...(attach?.conflicts ?? []).map(name => [...beside, name]),
  ];
}

function waysOf({ at, isMap, document, placeholdersIn, parameters = [], openWith = [] }: Start): Step[][] {
  if (isMap) { return [[...at]]; }
  return [document, ...placeholdersIn ? [placeholdersIn] : [], ...parameters, ...openWith].filter(isSpelledOut).map(way => [...at, ...way]);
}

/** Whether the schema has the whole of a way, which leads into no JSON of any shape. */
function isSpelledOut(path: readonly Step[]): boolean {
  return !path.some(step => step === JSON_TEXT || (typeof step === 'string' && step.includes(PARAMETER)));
}

function settingsOf({ container, tokens, hopLimit, endpoint }: LaunchSurface): Step[][] {
  return container ? [tokens?.key, hopLimit, endpoint].flatMap(key => key === undefined ? [] : [[...container, key]]) : [];
}

function dotted(path: readonly Step[]): string {
  return path.filter(step => typeof step === 'string').join('.');
}
