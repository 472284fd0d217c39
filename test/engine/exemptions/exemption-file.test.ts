import { exemptionsFrom, isAboutResource, isAboutTemplate } from '../../../src/engine/exemptions/exemption-file';

const ENTRY = { logicalId: 'Bastion', reason: 'r', owner: 'o', until: '2026-09-30' };
const from = (...exemptions: unknown[]): ReturnType<typeof exemptionsFrom> => exemptionsFrom({ exemptions }, 'exemptions.yaml');

test('entries are read, with the file that they are from', () => {
  const whole = { ...ENTRY, file: 'legacy/*.yaml', stack: 'Legacy', allow: ['imdsv1-allowed'] };
  expect(from(ENTRY, whole)).toEqual({ exemptions: [{ ...ENTRY, from: 'exemptions.yaml' }, { ...whole, from: 'exemptions.yaml' }], problems: [] });
  expect(from()).toEqual({ exemptions: [], problems: [] });
});

test.each([null, undefined, 'text', [], {}, { exemptions: {} }, { exemptions: null }, { exemptions: [], version: 1 }])('%j holds no list', parsed => {
  expect(exemptionsFrom(parsed, 'f')).toEqual({ exemptions: [], problems: ['a list called \'exemptions\' was expected, and nothing else'] });
});

test.each<[string, object]>([
  ['an object was expected, got "x"', 'x' as any],
  ['there is no "ower"; there are file, stack, logicalId, reason, owner, until, allow', { ower: 'o' }],
  ['\'logicalId\' must be a text, with * for any characters, got undefined', { logicalId: undefined }],
  ['\'logicalId\' must be a text', { logicalId: '' }],
  ['\'file\' must be a text, with * for any characters, got 7', { file: 7 }],
  ['\'stack\' must be a text', { stack: '' }],
  ['this would exempt everything', { logicalId: '*' }],
  ['this would exempt everything', { logicalId: '**', file: '*', stack: '*' }],
  ['\'reason\' must say why', { reason: '' }],
  ['\'owner\' must name who answers', { owner: undefined }],
  ['\'until\' must be a day that exists', { until: '2026-02-30' }],
  ['\'until\' must be a text; put the date in quotes', { until: new Date('2026-09-30') }],
  ['\'allow\' takes ids of rules about a resource, got "imdsv1-alowed"; did you mean "imdsv1-allowed"?', { allow: ['imdsv1-alowed'] }],
])('%s', (problem, options) => {
  const entry = typeof options === 'string' ? options : { ...ENTRY, ...options };
  const { exemptions, problems } = from(ENTRY, entry);
  expect(problems).toEqual([expect.stringContaining(`exemptions[1]: ${problem}`)]);
  expect(exemptions).toEqual([]); // one mistake, and nothing is exempt
});

test.each([{ logicalId: '*', file: 'legacy/*' }, { logicalId: '*', stack: 'Legacy' }, { logicalId: 'Bastion*' }])('%j is narrow enough', options => {
  expect(from({ ...ENTRY, ...options }).problems).toEqual([]);
});

test('every mistake is told', () => {
  expect(from({ ...ENTRY, owner: '' }, ENTRY, 7).problems).toEqual([expect.stringMatching(/^exemptions\[0\]: /), expect.stringMatching(/^exemptions\[2\]: /)]);
});

describe('an entry is about', () => {
  const [about] = from({ ...ENTRY, logicalId: 'Bastion*', file: './legacy/*.yaml', stack: 'legacy/*' }).exemptions;
  const template = { file: 'legacy/hosts.yaml', stack: 'legacy/hosts.yaml' };

  test('templates whose file and stack match', () => {
    expect(isAboutTemplate(about, template)).toBe(true);
    expect(isAboutTemplate(about, { ...template, file: './legacy/hosts.yaml' })).toBe(true);
    expect(isAboutTemplate(about, { ...template, file: 'hosts.yaml' })).toBe(false);
    expect(isAboutTemplate(about, { ...template, stack: 'Other' })).toBe(false);
    expect(isAboutTemplate(from(ENTRY).exemptions[0], template)).toBe(true);
  });

  test('resources whose logical id matches', () => {
    expect([isAboutResource(about, 'BastionHost'), isAboutResource(about, 'Host')]).toEqual([true, false]);
    expect(['Bastion', 'Bastion#1'].map(each => isAboutResource(from(ENTRY).exemptions[0], each))).toEqual([true, false]);
  });
});
