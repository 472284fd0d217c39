import { byFixture, Result, rulesOf, summary } from '../../compare/report';
import { noScore } from '../../compare/score';

const files: Result['files'] = [
  { file: 'a', run: { seconds: 1, cpuSeconds: 0.5, megabytes: 80 }, score: { ...noScore(), caught: 2, missed: 1, falseAlarms: 1 }, weak: 3, ofRules: { score: { ...noScore(), caught: 1 }, weak: 1 }, wrong: [] },
  { file: 'b', run: { seconds: 2, failure: 'ended with 7' }, score: { ...noScore(), unjudged: 4 }, weak: 4, ofRules: { score: noScore(), weak: 2 }, wrong: [] },
];
const tool: Result = { name: 'T', version: '1.2', rules: 'R1', types: ['AWS::EC2::Instance'], files };

test('sums all fixtures, and what a tool costs', () => {
  expect(cells(summary([tool])).pop()).toEqual(['T 1.2', '2', '1', '1', '0', '0 / 0', '1', '3.0', '0.5', '80']);
});

test('tells fixtures apart, and where a tool failed', () => {
  expect(cells(byFixture([tool])).pop()).toEqual(['T', '2 of 3, 1 false', 'failed']);
});

test.each([
  ['of some types', tool, ['T', 'R1', 'EC2::Instance', '1 of 3', '0']],
  ['of all', { ...tool, types: undefined }, ['T', 'R1', 'all', '1 of 3', '0']],
  ['of none', { ...tool, types: [], files: [] }, ['T', 'R1', 'none', '', '']],
])('holds a tool to what its rules are about: %s', (_what, given, row) => {
  expect(cells(rulesOf([given])).pop()).toEqual(row);
});

function cells(table: string): string[][] {
  return table.trim().split('\n').map(line => line.split('|').slice(1, -1).map(cell => cell.trim()));
}
