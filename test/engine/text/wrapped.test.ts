import * as fc from 'fast-check';
import { wrapped } from '../../../src/engine/text/wrapped';

test('breaks at blanks', () => expect(wrapped('set the prop to true', 10)).toEqual(['set the', 'prop to', 'true']));

test('never breaks an address', () => expect(wrapped('see https://docs.aws.amazon.com/x or not', 10)).toEqual(['see', 'https://docs.aws.amazon.com/x', 'or not']));

test('loses nothing, and is too wide only where a word is', () => {
  fc.assert(fc.property(fc.string(), fc.integer({ min: 1, max: 90 }), (text, width) => {
    const lines = wrapped(text, width);
    expect(lines.join(' ')).toBe(text);
    for (const line of lines) { expect(line.length <= width || !line.includes(' ')).toBe(true); }
  }));
});
