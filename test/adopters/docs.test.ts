import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { blocksOf, page } from '../docs/pages';
import { ACTION } from '../support/action';

interface Step { readonly uses?: string; readonly with?: object }
interface Recipe {
  readonly steps?: readonly Step[];
  readonly jobs?: { readonly [name: string]: { readonly steps: readonly Step[] } };
  readonly repos?: readonly { readonly hooks: readonly { readonly id: string }[] }[];
  readonly include?: readonly { readonly remote: string; readonly inputs: object }[];
}

const PAGE = page('docs/ci.md');
const RECIPES = blocksOf(PAGE).filter(({ language }) => language === 'yaml').map(({ text }) => load(text) as Recipe);
const [HEAD] = readFileSync('templates/imds-guard.yml', 'utf8').split(/^---$/m);
const { inputs: TEMPLATE_INPUTS } = (load(HEAD) as { readonly spec: { readonly inputs: object } }).spec;

test('each recipe of the action uses inputs that it has', () => {
  const steps = RECIPES.flatMap(({ steps: own = [], jobs = {} }) => [...own, ...Object.values(jobs).flatMap(job => job.steps)]);
  const ours = steps.filter(({ uses }) => uses?.startsWith('cdk-imds-guard/'));
  expect(ours).toHaveLength(2);
  ours.forEach(each => expect(Object.keys(ACTION.inputs)).toEqual(expect.arrayContaining(Object.keys(each.with ?? {}))));
});

test('each recipe for GitLab uses inputs that the template has', () => {
  const ours = RECIPES.flatMap(({ include = [] }) => include);
  expect(ours).toHaveLength(2);
  ours.forEach(({ inputs }) => expect(Object.keys(TEMPLATE_INPUTS)).toEqual(expect.arrayContaining(Object.keys(inputs))));
});

test('the recipe for pre-commit names a hook that there is', () => {
  const ids = RECIPES.flatMap(({ repos = [] }) => repos).flatMap(({ hooks }) => hooks.map(({ id }) => id));
  const hooks = load(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly { readonly id: string }[];
  expect(ids).toEqual(['imds-guard-check']);
  hooks.forEach(({ id }) => expect(PAGE).toContain(`\`${id}\``));
  expect(hooks.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
});

test('the page lists every input and output', () => {
  [...Object.keys(ACTION.inputs), ...Object.keys(ACTION.outputs), ...Object.keys(TEMPLATE_INPUTS)].forEach(name => (
    expect(PAGE).toMatch(new RegExp(`^\\| [^|]*\`${name}\`[^|]* \\|`, 'm'))
  ));
});
