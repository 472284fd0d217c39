import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { inputsOf } from '../../src/cli/inputs';

test('V8 would accept compiled code that is kept after reading many files: its flags are as they were', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'imds-young-generation-'));
  for (let i = 0; i < 120; i++) { writeFileSync(join(folder, `${i}.json`), '{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}'); }
  const before = cachedDataVersionTag();
  const tags: number[] = [];

  for await (const { templates } of inputsOf(['.'], { cwd: folder, onRead: () => tags.push(cachedDataVersionTag()) })) {
    expect(templates).toHaveLength(120);
  }

  expect(tags).not.toContain(before);
  expect(cachedDataVersionTag()).toBe(before);
  rmSync(folder, { recursive: true });
});
