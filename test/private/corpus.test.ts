import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseTemplate } from './cfn-yaml';
import { hardenedTemplate } from './hardened-template';
import { verdictsIn } from './verdicts';
import { judge } from '../../src/private/judge';
import { surfaceOf } from '../../src/private/surfaces';

/** Public templates, collected beside the project; the published package does not carry them. */
const CORPUS = resolve(__dirname, '../../../shared/corpus');

interface Wild {
  readonly id: string;
  readonly file: string;
  readonly traits: readonly string[];
  readonly launch: ReadonlyArray<{ readonly id: string; readonly type: string }>;
}

interface Labelled {
  readonly id: string;
  readonly file: string;
  readonly resource_logical_id: string;
  readonly expected: 'pass' | 'fail';
  readonly aspect: string;
  readonly contested?: string;
}

const suite = existsSync(CORPUS) ? describe : describe.skip;

suite('templates from public repositories (skipped where ../shared/corpus is not there)', () => {
  const wild = read<{ wild: Wild[] }>('wild.json')?.wild ?? [];
  const labelled = (read<{ labelled: Labelled[] }>('labelled.json')?.labelled ?? [])
    .filter(({ aspect, contested }) => !contested && aspect !== 'hop'); // a hop limit of 2 is no violation by itself

  test.each(wild.map(each => [each.file, each] as const))('%s is judged: every launch surface in it gets a verdict', (file, { launch }) => {
    const verdicts = verdictsIn(judge(template(file)));
    expect(Object.keys(verdicts)).toEqual(expect.arrayContaining(launch.filter(({ type }) => surfaceOf(type)).map(({ id }) => id)));
  });

  test.each(wild.map(each => [each.file, each] as const))('%s has no finding about IMDSv1 once it is hardened', file => {
    const before = template(file);
    const { findings } = judge(hardenedTemplate(before));

    expect(findings.filter(({ rule }) => rule === 'imdsv1-allowed' || rule === 'imdsv2-not-required')).toEqual([]);
    expect(before).toEqual(template(file));
  });

  test.each(labelled.map(each => [each.id, each] as const))('%s gets the verdict that its label asks for', (_, { file, resource_logical_id: logicalId, expected }) => {
    expect(verdictsIn(judge(template(file)))[logicalId]).toBe(expected === 'pass' ? 'compliant' : 'violation');
  });
});

function template(file: string): unknown {
  return parseTemplate(readFileSync(join(CORPUS, file), 'utf8'));
}

function read<T>(file: string): T | undefined {
  return existsSync(join(CORPUS, file)) ? JSON.parse(readFileSync(join(CORPUS, file), 'utf8')) as T : undefined;
}
