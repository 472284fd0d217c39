import { LaunchSurface } from '../../../src/engine/surfaces/surface';
import { surfaceOf } from '../../../src/engine/surfaces/surfaces';
import { LaunchReferences, hopsNeeded } from '../../../src/engine/templates/launch-references';

const by = (id: string, version: unknown = '1'): object => ({ LaunchTemplateId: { Ref: id }, Version: version });
const latestOf = (id: string): object => by(id, { 'Fn::GetAtt': [id, 'LatestVersionNumber'] });

type Resource = readonly [address: string, type: string, properties?: unknown];

function connected(...resources: readonly Resource[]): LaunchReferences {
  const connections = new LaunchReferences();
  resources.forEach(([address, type, properties]) => connections.add({ address, surface: surfaceOf(type)!, properties }));
  return connections;
}

const targets = (connections: LaunchReferences, address: string): Array<string | undefined> => connections.from(address).map(({ to }) => to?.address);
const referrers = (connections: LaunchReferences, address: string): string[] => connections.to(address).map(({ from }) => from.address);

const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const INSTANCE = 'AWS::EC2::Instance';

describe('who refers to whom', () => {
  test('is told both ways, whichever comes first', () => {
    const connections = connected(['I', INSTANCE, { LaunchTemplate: by('T') }], ['T', TEMPLATE]);

    expect(targets(connections, 'I')).toEqual(['T']);
    expect(referrers(connections, 'T')).toEqual(['I']);
    expect(connections.get('T')).toMatchObject({ address: 'T' });
  });

  test.each([
    [TEMPLATE, { LaunchTemplateName: 'web' }, INSTANCE, { LaunchTemplate: { LaunchTemplateName: 'web' } }],
    ['AWS::AutoScaling::LaunchConfiguration', { LaunchConfigurationName: 'web' }, 'AWS::AutoScaling::AutoScalingGroup', { LaunchConfigurationName: 'web' }],
    ['AWS::EMR::SecurityConfiguration', { Name: 'web' }, 'AWS::EMR::Cluster', { SecurityConfiguration: 'web' }],
  ])('%s is found by the name in %j', (type, properties, consumer, reference) => {
    const connections = connected(['C', consumer, reference], ['T', type, properties]);

    expect(targets(connections, 'C')).toEqual(['T']);
    expect(referrers(connections, 'T')).toEqual(['C']);
  });

  test('keeps names of different types apart', () => {
    const connections = connected(
      ['T', TEMPLATE, { LaunchTemplateName: 'web' }], ['L', 'AWS::AutoScaling::LaunchConfiguration', { LaunchConfigurationName: 'web' }],
      ['I', INSTANCE, { LaunchTemplate: { LaunchTemplateName: 'web' } }],
    );

    expect(targets(connections, 'I')).toEqual(['T']);
    expect(referrers(connections, 'L')).toEqual([]);
  });

  test('tells unnamed templates apart', () => {
    const connections = connected(['T', TEMPLATE, {}], ['U', TEMPLATE, { LaunchTemplateName: { Ref: 'P' } }], ['I', INSTANCE, { LaunchTemplate: by('U') }]);

    expect(targets(connections, 'I')).toEqual(['U']);
    expect(referrers(connections, 'T')).toEqual([]);
  });

  test('does not take a resource of another type, or one that is not there, for the target', () => {
    const connections = connected(['I', INSTANCE, { LaunchTemplate: by('J') }], ['J', INSTANCE], ['K', INSTANCE, { LaunchTemplate: by('X') }]);

    expect(targets(connections, 'I')).toEqual([undefined]);
    expect(targets(connections, 'K')).toEqual([undefined]);
    expect(referrers(connections, 'J')).toEqual([]);
  });

  test('forgets what a resource referred to before it changed', () => {
    const connections = connected(['T', TEMPLATE], ['U', TEMPLATE], ['I', INSTANCE, { LaunchTemplate: latestOf('T') }], ['I', INSTANCE, { LaunchTemplate: latestOf('U') }]);

    expect(referrers(connections, 'T')).toEqual([]);
    expect(referrers(connections, 'U')).toEqual(['I']);
    expect(connections.replacedByEditOf('T')).toEqual([]);
  });

  test('forgets the name that a resource had before it changed', () => {
    const connections = connected(['T', TEMPLATE, { LaunchTemplateName: 'web' }], ['I', INSTANCE, { LaunchTemplate: { LaunchTemplateName: 'web' } }]);
    expect(targets(connections, 'I')).toEqual(['T']);

    connections.add({ address: 'T', surface: surfaceOf(TEMPLATE)!, properties: { LaunchTemplateName: 'shop' } });

    expect(targets(connections, 'I')).toEqual([undefined]);
    expect(referrers(connections, 'T')).toEqual([]);
  });

  test('knows whether a resource has anything to do with others', () => {
    const connections = connected(['T', TEMPLATE], ['N', TEMPLATE, { LaunchTemplateName: 'web' }], ['U', TEMPLATE], ['I', INSTANCE, { LaunchTemplate: by('T') }], ['J', INSTANCE, { LaunchTemplate: { LaunchTemplateName: 'web', Version: { 'Fn::GetAtt': ['V', 'LatestVersionNumber'] } } }], ['K', INSTANCE]);

    expect(['T', 'N', 'I', 'J', 'V'].filter(each => !connections.has(each))).toEqual([]);
    expect(['U', 'K', 'X'].filter(each => connections.has(each))).toEqual([]);
  });

  test('tells each way in which a resource refers to another', () => {
    const overrides = [1, 2].map(() => ({ LaunchTemplateSpecification: by('T') }));
    const connections = connected(['T', TEMPLATE], ['F', 'AWS::EC2::SpotFleet', { SpotFleetRequestConfigData: { LaunchTemplateConfigs: overrides } }]);

    expect(targets(connections, 'F')).toEqual(['T', 'T']);
    expect(referrers(connections, 'T')).toEqual(['F', 'F']);
  });

  test('knows nothing of an address that was not added', () => {
    const connections = connected();

    expect([connections.get('X'), connections.from('X'), connections.to('X'), connections.replacedByEditOf('X')]).toEqual([undefined, [], [], []]);
  });
});

