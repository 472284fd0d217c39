import { TemplateSource } from '../../../src/engine/evaluator/source';
import { judge, judgeAll } from '../../../src/engine/judge/judge';
import { by, instance, NO_VALUE, REQUIRED, template } from '../../support/verdicts';

/** Counts how often the parts of a value are read: the work that judging takes, whatever the machine. */
class Reads {
  public count = 0;
  private readonly proxies = new WeakMap<object, object>();

  public of<T>(value: T): T {
    if (typeof value !== 'object' || value === null) { return value; }
    const proxy = this.proxies.get(value) ?? new Proxy(value, {
      get: (target, key) => {
        this.count++;
        return this.of(Reflect.get(target, key) as unknown);
      },
    });
    this.proxies.set(value, proxy);
    return proxy as T;
  }
}

const indices = (length: number): number[] => Array.from({ length }, (_, i) => i);
const resources = (count: number, of: (i: number) => object): object => Object.assign({}, ...indices(count).map(of)) as object;
const LATEST = (i: number): object => ({ 'Fn::GetAtt': [`T${i}`, 'LatestVersionNumber'] });

function readsOf(sources: readonly TemplateSource[]): number {
  const reads = new Reads();
  judgeAll(sources.map(each => ({ ...each, template: reads.of(each.template) })));
  return reads.count;
}

describe('the work of judging grows as the template does, not faster', () => {
  const kinds: ReadonlyArray<[string, (i: number) => object]> = [
    ['instances with a template each', i => ({ [`T${i}`]: template(REQUIRED), [`I${i}`]: instance({ LaunchTemplate: by(`T${i}`, LATEST(i)) }) })],
    ['instances with a template each, by name', i => ({
      [`T${i}`]: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateName: `web${i}`, LaunchTemplateData: { MetadataOptions: REQUIRED } } },
      [`I${i}`]: instance({ LaunchTemplate: { LaunchTemplateName: `web${i}`, Version: '$Latest' } }),
    })],
    ['instances with a weak template each', i => ({ [`T${i}`]: template({}), [`I${i}`]: instance({ LaunchTemplate: by(`T${i}`), MetadataOptions: { HttpPutResponseHopLimit: 1 } }) })],
    ['instances of one template', i => ({ T0: template({}), [`I${i}`]: instance({ LaunchTemplate: by('T0'), MetadataOptions: REQUIRED }) })],
    ['instances under conditions', i => ({ [`T${i}`]: template({ HttpEndpoint: 'disabled' }), [`I${i}`]: instance({ LaunchTemplate: { 'Fn::If': ['C', by(`T${i}`), NO_VALUE] }, MetadataOptions: { 'Fn::If': ['C', {}, REQUIRED] } }, { Condition: 'D' }) })],
  ];

  test.each(kinds)('%s', (_, of) => {
    const reads = (count: number): number => readsOf([{ id: '', template: { Resources: resources(count, of) } }]);

    expect(reads(400) / reads(200)).toBeLessThan(2.05);
    expect(reads(400) / reads(200)).toBeGreaterThan(1.5);
  });

  test('one fleet of many templates', () => {
    const reads = (count: number): number => readsOf([{
      id: '',
      template: {
        Resources: {
          ...resources(count, i => ({ [`T${i}`]: template(REQUIRED) })),
          F: { Type: 'AWS::EC2::EC2Fleet', Properties: { LaunchTemplateConfigs: indices(count).map(i => ({ LaunchTemplateSpecification: by(`T${i}`), Overrides: [{ MetadataOptions: REQUIRED }] })) } },
        },
      },
    }]);

    expect(reads(200) / reads(100)).toBeLessThan(2.05);
  });

  test('templates that import from each other', () => {
    const sources = (count: number): TemplateSource[] => indices(count).map(i => ({
      id: `s${i}`,
      template: {
        Resources: { T: template(REQUIRED), I: instance({ LaunchTemplate: { LaunchTemplateId: { 'Fn::ImportValue': `x${count - 1 - i}` }, Version: '$Latest' } }) },
        Outputs: { Out: { Value: { Ref: 'T' }, Export: { Name: `x${i}` } } },
      },
    }));

    expect(readsOf(sources(200)) / readsOf(sources(100))).toBeLessThan(2.05);
  });
});

test('2,000 linked pairs are all told apart', () => {
  const pairs = resources(2_000, i => ({ [`T${i}`]: template(i % 2 ? REQUIRED : {}), [`I${i}`]: instance({ LaunchTemplate: by(`T${i}`) }) }));
  const { resources: examined } = judge({ Resources: pairs });

  expect(examined).toHaveLength(4_000);
  expect(examined.filter(({ logicalId, verdict }) => verdict !== (Number(logicalId.slice(1)) % 2 ? 'compliant' : 'violation'))).toEqual([]);
});
