import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Finding } from '../../../src/engine/findings/finding';
import { fingerprintOf, fingerprintsOf } from '../../../src/engine/findings/fingerprint';
import { hash } from '../../../src/engine/text/hash';

const FINDING: Finding = {
  rule: 'imdsv1-allowed', verdict: 'violation', logicalId: 'I', type: 'AWS::EC2::Instance', path: 'Properties.MetadataOptions.HttpTokens', values: ['optional'], reason: 'r', fix: 'f', page: 'p',
};
const PLACE = { file: 'cdk.out/App.template.json', stack: 'App' };
const of = (...findings: Partial<Finding>[]): string[] => fingerprintsOf(findings.map(each => ({ finding: { ...FINDING, ...each }, place: PLACE })));

test.each([
  ['', 'cbf29ce484222325'], ['a', 'af63dc4c8601ec8c'], ['foobar', '85944171f73967e8'], ['hello', 'a430d84680aabd0b'],
])('the hash of %p is the published one of FNV-1a', (text, expected) => expect(hash(text)).toBe(expected));

test('the hash is what big numbers make of it', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
    let expected = 0xcbf29ce484222325n;
    // eslint-disable-next-line no-bitwise
    for (const byte of Buffer.from(text)) { expected = BigInt.asUintN(64, (expected ^ BigInt(byte)) * 0x100000001b3n); }

    expect(hash(text)).toBe(expected.toString(16).padStart(16, '0'));
  }));
});

test('20,000 findings have 20,000 fingerprints', () => {
  const texts = Array.from({ length: 20_000 }, (_, i) => JSON.stringify(['imdsv1-allowed', `Stack${i % 500}`, createHash('md5').update(String(i)).digest('hex')]));
  expect(new Set(texts.map(hash)).size).toBe(texts.length);
});

test.each<Partial<Finding>>([{ rule: 'imdsv2-not-required' }, { logicalId: 'J' }, { path: 'Properties' }])('another %j has another fingerprint', other => {
  expect(of(other)).not.toEqual(of({}));
});

test.each<Partial<Finding>>([{ reason: 'other words' }, { values: [] }, { fix: 'g' }, { page: 'q' }, { constructPath: 'App/I' }, { type: 'T' }, { verdict: 'advice' }])(
  'another %j has the same', other => expect(of(other)).toEqual(of({})),
);

test('ids keep apart what they hold together', () => {
  const [a, b] = [{ logicalId: 'A,B', path: 'C' }, { logicalId: 'A', path: 'B,C' }].map(each => fingerprintOf({ ...FINDING, ...each }, 'App'));
  expect(a).not.toBe(b);
});

test('a stack is known by its name, wherever its file is', () => {
  const [here, moved] = [PLACE, { ...PLACE, file: 'build/out/App.template.json' }].map(place => fingerprintsOf([{ finding: FINDING, place }]));
  expect(moved).toEqual(here);
});

test('a template of no stack is known by its address, whatever its name', () => {
  const places = ['a/host.yaml', 'b/host.yaml', 'a/host.yaml#Set'].map(address => ({ file: address.split('#')[0], stack: 'host', address }));
  const fingerprints = places.flatMap(place => fingerprintsOf([{ finding: FINDING, place }]));
  expect(new Set(fingerprints).size).toBe(3);
  expect(fingerprintsOf([{ finding: FINDING, place: { ...places[0], stack: 'other' } }])).toEqual([fingerprints[0]]);
});

test('what is the same is numbered', () => {
  const [one] = of({});
  expect(of({}, { rule: 'imdsv1-call' }, { values: ['x'] }, {})).toEqual([one, expect.not.stringContaining(one), `${one}-3`, `${one}-2`]);
});

test('each finding keeps its fingerprint in any order', () => {
  const word = fc.constantFrom('a', 'b', 'c');
  const findings = fc.array(fc.record({ logicalId: word, path: word, reason: word, values: fc.array(word, { maxLength: 1 }) }), { maxLength: 12 });
  const twice = findings.chain(each => fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length })));
  fc.assert(fc.property(twice, ([some, shuffled]) => {
    const [before, after] = [some, shuffled].map(each => {
      const fingerprints = of(...each);
      return each.map((finding, i) => `${JSON.stringify(finding)} ${fingerprints[i]}`).sort();
    });

    expect(after).toEqual(before);
    expect(new Set(of(...some)).size).toBe(some.length);
  }));
});
