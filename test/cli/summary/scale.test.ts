import { rmSync } from 'node:fs';
import { folderWith } from './fleet-folder';
import { failing, textOf } from './sample-fleet';
import { imdsGuard } from '../../support/terminal';

test('reports are read one by one: 60 of 1 MB need little more memory than one', async () => {
  const text = textOf(failing(1_300));
  expect(text.length).toBeGreaterThan(1_000_000);
  const cwd = folderWith(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`r/${i}.json`, text])));
  try {
    global.gc?.();
    const before = process.memoryUsage().heapUsed;
    const { exitCode, stdout } = await imdsGuard(cwd, ['summary', 'r']);
    global.gc?.();

    expect(exitCode).toBe(1);
    expect(stdout).toContain('60 reports: 60 failed · 78000 resources that launch instances');
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(400_000_000);
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