describe('an edit of a launch template', () => {
  const replaced = (...resources: readonly Resource[]): string[] => (
    connected(['T', TEMPLATE], ...resources).replacedByEditOf('T').map(({ address }) => address)
  );

  test('replaces an instance that is pinned to its latest version', () => expect(replaced(['I', INSTANCE, { LaunchTemplate: latestOf('T') }])).toEqual(['I']));
  test('replaces a fleet that is', () => {
    expect(replaced(['F', 'AWS::EC2::EC2Fleet', { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: latestOf('T') }] }])).toEqual(['F']);
  });
  test('replaces no instance with a fixed version', () => expect(replaced(['I', INSTANCE, { LaunchTemplate: by('T') }])).toEqual([]));
  test('replaces no instance with $Latest', () => expect(replaced(['I', INSTANCE, { LaunchTemplate: by('T', '$Latest') }])).toEqual([]));
  test('replaces no group, which is updated in place', () => {
    expect(replaced(['G', 'AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: latestOf('T') }])).toEqual([]);
  });
});

describe('the hops that a launch template needs', () => {
  const needed = (...resources: readonly Resource[]): number => (
    hopsNeeded(connected(['T', TEMPLATE], ['G', 'AWS::AutoScaling::AutoScalingGroup', { LaunchTemplate: by('T') }], ...resources), 'T')
  );

  test('are 1 for a plain group', () => expect(needed()).toBe(1));
  test('are 2 for Batch', () => expect(needed(['B', 'AWS::Batch::ComputeEnvironment', { ComputeResources: { LaunchTemplate: by('T') } }])).toBe(2));
  test('are 2 for ECS behind a group', () => {
    expect(needed(['E', 'AWS::ECS::CapacityProvider', { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'G' } } }])).toBe(2);
  });
  test('are 1 for EKS', () => expect(needed(['N', 'AWS::EKS::Nodegroup', { LaunchTemplate: { Id: { Ref: 'T' } } }])).toBe(1));

  test.each([[{ ContainerRecipeArn: 'arn' }, 2], [{ ContainerRecipeArn: { Ref: 'AWS::NoValue' } }, 1], [{ ImageRecipeArn: 'arn' }, 1]])('for an image pipeline with %j are %s', (recipe, hops) => {
    const connections = connected(
      ['C', 'AWS::ImageBuilder::InfrastructureConfiguration'],
      ['P', 'AWS::ImageBuilder::ImagePipeline', { InfrastructureConfigurationArn: { Ref: 'C' }, ...recipe }],
    );

    expect(hopsNeeded(connections, 'C')).toBe(hops);
  });

  test('are found where launchers refer to each other in a circle', () => {
    const surface: LaunchSurface = { type: 'A', page: '', follows: [{ path: ['Next'], to: 'A' }], hopsNeeded: 2 };
    const connections = new LaunchReferences();
    ['X', 'Y', 'Z'].forEach((address, i, all) => connections.add({ address, surface, properties: { Next: { Ref: all[(i + 1) % 3] } } }));

    expect(hopsNeeded(connections, 'X')).toBe(2);
  });
});

describe('of many resources', () => {
  /** Counts how often launchers are looked at while everybody is asked for both ways. */
  function looksFor(pairs: number, reference: (i: number) => object, name?: (i: number) => string): number {
    const connections = new LaunchReferences();
    let looks = 0;
    const add = (address: string, type: string, properties: unknown): void => connections.add({
      address, properties, get surface() { looks++; return surfaceOf(type)!; },
    });
    const indices = Array.from({ length: pairs }, (_, i) => i);
    indices.forEach(i => {
      add(`T${i}`, TEMPLATE, name && { LaunchTemplateName: name(i) });
      add(`I${i}`, INSTANCE, { LaunchTemplate: reference(i) });
    });
    indices.forEach(i => {
      expect(targets(connections, `I${i}`)).toHaveLength(1);
      expect(connections.to(`T${i}`).length).toBeGreaterThan(0);
    });
    return looks;
  }

  test.each<[string, (i: number) => object, ((i: number) => string) | undefined]>([
    ['by address', i => by(`T${i}`), undefined],
    ['by name', i => ({ LaunchTemplateName: `web${i}` }), i => `web${i}`],
  ])('each pair is looked at as often as few are: %s', (_, reference, name) => {
    expect(looksFor(2_000, reference, name) / 2_000).toBe(looksFor(20, reference, name) / 20);
  });

  test('each consumer of one template is looked at as often as one of few', () => {
    const looksAtConsumers = (count: number): number => {
      let looks = 0;
      const connections = connected(['T', TEMPLATE]);
      Array.from({ length: count }, (_, i) => connections.add({
        address: `I${i}`, properties: { LaunchTemplate: by('T') }, get surface() { looks++; return surfaceOf(INSTANCE)!; },
      }));
      expect(connections.to('T')).toHaveLength(count);
      return looks / count;
    };

    expect(looksAtConsumers(2_000)).toBe(looksAtConsumers(20));
  });
});
