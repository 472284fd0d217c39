import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { blocksOf, PAGES, ROOT } from './pages';

/**
 * Type-checks the TypeScript of the README and of docs/, in one program. A block that says `nofixture` stands alone; any other stands in
 * rosetta/default.ts-fixture, as jsii-rosetta has it for the README and the `@example`s.
 */
const FIXTURE = readFileSync(join(ROOT, 'rosetta/default.ts-fixture'), 'utf8');

interface Snippet {
  readonly where: string;
  readonly source: string;
}

const snippets = [...PAGES].filter(([page]) => page === 'README.md' || page.startsWith('docs/')).flatMap(([page, text]) => (
  blocksOf(text).filter(({ language }) => language === 'ts').map(({ info, text: block, line }): Snippet => ({
    where: `${page}:${line}`,
    source: info.includes('nofixture') ? `${block}\nexport {};\n` : FIXTURE.replace('/// here', () => block),
  }))
));

/** What the compiler says about each snippet. */
function faultsOf(checked: readonly Snippet[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const options: ts.CompilerOptions = {
    ...ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT).options,
    noEmit: true,
    rootDir: ROOT,
    noUnusedLocals: false, // a snippet shows how something is made, not what becomes of it
    types: ['node'],
    paths: { 'cdk-imds-guard': [join(ROOT, 'src/index.ts')] },
  };
  const files = new Map(checked.map((snippet, i) => [join(ROOT, 'test/docs', `snippet-${i}.ts`), snippet]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = file => files.has(file) || fileExists(file);
  host.readFile = file => files.get(file)?.source ?? readFile(file);
  host.getSourceFile = (file, version, ...others) => {
    const snippet = files.get(file);
    return snippet ? ts.createSourceFile(file, snippet.source, version) : getSourceFile(file, version, ...others);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([file, { where }]) => {
    const source = program.getSourceFile(file)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      .map(({ messageText }) => `${where}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  });
}

test('every snippet of the README and of docs/ compiles, and one that does not is found', () => {
  const wrong = { where: 'nowhere', source: "import { ImdsGuard } from 'cdk-imds-guard';\nImdsGuard.enforce('app');\n" };
  expect(snippets.length).toBeGreaterThanOrEqual(18);
  expect(faultsOf([...snippets, wrong])).toEqual([expect.stringMatching(/^nowhere: Argument of type 'string'/)]);
});
