import { Label } from '../../compare/labels';
import { noScore, Score, scoreOf, sum, wrongOf } from '../../compare/score';

const label = (truth: Label['truth'], causes: string[] = []): Label => ({ file: 'f', resource: 'R', type: 'AWS::EC2::Instance', truth, reason: 'because', causes });
const NOTHING = { reported: [], undecided: [] };
const REPORTED = { reported: ['R'], undecided: [] };
const UNDECIDED = { reported: [], undecided: ['R'] };

test.each<[keyof Score, Label, Parameters<typeof scoreOf>[1]]>([
  ['caught', label('allows-v1'), REPORTED],
  ['caught', label('allows-v1', ['Cause']), { reported: ['Cause'], undecided: [] }],
  ['missed', label('allows-v1'), { reported: ['Cause'], undecided: [] }],
  ['missed', label('allows-v1'), NOTHING],
  ['undecided', label('allows-v1'), UNDECIDED],
  ['right', label('requires-v2'), NOTHING],
  ['falseAlarms', label('requires-v2'), REPORTED],
  ['undecided', label('requires-v2'), UNDECIDED],
  ['told', label('undecidable'), UNDECIDED],
  ['told', label('undecidable'), REPORTED],
  ['silent', label('undecidable'), NOTHING],
  ['unjudged', label('allows-v1'), undefined],
])('%s: %j', (outcome, given, said) => {
  expect(scoreOf([given], said)).toEqual({ ...noScore(), [outcome]: 1 });
});

test('names what a tool was wrong about, and nothing of what it did not judge', () => {
  expect(wrongOf([label('allows-v1'), label('undecidable')], NOTHING)).toEqual(['missed R']);
  expect(wrongOf([label('requires-v2'), label('allows-v1')], REPORTED)).toEqual(['false alarm at R']);
  expect(wrongOf([label('allows-v1')], undefined)).toEqual([]);
});

test('sums each outcome', () => {
  expect(sum([scoreOf([label('allows-v1')], REPORTED), scoreOf([label('allows-v1')], REPORTED)])).toEqual({ ...noScore(), caught: 2 });
});
