import { TemplateSource } from '../../../src/engine/evaluator/source';
import { judgeAll, Judgement } from '../../../src/engine/judge/judge';
import { instance, REQUIRED, template, verdictsIn } from '../../support/verdicts';

const HERE = 'aws://111111111111/eu-central-1';
const THERE = 'aws://222222222222/eu-central-1';
const VERSIONS = { ProvisioningArtifactParameters: [{ Name: 'v1', Info: { LoadTemplateFromURL: 'u' } }] };

const product = (properties: object = VERSIONS): object => ({ Type: 'AWS::ServiceCatalog::CloudFormationProduct', Properties: { Name: 'hosts', ...properties } });
const provisioned = (properties: object): object => ({ Type: 'AWS::ServiceCatalog::CloudFormationProvisionedProduct', Properties: properties });
const REF = { ProductId: { Ref: 'Product' }, ProvisioningArtifactName: 'v1' };

/** A template, and what is inside its product. */
const stack = (resources: object, { inside = { T: template(REQUIRED) } as object, children = ['inside'], ...more }: Partial<Omit<TemplateSource, 'children'>> & { inside?: object; children?: string[] } = {}): TemplateSource[] => [
  { id: 'stack', template: { Resources: resources }, children: new Map([['Product', children]]), ...more },
  { id: 'inside', template: { Parameters: { Tokens: { Default: 'required' } }, Resources: inside, Outputs: { Template: { Value: { Ref: 'T' } } } } },
];
const judged = (sources: readonly TemplateSource[], id = 'stack'): Judgement => judgeAll(sources).get(id)!;
const isFollowed = (sources: readonly TemplateSource[]): boolean => verdictsIn(judged(sources)).P === undefined;

