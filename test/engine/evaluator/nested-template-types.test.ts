import { nestedTemplatesIn, nestedTemplateTypeOf, NESTED_TEMPLATE_TYPES } from '../../../src/engine/evaluator/nested-template-types';
import { EACH } from '../../../src/engine/surfaces/surface';
import { surfaceOf } from '../../../src/engine/surfaces/surfaces';
import { placeOf, propertiesNamed } from '../../support/specification';

/** The product has its template. */
const PROVISIONED = 'AWS::ServiceCatalog::CloudFormationProvisionedProduct';
const rows = NESTED_TEMPLATE_TYPES.map(row => [row.type, row] as const);

describe('the table', () => {
  test('has one row a type, sorted by type', () => {
    const types = NESTED_TEMPLATE_TYPES.map(({ type }) => type);

    expect(types).toEqual([...new Set(types)].sort());
  });

  test('is found by type', () => {
    expect(nestedTemplateTypeOf('AWS::CloudFormation::Stack')).toMatchObject({ url: ['TemplateURL'] });
    expect(nestedTemplateTypeOf('AWS::S3::Bucket')).toBeUndefined();
    expect(nestedTemplateTypeOf('constructor')).toBeUndefined();
  });

  test.each(rows)('says where the templates of %s are, as CloudFormation\'s specification has it', (type, { url, body }) => {
    const paths = [url, body].filter(path => path !== undefined);

    expect(paths.length > 0).toBe(type !== PROVISIONED);
    for (const path of paths) { expect(placeOf(type, path)).toMatchObject({ followsLists: true }); }
  });

  test.each(rows)('says where %s gives parameters, as CloudFormation\'s specification has it, or that somebody else chooses them', (type, { parameters, overrides, pair, leavesParameters }) => {
    const paths = [parameters, overrides].filter(path => path !== undefined);
    const names = pair ? paths.flatMap(path => Object.values(pair).map(name => [...path, EACH, name])) : paths;

    for (const path of names) { expect(placeOf(type, path)).toMatchObject({ followsLists: true }); }
    expect(paths.length > 0 && leavesParameters === true).toBe(false);
  });

  test.each(rows.filter(([, { parameters, leavesParameters }]) => !parameters && !leavesParameters))('has %s give none, since it has none to give', type => {
    expect(propertiesNamed(/Parameters$/).filter(name => name.startsWith(`${type} `))).toEqual([]);
  });

  test.each(rows)('says where %s is named, or names another row, as CloudFormation\'s specification has it', (type, { names, named }) => {
    const paths = [...names ? [[names.own], names.versions] : [], ...named ? [[named.id], [named.name], [named.version]] : []];

    for (const path of paths) { expect(placeOf(type, path)).toMatchObject({ followsLists: true }); }
    expect(named === undefined || nestedTemplateTypeOf(named.type)?.names !== undefined).toBe(true);
  });

  test.each(rows)('has %s launch nothing itself', type => {
    expect(surfaceOf(type)).toBeUndefined();
  });
});

describe('the templates of a resource', () => {
  const of = (type: string, properties: unknown): unknown => nestedTemplatesIn(nestedTemplateTypeOf(type)!, properties);

  test('are found by address and by text', () => {
    expect(of('AWS::CloudFormation::StackSet', { TemplateURL: 'u' })).toEqual([{ kind: 'url', path: ['TemplateURL'], value: 'u' }]);
    expect(of('AWS::CloudFormation::StackSet', { TemplateBody: 'b' })).toEqual([{ kind: 'body', path: ['TemplateBody'], value: 'b' }]);
  });

  test('are found in every element of a list', () => {
    const properties = { ProvisioningArtifactParameters: [{ Info: { LoadTemplateFromURL: 'a' } }, {}, { Info: { LoadTemplateFromURL: { Ref: 'b' } } }] };

    expect(of('AWS::ServiceCatalog::CloudFormationProduct', properties)).toEqual([
      { kind: 'url', path: ['ProvisioningArtifactParameters', 0, 'Info', 'LoadTemplateFromURL'], value: 'a' },
      { kind: 'url', path: ['ProvisioningArtifactParameters', 2, 'Info', 'LoadTemplateFromURL'], value: { Ref: 'b' } },
    ]);
  });

  test('are found in every branch', () => {
    expect(of('AWS::CloudFormation::Stack', { 'Fn::If': ['A', { TemplateURL: { 'Fn::If': ['B', 'x', { Ref: 'AWS::NoValue' }] } }, { TemplateURL: 'y' }] })).toEqual([
      { kind: 'url', path: ['Fn::If', 1, 'TemplateURL', 'Fn::If', 1], value: 'x' },
      { kind: 'url', path: ['Fn::If', 2, 'TemplateURL'], value: 'y' },
    ]);
  });

  test.each([undefined, null, 'text', [], { TemplateURL: null }, { Other: 'u' }])('are none where the properties are %j', properties => {
    expect(of('AWS::CloudFormation::Stack', properties)).toEqual([]);
  });
});
