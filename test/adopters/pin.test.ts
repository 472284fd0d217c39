import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { ROOT } from '../docs/pages';
import { Files, folderWith } from '../support/files';

const FILES = ['action.yml', '.pre-commit-hooks.yaml', 'templates/imds-guard.yml', 'docs/ci.md', 'README.md'];
const text = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');
const OURS = Object.fromEntries(FILES.map(file => [file, Buffer.from(text(ROOT, file))]));
const VERSIONS = /(?<=imds-guard(?:@v?|\/v)|rev: v|default: )\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]*[0-9A-Za-z])?/g;

function pin(files: Files, version?: string): { readonly folder: string; readonly status: number | null; readonly stderr: string } {
  const folder = folderWith(files);
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, '.ci/pin'), ...version === undefined ? [] : [version]], { cwd: folder, encoding: 'utf8' });
  return { folder, status, stderr };
}

test('what others take from the repository names one version, which can be one of a release', () => {
  const versions = FILES.map(file => text(ROOT, file).match(VERSIONS) ?? []);
  versions.forEach(each => expect(each.length).toBeGreaterThan(0));
  const [version, ...others] = new Set(versions.flat());
  expect(others).toEqual([]);
  expect(version).toMatch(/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/);
  expect(version).not.toBe('0.0.0');
});

test.each(['2.34.5', '2.0.0-rc.1'])('a release writes its version and nothing else: %s', version => {
  const { folder, status } = pin(OURS, version);
  expect(status).toBe(0);
  for (const file of FILES) {
    expect(new Set(text(folder, file).match(VERSIONS))).toEqual(new Set([version]));
    expect(text(folder, file).replaceAll(version, '*')).toBe(text(ROOT, file).replace(VERSIONS, '*'));
  }
});

test.each([['0.0.0'], ['latest'], ['v1.2.3'], ['1.2.3; x'], [undefined]])('%s is no version of a release, and nothing is written', version => {
  const { folder, status, stderr } = pin(OURS, version);
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/^pin: it needs the version of a release, such as 1\.2\.3, got ".*"\n$/) });
  FILES.forEach(file => expect(text(folder, file)).toBe(text(ROOT, file)));
});

test('a file that names no version any more is told, and nothing is written', () => {
  const { folder, status, stderr } = pin({ ...OURS, 'README.md': '# nothing\n' }, '2.0.0');
  expect({ status, stderr }).toEqual({ status: 2, stderr: 'pin: README.md names no version; write it there, or take the file out of .ci/pin\n' });
  expect(text(folder, 'action.yml')).toBe(text(ROOT, 'action.yml'));
});

test('a release pins before it is announced, and after its packages are published', () => {
  interface Job { readonly needs: string[]; readonly steps: readonly { readonly name?: string; readonly run?: string }[] }
  const { jobs } = load(text(ROOT, '.github/workflows/release.yml')) as { jobs: Record<string, Job> };
  const { needs, steps } = jobs.release_github;
  expect(needs).toContain('release_npm_cli');
  const at = (piece: string): number => steps.findIndex(({ run }) => run?.includes(piece));
  expect(at('node .ci/pin "$version"')).toBeGreaterThan(0);
  expect(at('gh release create')).toBeGreaterThan(at('node .ci/pin'));
});

test('the workflow of the repository gives its action inputs that it has', () => {
  interface Workflow { readonly jobs: { readonly action: { readonly steps: readonly { readonly uses?: string; readonly with?: object }[] } } }
  const { steps } = (load(text(ROOT, '.github/workflows/imds-guard.yml')) as Workflow).jobs.action;
  const own = steps.find(({ uses }) => uses === './')!;
  const { inputs } = load(text(ROOT, 'action.yml')) as { inputs: object };
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(own.with!)));
});