describe('a provisioned product', () => {
  test.each<[string, object]>([
    ['id', REF],
    ['id, whatever the version', { ProductId: { Ref: 'Product' }, ProvisioningArtifactId: { Ref: 'Version' } }],
    ['id, in both branches', { ProductId: { 'Fn::If': ['C', { Ref: 'Product' }, { 'Fn::GetAtt': ['Product', 'Ref'] }] }, ProvisioningArtifactName: 'v1' }],
    ['name', { ProductName: 'hosts', ProvisioningArtifactName: 'v1' }],
    ['name that is put together', { ProductName: { 'Fn::Join': ['', ['ho', 'sts']] } }],
    ['name, as an attribute', { ProductName: { 'Fn::GetAtt': ['Product', 'ProductName'] } }],
  ])('has the templates of a product that it names by %s', (_, properties) => {
    expect(isFollowed(stack({ Product: product(), P: provisioned(properties) }))).toBe(true);
  });

  test.each<[string, object]>([
    ['by an id from elsewhere', { ProductId: 'prod-abc' }],
    ['by a parameter', { ProductId: { Ref: 'Other' } }],
    ['by a name that no product has', { ProductName: 'other', ProvisioningArtifactName: 'v1' }],
    ['perhaps', { ProductId: { 'Fn::If': ['C', { Ref: 'Product' }, 'prod-abc'] } }],
    ['by an attribute that is no id', { ProductId: { 'Fn::GetAtt': ['Product', 'ProductName'] } }],
    ['in a version made elsewhere', { ...REF, ProvisioningArtifactName: 'v2' }],
    ['not at all', {}],
    ['of another type', { ProductId: { Ref: 'P' } }],
  ])('that names one %s cannot be decided', (_, properties) => {
    expect(isFollowed(stack({ Product: product(), P: provisioned(properties) }))).toBe(false);
  });

  test('cannot be decided where a template of its product was not read', () => {
    expect(isFollowed(stack({ Product: product(), P: provisioned(REF) }, { children: ['inside', 'missing'] }))).toBe(false);
    expect(isFollowed(stack({ Product: product(), P: provisioned(REF) }, { children: [] }))).toBe(false);
  });

  test.each<[string, object[], boolean]>([
    ['all named otherwise', [{ Name: 'v1' }, { Name: 'v3' }], false],
    ['one of them without a name', [{ Name: 'v1' }, {}], true],
    ['one of them so named', [{ Name: 'v1' }, { Name: 'v2' }], true],
  ])('with a version of a product that has several, %s', (_, versions, expected) => {
    const several = { ProvisioningArtifactParameters: versions.map(each => ({ ...each, Info: { LoadTemplateFromURL: 'u' } })) };

    expect(isFollowed(stack({ Product: product(several), P: provisioned({ ...REF, ProvisioningArtifactName: 'v2' }) }))).toBe(expected);
  });

  test.each([[HERE, true], [THERE, false], [undefined, true]])('finds a product of another stack in its environment: %s', (environment, expected) => {
    const sources = [...stack({ Product: product() }, { environment: HERE }), { id: 'other', environment, template: { Resources: { P: provisioned({ ProductName: 'hosts' }) } } }];

    expect(verdictsIn(judged(sources, 'other')).P === undefined).toBe(expected);
  });

  test('finds a product that another stack exports', () => {
    const [one, inside] = stack({ Product: product() });
    const exporter = { ...one, template: { ...one.template as object, Outputs: { Id: { Value: { Ref: 'Product' }, Export: { Name: 'product' } } } } };
    const importing = (name: string): TemplateSource => ({ id: 'other', template: { Resources: { P: provisioned({ ProductId: { 'Fn::ImportValue': name } }) } } });

    expect(verdictsIn(judged([exporter, inside, importing('product')], 'other'))).toEqual({});
    expect(verdictsIn(judged([exporter, inside, importing('other')], 'other'))).toEqual({ P: 'cannot tell' });
  });

  test.each([['required', 'cannot tell'], ['optional', 'violation']])('gives %s to the parameters of the product, which others may provision, too', (value, verdict) => {
    const inside = { I: instance({ MetadataOptions: { HttpTokens: { Ref: 'Tokens' }, HttpPutResponseHopLimit: 1 } }) };
    const P = provisioned({ ...REF, ProvisioningParameters: [{ Key: 'Tokens', Value: value }] });

    expect(verdictsIn(judged(stack({ Product: product(), P }, { inside }), 'inside')).I).toBe(verdict);
  });

  test.each<[object, string]>([[REQUIRED, 'compliant'], [{}, 'violation']])('gives out what its product does: %j', (options, verdict) => {
    const I = instance({ LaunchTemplate: { LaunchTemplateId: { 'Fn::GetAtt': ['P', 'Outputs.Template'] }, Version: '$Latest' } });

    expect(verdictsIn(judged(stack({ Product: product(), P: provisioned(REF), I }, { inside: { T: template(options) } }))).I).toBe(verdict);
  });

  test('of its own product comes to an end', () => {
    const I = instance({ MetadataOptions: { HttpTokens: { Ref: 'Tokens' } } });
    const inside = { I, P: provisioned({ ProductName: 'hosts', ProvisioningParameters: [{ Key: 'Tokens', Value: { Ref: 'Tokens' } }] }) };

    expect(verdictsIn(judged(stack({ Product: product() }, { inside }), 'inside')).I).toBe('cannot tell');
  });
});

test.each([1, 8_000])('4,000 provisioned products are followed in linear time, of %d products with the name', count => {
  const products = Object.fromEntries(Array.from({ length: count }, (_, i) => [i === 0 ? 'Product' : `Product${i}`, product({})]));
  const P = Object.fromEntries(Array.from({ length: 4_000 }, (_, i) => [`P${i}`, provisioned({ ProductName: 'hosts' })]));
  const started = Date.now();

  expect(verdictsIn(judged(stack({ ...products, ...P }))).P0).toBe(count === 1 ? undefined : 'cannot tell');
  expect(Date.now() - started).toBeLessThan(2_000);
});
