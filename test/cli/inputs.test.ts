import { spawnSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { patternOf } from '../../src/cli/input-files';
import { InputGroup, InputOptions, inputsOf } from '../../src/cli/inputs';
import { judgeAll } from '../../src/engine/judge/judge';
import { addFiles, Files, folderWith } from '../support/files';
import { linesOf } from '../support/verdicts';

const TEMPLATE = { Resources: { Host: { Type: 'AWS::EC2::Instance' } } };
const YAML = 'Resources:\n  Host:\n    Type: AWS::EC2::Instance\n';

const ASSEMBLY: Files = {
  'cdk.out/manifest.json': { version: '36.0.0', artifacts: { App: { type: 'aws:cloudformation:stack', properties: { templateFile: 'App.template.json' } } } },
  'cdk.out/App.template.json': TEMPLATE,
  'cdk.out/tree.json': { version: 'tree-0.1', tree: {} },
  'cdk.out/cdk.out': '{}',
};

async function groupsOf(cwd: string, paths: readonly string[], options: Partial<InputOptions> = {}): Promise<InputGroup[]> {
  const groups: InputGroup[] = [];
  for await (const group of inputsOf(paths, { cwd, ...options })) { groups.push(group); }
  return groups;
}

/** What is read from files: templates by file, problems, and the number of files that were skipped. */
async function read(files: Files, paths: readonly string[], options: Partial<InputOptions> = {}): Promise<Summary> {
  return summary(await groupsOf(folderWith(files), paths, options));
}

interface Summary {
  readonly templates: string[];
  readonly problems: string[];
  readonly skipped: number;
}

function summary(groups: readonly InputGroup[]): Summary {
  return {
    templates: groups.flatMap(({ templates }) => templates.map(({ id }) => id)),
    problems: groups.flatMap(({ problems }) => problems.map(({ file, line, message }) => `${file}${line === undefined ? '' : `:${line}`} ${message}`)),
    skipped: groups.reduce((sum, { passedOver }) => sum + passedOver.length, 0),
  };
}

const nothingElse = { problems: [], skipped: 0 };

describe('a file', () => {
  test.each(['a.json', 'a.yaml', 'a.yml', 'a.template', 'odd-name', 'deep/in/a.json'])('named %s is read', async file => {
    expect(await read({ [file]: TEMPLATE }, [file])).toEqual({ templates: [file], ...nothingElse });
  });

  test('is shown as it is called from the working directory', async () => {
    const folder = folderWith({ 'a.json': TEMPLATE, 'deep/b.json': TEMPLATE });

    expect(summary(await groupsOf(join(folder, 'deep'), ['../a.json', './b.json', join(folder, 'deep/b.json')]))).toEqual({ templates: ['../a.json', 'b.json'], ...nothingElse });
  });

  test.each<[string, unknown, string]>([
    ['package.json', { name: 'x' }, 'package.json no CloudFormation template: it has none of the sections of one, such as \'Resources\''],
    ['a.yaml', '', 'a.yaml the file is empty; name a template'],
    ['a.json', '{\n"Resources"', 'a.json:2 malformed JSON, colon expected; correct it here'],
    ['a.png', Buffer.of(0x89, 0x50, 0), 'a.png not text; name a template in JSON or YAML'],
  ])('that is no template is a problem where it is named: %s', async (file, content, problem) => {
    expect(await read({ [file]: content }, [file])).toEqual({ templates: [], problems: [problem], skipped: 0 });
  });

  test('that is far too large is not even read', async () => {
    expect((await read({ 'a.json': Buffer.alloc(9 * 1024 * 1024) }, ['a.json'])).problems).toEqual(['a.json 9 MB is far beyond the 1 MB that CloudFormation takes; files up to 8 MB are read']);
  });

  test('that is not there is a problem, and others are read', async () => {
    expect(await read({ 'a.json': TEMPLATE, 'b.yaml': '[' }, ['gone.json', 'b.yaml', 'a.json', 'a.json/deeper', ''])).toEqual({
      templates: ['a.json'],
      problems: [
        'gone.json there is no such file; check the path',
        'b.yaml:1 malformed JSON, close bracket expected; correct it here',
        'a.json/deeper there is no such file; check the path',
        '\'\' an empty path; name a file, a folder or a glob',
      ],
      skipped: 0,
    });
  });

  test('behind a link is read once, a dangling link is a problem, so are links in a circle', async () => {
    const folder = folderWith({ 'a.json': TEMPLATE });
    symlinkSync('a.json', join(folder, 'b.json'));
    symlinkSync('gone', join(folder, 'c.json'));
    symlinkSync('e.json', join(folder, 'd.json'));
    symlinkSync('d.json', join(folder, 'e.json'));

    expect(summary(await groupsOf(folder, ['b.json', 'a.json', 'c.json', 'd.json']))).toEqual({
      templates: ['b.json'],
      problems: ['c.json a symbolic link to what is not there; mend or remove it', 'd.json symbolic links that lead in a circle; mend or remove them'],
      skipped: 0,
    });
  });

  const mayReadAll = process.platform === 'win32' || process.getuid?.() === 0;
  (mayReadAll ? test.skip : test)('without permission is a problem', async () => {
    const folder = folderWith({ 'a.json': TEMPLATE });
    chmodSync(join(folder, 'a.json'), 0);

    expect(summary(await groupsOf(folder, ['a.json'])).problems).toEqual(['a.json it may not be read; give yourself the permission']);
  });

  (process.platform === 'linux' ? test : test.skip)('that is a device or cannot be read is a problem', async () => {
    expect(summary(await groupsOf('/dev', ['zero', '/proc/self/mem'])).problems).toEqual([
      'zero no file, but a device or a socket; name a file',
      expect.stringMatching(/^\.\.\/proc\/self\/mem it cannot be read \(E\w+\); check the file$/),
    ]);
  });

  (process.platform === 'win32' ? test.skip : test)('that is a pipe is read, and kept, since it gives what it has only once', async () => {
    const folder = folderWith();
    const pipe = join(folder, 'pipe');
    spawnSync('mkfifo', [pipe]);
    spawnSync('sh', ['-c', `printf '${YAML.replaceAll('\n', '\\n')}' > '${pipe}' &`], { stdio: 'ignore' });
    const [{ templates: [template] }] = await groupsOf(folder, ['pipe']);

    expect(template).toMatchObject({ file: 'pipe', template: TEMPLATE, bytes: Buffer.from(YAML) });
  });
});

describe('standard input', () => {
  const stdin = (text: string) => () => Promise.resolve(Buffer.from(text));

  test('is read where it is asked for, and kept', async () => {
    const [{ templates }] = await groupsOf(folderWith(), ['-'], { stdin: stdin(YAML) });

    expect(templates).toEqual([expect.objectContaining({ id: '<stdin>', file: '<stdin>', stack: '<stdin>', format: 'yaml', template: TEMPLATE, bytes: Buffer.from(YAML) })]);
    expect(templates[0].path).toBeUndefined();
  });

  test('is not read where it is not asked for', async () => {
    const asked = jest.fn(stdin(YAML));

    expect((await read({ 'a.json': TEMPLATE }, ['a.json'], { stdin: asked })).templates).toEqual(['a.json']);
    expect(asked).not.toHaveBeenCalled();
  });

  test.each([['stacks/web.yaml', 'stacks/web.yaml', 'web'], ['./web.json', 'web.json', 'web'],
    ['web.cfn', 'web.cfn', 'web'], ['web.TPL', 'web.TPL', 'web'], ['web.template', 'web.template', 'web'], ['web.template.yaml', 'web.template.yaml', 'web'], ['web.tp', 'web.tp', 'web.tp'],
    ['prod web', 'prod web', 'prod web']])('called %j is known as %j', async (stdinName, file, stack) => {
    const [{ templates }] = await groupsOf(folderWith(), ['-'], { stdin: stdin(YAML), stdinName });

    expect(templates).toEqual([expect.objectContaining({ id: file, address: file, file, stack, bytes: Buffer.from(YAML) })]);
  });

  test.each<[string, Files, string]>([
    ['a.json', { 'a.json': TEMPLATE }, 'a.json'],
    ['of an assembly', ASSEMBLY, 'cdk.out/App.template.json'],
    ['in another template', { 'a.json': { Resources: { S: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x/b.tpl' } } } }, 'x/b.tpl': TEMPLATE }, 'x/b.tpl'],
  ])('is not called as a file that is checked too: %s', async (_, files, stdinName) => {
    const { problems, templates } = await read(files, ['.', '-'], { stdin: stdin(YAML), stdinName });

    expect(problems).toEqual([`${stdinName} standard input is called as a file that is checked too; give it another name`]);
    expect(templates).toContain(stdinName);
  });

  test('with nothing in it is a problem', async () => {
    expect((await read({}, ['-'], { stdin: stdin('') })).problems).toEqual(['<stdin> the file is empty; name a template']);
    expect((await read({}, ['-'])).problems).toEqual(['<stdin> the file is empty; name a template']);
  });
});

describe('a folder', () => {
  test('is searched for JSON, YAML and .template files, but not in node_modules and .git', async () => {
    expect(await read({
      'a.json': TEMPLATE, 'b/c.yaml': YAML, 'b/d.yml': YAML, 'b/e.template': YAML, 'b/f.txt': YAML, '.aws-sam/g.yaml': YAML, 'node_modules/h.json': TEMPLATE, '.git/i.yaml': YAML,
    }, ['.'])).toEqual({ templates: ['.aws-sam/g.yaml', 'a.json', 'b/c.yaml', 'b/d.yml', 'b/e.template'], problems: [], skipped: 1 });
  });

  test('passes over scripts and charts that end in .tpl, whatever they write', async () => {
    expect(await read({
      'a.json': TEMPLATE,
      'user_data.sh.tpl': '#!/bin/bash\nif [ -f x ]; then echo "a: b"; fi\ncat > t.yaml <<EOF\nResources:\n  A:\n    Type: AWS::S3::Bucket\nEOF\n',
      '_helpers.tpl': '{{- define "x" }}\nResources: {{ .Values.x }}\n{{ end }}\n',
      'note.tpl': 'echo AWS::EC2::Instance # Resources\n',
    }, ['.'])).toEqual({ templates: ['a.json'], problems: [], skipped: 3 });
  });

  test('is searched for .cfn and .tpl, and for what begins as a template and has no ending', async () => {
    expect(await read({
      'a.cfn': YAML,
      'b.tpl': YAML,
      'c': YAML,
      'd': JSON.stringify(TEMPLATE),
      'e': `# ours\n---\nAWSTemplateFormatVersion: 2010-09-09\n${YAML}`,
      '.hidden': YAML,
      'utf16': Buffer.from(`\uFEFF${YAML}`, 'utf16le'),
      'LICENSE': 'The Resources: none',
      'script': `#!/bin/sh\ncat <<END\n${YAML}END\n`,
      'Makefile': 'all:\n\techo "Resources:"',
      'empty': '',
      'logo.png': Buffer.from('89504e470d0a1a0a00', 'hex'),
    }, ['.'])).toEqual({ templates: ['.hidden', 'a.cfn', 'b.tpl', 'c', 'd', 'e', 'utf16'], problems: [], skipped: 5 });
  });

  test('with what has the name or the start of a template, and cannot be read, is a problem', async () => {
    const large = (start: string): Buffer => Buffer.concat([Buffer.from(start), Buffer.alloc(9 * 1024 * 1024, ' ')]);
    expect(await read({
      'a.json': TEMPLATE,
      'b.json': gzipSync(JSON.stringify(TEMPLATE)),
      'c.yaml': Buffer.from(YAML, 'utf16le'),
      'd.template': Buffer.from(YAML, 'utf16le').swap16(),
      'e': Buffer.from(YAML, 'utf16le'),
      'f.yaml': large(YAML),
      'g': large(YAML),
      'h.cfn': large(''),
      'i.json': large('{"AWSTemplateFormatVersion": ""'),
      'lock.json': large('{"packages": {}}'),
      'j.yaml.gz': gzipSync(YAML),
      'k': gzipSync(YAML),
    }, ['.'])).toEqual({
      templates: ['a.json'],
      problems: [
        'b.json compressed with gzip; unpack it first',
        'c.yaml UTF-16 without a byte order mark; save it as UTF-8',
        'd.template UTF-16 without a byte order mark; save it as UTF-8',
        'e UTF-16 without a byte order mark; save it as UTF-8',
        ...['f.yaml', 'g', 'h.cfn', 'i.json'].map(file => `${file} 9 MB is far beyond the 1 MB that CloudFormation takes; files up to 8 MB are read`),
      ],
      skipped: 3,
    });
  });

  test('that is read twice has its files passed over once', async () => {
    expect(await read({ 'a/a.json': TEMPLATE, 'a/b.md': '', 'a/c.json': {} }, ['.', 'a'])).toEqual({ templates: ['a/a.json'], problems: [], skipped: 2 });
  });

  test('may hold other JSON and YAML, which is skipped and counted', async () => {
    expect(await read({
      'a.json': TEMPLATE,
      'package.json': { name: 'x' },
      'tree.json': { tree: {} },
      'x.assets.json': { files: {} },
      'ci.yaml': 'on: push\njobs: {}\n',
      'chart.yaml': 'name: {{ chart }} {{ version }}',
      'many.yaml': 'a: 1\n---\nb: 2\n',
      'prose.yaml': 'Resources are described elsewhere',
      'list.json': [{ Resources: {} }],
      'parameters.json': { Parameters: { Resources: 'x' } },
      'nginx.conf.template': 'server { listen 80; }',
      'package.template.json': { name: 'Resources' },
      'huge.json': Buffer.alloc(9 * 1024 * 1024, ' '),
    }, ['.'])).toEqual({ templates: ['a.json'], problems: [], skipped: 12 });
  });

  test('with a malformed file is a problem where name or content say that it is meant as a template', async () => {
    expect(await read({
      'a.json': TEMPLATE,
      'broken.yaml': 'Resources:\n  Host: [',
      'cut.json': '{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {',
      'list.yaml': 'Resources: []',
      'my.template.json': '',
      'my.template.yaml': Buffer.alloc(9 * 1024 * 1024, ' '),
      'template.yaml': 'a: [',
      'other.yaml': 'a: [',
    }, ['.'])).toEqual({
      templates: ['a.json'],
      problems: [
        'broken.yaml:2 malformed YAML, unexpected end of the stream within a flow collection; correct it here',
        'cut.json:1 malformed JSON, close brace expected; correct it here',
        'list.yaml:1 \'Resources\' must be a map from logical ids to resources, got a list',
        'my.template.json the file is empty; name a template',
        'my.template.yaml 9 MB is far beyond the 1 MB that CloudFormation takes; files up to 8 MB are read',
        'template.yaml:1 malformed YAML, unexpected end of the stream within a flow collection; correct it here',
      ],
      skipped: 1,
    });
  });

  test('with a template in UTF-16 is read, too', async () => {
    expect((await read({ 'a.yaml': Buffer.from(`\uFEFF${YAML}`, 'utf16le'), 'b.yaml': Buffer.from(`\uFEFF${YAML}`, 'utf16le').swap16() }, ['.'])).templates).toEqual(['a.yaml', 'b.yaml']);
  });

  test('that is an assembly is one, also deeper, and its files are not read twice', async () => {
    const groups = await groupsOf(folderWith({ ...ASSEMBLY, 'a.json': TEMPLATE }), ['.', 'cdk.out', 'cdk.out/', 'cdk.out/manifest.json', 'cdk.out/App.template.json', 'cdk.out/*.json']);

    expect(groups.map(group => summary([group]))).toEqual([
      { templates: ['cdk.out/App.template.json'], ...nothingElse },
      { templates: ['a.json'], problems: [], skipped: 2 },
    ]);
    expect(groups[0].templates[0].stack).toBe('App');
  });

  test('with a broken assembly is a problem, and the rest of it is read', async () => {
    expect(await read({ ...ASSEMBLY, 'cdk.out/manifest.json': '{', 'a.json': TEMPLATE }, ['.'])).toEqual({
      templates: ['a.json'], problems: ['cdk.out/manifest.json:1 malformed JSON, close brace expected; run `cdk synth` again'], skipped: 0,
    });
  });

  test('with another manifest.json is searched', async () => {
    expect(await read({ 'web/manifest.json': { name: 'web app' }, 'web/a.json': TEMPLATE }, ['web'])).toEqual({ templates: ['web/a.json'], problems: [], skipped: 1 });
  });

  test('with links that lead back is searched once', async () => {
    const folder = folderWith({ 'a/b.json': TEMPLATE });
    symlinkSync('..', join(folder, 'a/up'));
    symlinkSync('a', join(folder, 'z'));
    symlinkSync('gone', join(folder, 'a/dangling.yaml'));
    symlinkSync('gone', join(folder, 'a/dangling'));

    expect(summary(await groupsOf(folder, ['.', 'z']))).toEqual({
      templates: ['a/b.json'],
      problems: [
        'a/dangling.yaml a symbolic link to what is not there; mend or remove it',
        'z/dangling.yaml a symbolic link to what is not there; mend or remove it',
      ],
      skipped: 0,
    });
  });

  test('with nothing in it is a problem', async () => {
    const folder = folderWith({ 'none/readme.md': '', 'other/package.json': {}, 'a.json': TEMPLATE });

    expect(summary(await groupsOf(folder, ['none/', 'other', 'a.json']))).toEqual({
      templates: ['a.json'],
      problems: [
        'none no template and no cloud assembly in it; name a template, or the directory that `cdk synth` wrote',
        'other none of its 1 JSON and YAML files is a template; name a template, or the directory that `cdk synth` wrote',
      ],
      skipped: 2,
    });
  });
});

describe('a glob', () => {
  const FILES = { 'a.yaml': YAML, 'deep/b.yaml': YAML, 'deep/c.json': TEMPLATE, 'deep/package.json': {}, 'node_modules/d.yaml': YAML };

  test.each<[string, string[], number]>([
    ['*.yaml', ['a.yaml'], 0],
    ['**/*.yaml', ['a.yaml', 'deep/b.yaml'], 0],
    ['deep/*.{json,yaml}', ['deep/b.yaml', 'deep/c.json'], 1],
    ['deep/[bc].*', ['deep/b.yaml', 'deep/c.json'], 0],
    ['./d*/', ['deep/b.yaml', 'deep/c.json'], 1],
  ])('%s finds templates, and skips what is none', async (pattern, templates, skipped) => {
    expect(await read(FILES, [pattern])).toEqual({ templates, problems: [], skipped });
  });

  test('finds assemblies', async () => {
    expect((await read({ ...ASSEMBLY, ...FILES }, ['cdk*'])).templates).toEqual(['cdk.out/App.template.json']);
    expect((await groupsOf(folderWith({ ...ASSEMBLY, ...FILES }), ['**']))[0].templates[0]).toMatchObject({ stack: 'App' });
  });

  test('that matches nothing, or no template, is a problem', async () => {
    expect((await read(FILES, ['*.template', '**/package.json'])).problems).toEqual([
      '*.template matches no file; check the pattern',
      '**/package.json none of its 1 JSON and YAML files is a template; name a template, or the directory that `cdk synth` wrote',
    ]);
  });

  test('is no glob where there is a file of that name', async () => {
    expect((await read({ 'a[1].yaml': YAML, 'a1.yaml': YAML }, ['a[1].yaml'])).templates).toEqual(['a[1].yaml']);
  });

  test('may be written with the backslashes of Windows', () => {
    expect(patternOf('infra\\**\\*.yaml', 'win32')).toBe('infra/**/*.yaml');
    expect(patternOf('infra\\\\[a].yaml', 'win32')).toBe('infra/\\[a].yaml');
    expect(patternOf('infra/\\*.yaml', 'linux')).toBe('infra/\\*.yaml');
  });
});

describe('where nothing is named', () => {
  test('cdk.out is read', async () => {
    expect(await read({ ...ASSEMBLY, 'a.json': TEMPLATE }, [])).toEqual({ templates: ['cdk.out/App.template.json'], ...nothingElse });
  });

  test('and there is no cdk.out, that is a problem', async () => {
    expect(await read({ 'a.json': TEMPLATE }, [])).toEqual({ templates: [], problems: ['cdk.out there is no cdk.out here; run `cdk synth` first, or name templates, folders or globs'], skipped: 0 });
  });
});

describe('templates that are no part of an assembly', () => {
  test('inside a product are those of what provisions it, too', async () => {
    const resources = {
      Product: { Type: 'AWS::ServiceCatalog::CloudFormationProduct', Properties: { ProvisioningArtifactParameters: [{ Info: { LoadTemplateFromURL: 'host.yaml' } }] } },
      Here: { Type: 'AWS::ServiceCatalog::CloudFormationProvisionedProduct', Properties: { ProductId: { Ref: 'Product' } } },
      Elsewhere: { Type: 'AWS::ServiceCatalog::CloudFormationProvisionedProduct', Properties: { ProductId: 'prod-1' } },
    };
    const [{ templates }] = await groupsOf(folderWith({ 'app.json': { Resources: resources }, 'host.yaml': YAML }), ['app.json']);
    const judgements = judgeAll(templates);

    expect(linesOf(judgements.get('app.json')!)).toEqual(['Elsewhere undecided-template Properties']);
    expect([...judgements.keys()]).toEqual(['app.json', 'host.yaml']);
  });

  const parent = (url: unknown, metadata?: object): object => ({ Resources: { Network: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url }, Metadata: metadata } } });

  test('are judged together', async () => {
    expect(await groupsOf(folderWith({ 'a.json': TEMPLATE, 'b.yaml': YAML }), ['.', '-'], { stdin: () => Promise.resolve(Buffer.from(YAML)) })).toEqual([
      expect.objectContaining({ templates: [expect.objectContaining({ stack: 'a' }), expect.objectContaining({ stack: 'b' }), expect.objectContaining({ stack: '<stdin>' })] }),
    ]);
  });

  test.each<[string, unknown, object | undefined]>([
    ['a path, as `aws cloudformation package` reads it', './nested/network.yaml', undefined],
    ['the metadata of CDK', { Ref: 'Url' }, { 'aws:asset:path': 'nested/network.yaml', 'aws:asset:property': 'TemplateURL' }],
  ])('have nested stacks by %s', async (_, url, metadata) => {
    const [{ templates }] = await groupsOf(folderWith({ 'infra/main.yaml': parent(url, metadata), 'infra/nested/network.yaml': YAML }), ['infra/main.yaml']);

    expect(templates.map(({ stack, file }) => [stack, file])).toEqual([['main', 'infra/main.yaml'], ['main/Network', 'infra/nested/network.yaml']]);
    expect([...templates[0].children!]).toEqual([['Network', ['infra/nested/network.yaml']]]);
  });

  test('have no nested stacks where the address leads elsewhere', async () => {
    for (const url of ['https://bucket.s3.amazonaws.com/a.yaml', 'gone.yaml', '.', { Ref: 'Url' }]) {
      const [{ templates }] = await groupsOf(folderWith({ 'main.json': parent(url), 'a.yaml': YAML }), ['main.json']);

      expect(templates.map(({ id, children }) => [id, children!.size])).toEqual([['main.json', 0]]);
    }
  });

  test('are read once, be they nested or not', async () => {
    expect((await read({ 'a.yaml': YAML, 'main.json': parent('a.yaml'), 'z.json': parent('a.yaml') }, ['.'])).templates).toEqual(['a.yaml', 'main.json', 'z.json']);
    expect((await read({ 'main.json': parent('z.yaml'), 'z.yaml': YAML }, ['.', '*.yaml'])).templates).toEqual(['main.json', 'z.yaml']);
  });

  test('and that are very many come in groups, apart from those that may need others', async () => {
    const large = (more: object): object => ({ Resources: { ...Object.fromEntries(Array.from({ length: 1_500 }, (_, i) => [`B${i}`, { Type: 'AWS::S3::Bucket' }])), ...more } });
    const importing = { Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: { 'Fn::ImportValue': 'image' } } } };
    const folder = folderWith(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${String(i).padStart(2, '0')}.json`, large(i % 10 === 0 ? importing : {})])));
    addFiles(folder, { 'zz.json': parent('01.json') });
    const groups = (await groupsOf(folder, ['.'])).map(({ templates }) => templates.map(({ id }) => id));

    expect(groups.map(group => group.length)).toEqual([14, 1, 1, 1, 1, 3]);
    expect(groups[5]).toEqual(['00.json', '10.json', 'zz.json']);
    expect(groups.flat().sort()).toEqual([...Array.from({ length: 20 }, (_, i) => `${String(i).padStart(2, '0')}.json`), 'zz.json']);
  });
});

test.each<[string, unknown]>([
  ['JSON', { Resources: { M: { Type: 'My::EC2::Bastion::MODULE', Properties: {} } } }],
  ['YAML', 'Resources:\n  M:\n    Type: My::EC2::Bastion::MODULE\n'],
])('a module in %s is still there to be told', async (_, content) => {
  const [{ templates }] = await groupsOf(folderWith({ 'a.template': content }), ['a.template']);

  expect(linesOf(judgeAll(templates).get('a.template')!)).toEqual(['M undecided-transform Type']);
});

test('a file of a folder with nothing but modules is a template, one with a list of modules is none', async () => {
  const [{ templates, passedOver }] = await groupsOf(folderWith({
    'a.yaml': 'Modules:\n  Web:\n    Source: ./web.yaml\n', 'b.json': { Modules: [{ Name: 'Game', Source: 'x' }] }, 'c.yaml': 'Modules:\n  Web: {}\n',
  }), ['.']);

  expect(linesOf(judgeAll(templates).get('a.yaml')!)).toEqual(['Modules undecided-transform Modules.Web']);
  expect(passedOver).toHaveLength(2);
});

test('tells how many templates were read so far', async () => {
  const told: number[] = [];
  await read({ ...ASSEMBLY, 'a.json': TEMPLATE, 'b.json': TEMPLATE, 'c.json': {} }, ['.'], { onRead: count => told.push(count) });

  expect(told).toEqual([1, 2, 3]);
});

test('the text of a YAML file is not kept with its template', async () => {
  const description = 'x'.repeat(100_000);
  const folder = folderWith(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`${i}.yaml`, `Description: ${description}\nResources:\n  Host${i}: { Type: AWS::EC2::Instance, Properties: { ImageId: a-longer-text-than-thirteen } }\n`])));
  const script = "const { inputsOf } = require('./src/cli/inputs');"
    + '(async () => { const kept = []; for await (const group of inputsOf([process.argv[1]], { cwd: process.cwd() })) { kept.push(group); }'
    + ' gc(); process.stdout.write(`${kept[0].templates.length} ${process.memoryUsage().heapUsed - before}`); })();';
  const warm = `const { readTemplate } = require('./src/input/read-template'); readTemplate(Buffer.from('Resources: {}'), 'a'); require('./src/cli/inputs'); gc(); const before = process.memoryUsage().heapUsed; ${script}`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '-r', 'ts-node/register/transpile-only', '-e', warm, folder], { cwd: join(__dirname, '../..'), encoding: 'utf8' });
  const [count, bytes] = stdout.split(' ').map(Number);

  expect({ count, stderr }).toEqual({ count: 100, stderr: '' });
  expect(bytes).toBeLessThan(100 * description.length / 2);
});
