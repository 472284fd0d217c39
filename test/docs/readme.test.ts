import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blocksOf, page } from './pages';
import { imdsGuard } from '../support/terminal';

const README = page('README.md');

test('the README is read in two minutes', () => {
  expect(README.split('\n').length).toBeLessThanOrEqual(200);
});

test.each(['npm ci && npx projen demo', 'npm ci && npx projen test'])('the README has the command that does all on a fresh machine: %s', command => {
  expect(README).toContain(command);
});

test('the README shows what the command prints', async () => {
  const shown = blocksOf(README).find(({ text }) => text.startsWith('$ imds-guard check web.yaml\n'))!.text;
  const cwd = mkdtempSync(join(tmpdir(), 'imds-readme-'));
  try {
    writeFileSync(join(cwd, 'web.yaml'), [
      'Resources:', '  Web:', '    Type: AWS::EC2::Instance', '    Properties:', '      ImageId: ami-0abc1234', '      MetadataOptions:', '        HttpTokens: optional', '',
    ].join('\n'));
    const { stdout, exitCode } = await imdsGuard(cwd, ['check', 'web.yaml']);
    expect(`$ imds-guard check web.yaml\n${stdout}`.trim()).toBe(shown.trim());
    expect(exitCode).toBe(1);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});
