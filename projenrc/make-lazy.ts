/**
 * Makes the compiled library load each of its files when it is first used, and drops the source maps that would be read with it.
 *
 * Run after jsii; running it again changes nothing. The index is written from lib/index.d.ts, with a getter for each export, which
 * loads it from the bundle that its file is in. In the other files `const x_1 = require("./x")` becomes a variable and each `x_1.y` becomes `(x_1 ??= require("./x")).y`. A function that
 * loads the file, as in aws-cdk-lib itself, would be one more call for each call of what is in it: they are many while an app is visited.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import * as ts from 'typescript';
import { bundleLibrary, loading } from './bundle-library';

const lib = resolve('lib');
const load = createRequire(join(lib, 'index.js'));

for (const file of readdirSync(lib, { recursive: true, encoding: 'utf-8' }).filter(name => name.endsWith('.js') && name !== 'index.js')) {
  const path = join(lib, file);
  writeFileSync(path, withLazyImports(readFileSync(path, 'utf-8').replace(/^\/\/# sourceMappingURL=.*\n?/m, '')));
}
const exported = exportsOf(readFileSync(join(lib, 'index.d.ts'), 'utf-8'));
writeFileSync(join(lib, 'index.js'), lazyIndex(exported, file => `require("./${file}")`)); // what the bundles are made from
void bundleLibrary(lib).then(bundles => writeFileSync(join(lib, 'index.js'), lazyIndex(exported, file => loading(file, bundles))));

function withLazyImports(source: string): string {
  const file = ts.createSourceFile('file.js', source, ts.ScriptTarget.Latest, true);
  const imports = new Map(file.statements.flatMap(statement => {
    const [, name, path] = /^const (\w+_\d+) = require\("(\.[^"]+)"\);$/.exec(statement.getText(file)) ?? [];
    return name ? [[name, { statement, path }] as const] : [];
  }));
  const edits: { start: number; end: number; text: string }[] = [];
  for (const [name, { statement }] of imports) {
    edits.push({
      start: statement.getStart(file),
      end: statement.end,
      text: `let ${name};`,
    });
  }
  const visit = (node: ts.Node): void => {
    const imported = ts.isIdentifier(node) && !ts.isVariableDeclaration(node.parent) ? imports.get(node.text) : undefined;
    if (imported) {
      edits.push({ start: node.getStart(file), end: node.end, text: `(${node.getText(file)} ??= require("${imported.path}"))` });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return edits.sort((a, b) => b.start - a.start).reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), source);
}

/** The exports of the index that exist at run time, each with its file and its name there. Interfaces do not. */
function exportsOf(declarations: string): Map<string, Exported> {
  const found = new Map<string, Exported>();
  for (const statement of ts.createSourceFile('index.d.ts', declarations, ts.ScriptTarget.Latest).statements) {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier || !ts.isStringLiteral(statement.moduleSpecifier)) {
      throw new Error(`src/index.ts must only export from other files, got ${ts.SyntaxKind[statement.kind]}`);
    }
    const file = statement.moduleSpecifier.text;
    const names = Object.keys(load(file));
    const from = (source: string): Exported => ({ file: file.replace(/^\.\//, ''), source });
    if (!statement.exportClause) {
      names.forEach(name => found.set(name, from(name)));
    } else if (ts.isNamedExports(statement.exportClause)) {
      for (const { name, propertyName } of statement.exportClause.elements) {
        const source = (propertyName ?? name).text;
        if (names.includes(source)) found.set(name.text, from(source));
      }
    } else {
      throw new Error(`src/index.ts must not export a namespace, got '${statement.exportClause.name.text}'`);
    }
  }
  return found;
}

interface Exported {
  readonly file: string;
  readonly source: string;
}

function lazyIndex(found: Map<string, Exported>, loader: (file: string) => string): string {
  return [
    '"use strict";',
    '// Written by projenrc/make-lazy.ts: an export loads its file when it is first used.',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    // a literal `Object.defineProperty(exports, "…", { get: () => … })` would hide the name from ES modules again
    'const lazy = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });',
    ...[...found].map(([name, { file, source }]) => `lazy(${JSON.stringify(name)}, () => ${loader(file)}.${source});`),
    '// Never runs: it tells Node, which reads CommonJS exports from the source text, what an ES module can import from here.',
    `0 && (module.exports = { ${[...found.keys()].join(', ')} });`,
    '',
  ].join('\n');
}
