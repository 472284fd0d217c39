import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { judge } from '../../../src/engine/judge/judge';
import { surfaceOf } from '../../../src/engine/surfaces/surfaces';
import { parseTemplate } from '../../support/cfn-yaml';
import { hardenedTemplate } from '../../support/hardened-template';
import { verdictsIn } from '../../support/verdicts';

/** Public templates, collected beside the project; the published package does not carry them. */
const CORPUS = resolve(__dirname, '../../../../shared/corpus');

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
  const labelled = (read<{ labelled: Labelled[] }>('labelled.json')?.labelled ?? []).filter(({ contested }) => !contested);
  const compared = new Set<string>();

  test.each(wild.map(each => [each.file, each] as const))('%s is judged: every launch surface in it gets a verdict', (file, { launch }) => {
    const verdicts = verdictsIn(judge(template(file)));

    expect(Object.keys(verdicts)).toEqual(expect.arrayContaining(launch.filter(({ type }) => surfaceOf(type)).map(({ id }) => id)));
  });

  test.each(wild.map(each => [each.file, each] as const))('%s has no finding about IMDSv1 in settings of its own once it is hardened', file => {
    const before = template(file);
    const { findings } = judge(hardenedTemplate(before));

    expect(findings.filter(({ rule, type }) => surfaceOf(type)?.container && (rule === 'imdsv1-allowed' || rule === 'imdsv2-not-required'))).toEqual([]);
    expect(before).toEqual(template(file));
  });

  test.each(labelled.filter(({ aspect }) => aspect !== 'hop').map(each => [each.id, each] as const))('%s gets the verdict that its label asks for', (id, { file, resource_logical_id: logicalId, expected }) => {
    expect(verdictsIn(judge(template(file)))[logicalId]).toBe(expected === 'pass' ? 'compliant' : 'violation');
    compared.add(id);
  });

  // These are about the hop limit alone: none of them requires tokens. A limit that is not set passes there; here it cannot be decided, which is no failure either.
  test.each(labelled.filter(({ aspect }) => aspect === 'hop').map(each => [each.id, each] as const))('%s fails by its hop limit, held against 1, as its label asks for', (id, { file, resource_logical_id: logicalId, expected }) => {
    const { findings } = judge(template(file), () => ({ maxHttpPutResponseHopLimit: 1 }));
    const failures = findings.filter(each => each.logicalId === logicalId && each.verdict === 'violation' && each.path.endsWith('HttpPutResponseHopLimit'));

    expect(failures.map(({ rule }) => rule)).toEqual(expected === 'pass' ? [] : ['hop-limit-too-high']);
    compared.add(id);
  });

  test('every label that is not contested has been compared', () => {
    expect(compared.size).toBeGreaterThan(0);
    expect(compared.size).toBe(labelled.length);
  });
});

function template(file: string): unknown {
  return parseTemplate(readFileSync(join(CORPUS, file), 'utf8'));
}

function read<T>(file: string): T | undefined {
  return existsSync(join(CORPUS, file)) ? JSON.parse(readFileSync(join(CORPUS, file), 'utf8')) as T : undefined;
}
