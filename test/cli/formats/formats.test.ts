import * as fc from 'fast-check';
import { anyLogicalId, anyReport, anyText, newErrors } from './any-report';
import { reportOf, sampleReport } from './sample-report';
import { FORMAT_NAMES, FORMATS } from '../../../src/cli/formats';

const OPTIONS = { colour: false, quiet: false };

test('there are the formats that the help names', () => {
  expect(FORMAT_NAMES).toEqual(['text', 'json', 'sarif', 'junit', 'markdown', 'html', 'github', 'gitlab']);
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
