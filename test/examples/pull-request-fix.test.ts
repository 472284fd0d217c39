import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addFiles, folderWith } from '../support/files';
import { imdsGuard, Ran } from '../support/terminal';

const WEAK = `Resources: # of the team that left
  Host:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
`;

const repository = folderWith({ 'templates/host.yaml': WEAK.replace('    Properties:\n', '    Properties:\n      MetadataOptions: { HttpTokens: required }\n') });
const git = (...args: string[]): string => (
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: repository, encoding: 'utf8', stdio: 'pipe' })
);
const check = async (...args: string[]): Promise<Ran> => imdsGuard(repository, ['check', 'templates', ...args]);
const fix = async (...args: string[]): Promise<Ran> => imdsGuard(repository, ['fix', 'templates', ...args]);

test('a pull request with a template: the line is named, fix edits it, and the check passes', async () => {
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'strict');
  expect((await check()).exitCode).toBe(0);

  addFiles(repository, { 'templates/other.yaml': WEAK });
  git('add', '-A');
  git('commit', '-q', '-m', 'an instance more');
  const found = await check('--format', 'github');
  expect(found.exitCode).toBe(1);
  expect(found.stdout.split('\n').filter(each => each.startsWith('::error '))).toEqual([expect.stringContaining('::error file=templates/other.yaml,line=4,')]);

  const { exitCode, stdout: patch } = await fix('--dry-run');
  expect(exitCode).toBe(0);
  expect(git('status', '--porcelain')).toBe('');
  expect(await fix()).toMatchObject({ exitCode: 0, stdout: 'templates/other.yaml: edited Host\n' });
  expect(git('diff', '--numstat')).toBe('2\t0\ttemplates/other.yaml\n');
  expect(patchLines(git('diff'))).toEqual(patchLines(patch));
  expect(readFileSync(join(repository, 'templates/other.yaml'), 'utf8')).toContain('# of the team that left\n');

  git('commit', '-q', '-a', '-m', 'require IMDSv2');
  expect((await check()).exitCode).toBe(0);
  expect((await fix('--check')).exitCode).toBe(0);
});

/** What is added and taken away. */
function patchLines(patch: string): string[] {
  return patch.split('\n').filter(each => /^[-+](?![-+])/.test(each));
}
