import * as fc from 'fast-check';
import { anyLogicalId, anyReport, anyText, newErrors } from './any-report';
import { reportOf, sampleReport } from './sample-report';
import { FORMAT_NAMES, FormatName, FORMATS } from '../../../src/cli/formats';

const OPTIONS = { colour: false, quiet: false };

test('there are the formats that the help names', () => {
  expect(FORMAT_NAMES).toEqual(['text', 'json', 'sarif', 'junit', 'markdown', 'html', 'github', 'gitlab']);
});

describe('what is good to know about the inputs', () => {
  const notes = [{ file: 'a b.yaml', line: 7, column: 9, message: 'the key "T" stands 2 times' }];
  const passedOver = { count: 4, endings: { '.md': 2, '': 1, '.<x>': 1 } };
  const report = reportOf({ notes, passedOver });

  test.each<[FormatName, string, string]>([
    ['text', 'note  a b.yaml:7:9: the key "T" stands 2 times', 'passed over: 4 files that are no templates (2 .md, 1 without an ending, 1 .<x>)'],
    ['json', '"message": "the key \\"T\\" stands 2 times"', '"passedOver": {\n    "count": 4'],
    ['sarif', '"text": "the key \\"T\\" stands 2 times"', '"passedOver": {\n          "count": 4'],
    ['markdown', '- <code>a b.yaml:7:9</code> the key "T" stands 2 times', 'passed over: 4 files that are no templates (2 .md, 1 without an ending, 1 .&#60;x&#62;)'],
    ['html', '<code>a b.yaml:7:9</code> the key &quot;T&quot; stands 2 times', 'passed over: 4 files that are no templates (2 .md, 1 without an ending, 1 .&lt;x&gt;)'],
    ['github', '::notice file=a b.yaml,line=7,col=9,title=note::the key "T" stands 2 times', 'passed over: 4 files that are no templates (2 .md, 1 without an ending, 1 .<x>)'],
  ])('is told by %s', (name, note, files) => {
    expect(FORMATS[name].render(report, OPTIONS)).toContain(note);
    expect(FORMATS[name].render(report, OPTIONS)).toContain(files);
  });

  test.each<FormatName>(['text', 'markdown', 'html', 'github'])('is left out by a quiet %s, and where there is nothing', name => {
    const { render } = FORMATS[name];
    const empty = render(reportOf(), OPTIONS);

    expect(render(report, { ...OPTIONS, quiet: true })).toBe(render(reportOf(), { ...OPTIONS, quiet: true }));
    expect(empty).not.toMatch(/stands 2 times|passed over|note[^a-z-]*::/);
    expect(render(reportOf({ notes }), OPTIONS)).not.toContain('passed over');
  });

  test.each<FormatName>(['junit', 'gitlab'])('has no place in %s', name => {
    expect(FORMATS[name].render(report, OPTIONS)).toBe(FORMATS[name].render(reportOf(), OPTIONS));
  });
});

describe.each(FORMAT_NAMES)('%s', name => {
  const { render, extension } = FORMATS[name];

  test('ends with one newline, also for an empty report', () => {
    for (const report of [sampleReport(), reportOf()]) {
      expect(render(report, OPTIONS)).toMatch(/[^\n]\n$/);
    }
  });

  test('has an extension for its file', () => {
    expect(extension).toMatch(/^\.[a-z]+$/);
  });

  test('changes nothing in the report', () => {
    const report = sampleReport();
    render(report, OPTIONS);
    expect(report).toEqual(sampleReport());
  });

  test('gives the same text for the same report', () => {
    expect(render(sampleReport(), OPTIONS)).toBe(render(sampleReport(), OPTIONS));
  });

  test('gives no command to the terminal or the build service that shows it', () => {
    fc.assert(fc.property(anyReport(anyText(), anyText()), report => {
      const result = render(report, OPTIONS);
      expect(result).not.toMatch(/(?!\n)[\p{Cc}\p{Surrogate}\u2028-\u202E\u2066-\u2069]/u);
      expect(result).not.toMatch(/##(?:\[|vso\[)/);
      if (name !== 'github') { expect(result).not.toMatch(/^\s*::[a-z].*::/m); } // that format is made of such commands
    }));
  });

  test('names the rule and the logical id of every new error', () => {
    fc.assert(fc.property(anyReport(anyLogicalId(), anyText().filter(each => each.length < 40)), report => {
      const result = render(report, OPTIONS);
      for (const { rule, logicalId } of newErrors(report)) {
        expect(result).toContain(rule);
        expect(result).toContain(logicalId);
      }
    }));
  });
});
