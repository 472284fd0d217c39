import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { SourceMaps } from '../../src/input/source-map';
import { Files, folderWith } from '../support/files';

const TYPESCRIPT = 'interface Props { readonly size?: string }\n\nexport function make(props: Props): void {\n  console.log(props);\n}\n';

/** The call is in line 4 of the source; line 1 of the source leaves nothing in JavaScript. */
const CALL = { line: 4, column: 3 };

function compiled(sourcemap: 'inline' | 'external', change: (map: { sources: string[]; sourceRoot?: string }) => object = map => map) {
  const { code, map } = transformSync(TYPESCRIPT, { loader: 'ts', format: 'cjs', sourcemap: sourcemap === 'inline' ? 'external' : sourcemap, sourcefile: '../lib/web stack.ts' });
  const written = JSON.stringify(change(JSON.parse(map) as { sources: string[] }));
  const line = code.split('\n').findIndex(each => each.includes('console.log')) + 1;
  const inline = `//# sourceMappingURL=data:application/json;charset=utf-8;base64,${Buffer.from(written).toString('base64')}\n`;
  return { code: sourcemap === 'inline' ? code + inline : code, map: written, line };
}

function followed(files: Files, line: number, column: number | undefined = 3): unknown {
  const folder = folderWith({ 'lib/web stack.ts': TYPESCRIPT, ...files });
  const { file, ...at } = new SourceMaps(folder).follow({ file: join(folder, 'dist/web.js'), line, ...column > 0 && { column } });
  return { file: file.slice(folder.length + 1), ...at };
}

const SOURCE = { file: 'lib/web stack.ts', ...CALL };

describe('a frame of JavaScript is followed to its source', () => {
  test('through a map beside it', () => {
    const { code, map, line } = compiled('external');
    expect(followed({ 'dist/web.js': code, 'dist/web.js.map': map }, line)).toEqual(SOURCE);
  });

  test('through a map that it names', () => {
    const { code, map, line } = compiled('external');
    expect(followed({ 'dist/web.js': `${code}//# sourceMappingURL=maps/my%20web.map\n`, 'dist/maps/my web.map': map.replace('../lib', '../../lib') }, line)).toEqual(SOURCE);
  });

  test('through a map inside it', () => {
    const { code, line } = compiled('inline');
    expect(followed({ 'dist/web.js': code }, line)).toEqual(SOURCE);
  });

  test('through a map with a root', () => {
    const { code, map, line } = compiled('external', each => ({ ...each, sourceRoot: '../lib', sources: ['web stack.ts'] }));
    expect(followed({ 'dist/web.js': code, 'dist/web.js.map': map }, line)).toEqual(SOURCE);
  });

  test('through a bundle', () => {
    const { code, map, line } = compiled('external', each => ({ ...each, sources: ['webpack://shop/./lib/web stack.ts'] }));
    expect(followed({ 'dist/web.js': code, 'dist/web.js.map': map }, line)).toEqual(SOURCE);
  });

  test('by its line alone', () => {
    const { code, map, line } = compiled('external');
    expect(followed({ 'dist/web.js': code, 'dist/web.js.map': map }, line, 0)).toEqual({ file: 'lib/web stack.ts', line: 4 });
  });
});

describe('a frame stays as it is', () => {
  const { code, map, line } = compiled('external');
  const same = { file: 'dist/web.js', line, column: 3 };

  test.each<[string, Files]>([
    ['without a map', { 'dist/web.js': code }],
    ['where the JavaScript is gone', {}],
    ['with a map that is none', { 'dist/web.js': code, 'dist/web.js.map': '{' }],
    ['with a map that is a device', { 'dist/web.js': '//# sourceMappingURL=/dev/zero' }],
    ['with a map that leads before the first line', { 'dist/web.js': code, 'dist/web.js.map': map.replace(/"mappings":"[^"]*"/, `"mappings":"${';'.repeat(line - 1)}AADA"`) }],
    ['with a map that is no object', { 'dist/web.js': code, 'dist/web.js.map': '[]' }],
    ['with a map that names no source that is there', { 'dist/web.js': code, 'dist/web.js.map': map.replace('web stack', 'other') }],
  ])('%s', (_, files) => {
    expect(followed(files, line)).toEqual(same);
  });

  test('behind the end of the map', () => {
    expect(followed({ 'dist/web.js': code, 'dist/web.js.map': map }, 900)).toEqual({ ...same, line: 900 });
  });

  test('that is no JavaScript', () => {
    const frame = { file: '/app/web.ts', line: 1 };
    expect(new SourceMaps('/app').follow(frame)).toBe(frame);
  });
});
