import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, lstatSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { imdsGuard, Ran } from '../../support/terminal';

let cwd: string;
beforeEach(() => { cwd = mkdtempSync(join(tmpdir(), 'imds-fix-')); });
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function given(file: string, text: string | Buffer): void {
  mkdirSync(dirname(join(cwd, file)), { recursive: true });
  writeFileSync(join(cwd, file), text);
}

function read(file: string): string {
  return readFileSync(join(cwd, file), 'utf8');
}

async function fix(...args: readonly string[]): Promise<Ran> {
  return imdsGuard(cwd, ['fix', ...args]);
}

const HOST = 'Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties: # as it was\n      ImageId: ami-1\n';
const FIXED = HOST.replace('as it was\n', 'as it was\n      MetadataOptions:\n        HttpTokens: required\n');

test('a template is edited in place, says so, and passes the check', async () => {
  given('app.yaml', HOST);
  expect(await fix('app.yaml')).toEqual({
    exitCode: 0, stdout: 'app.yaml: edited Host\n', stderr: 'imds-guard: 1 template read, 1 resource in 1 file edited\n',
  });
  expect(read('app.yaml')).toBe(FIXED);
  expect((await imdsGuard(cwd, ['check', 'app.yaml'])).exitCode).toBe(0);
  expect(await fix('app.yaml')).toEqual({ exitCode: 0, stdout: '', stderr: 'imds-guard: 1 template read, nothing to edit\n' });
});

const BEHIND_PARAMETER = '  Other:\n    Type: AWS::EC2::Instance\n    Properties:\n      MetadataOptions:\n        HttpTokens: !Ref Tokens\n'
  + 'Parameters:\n  Tokens: { Type: String, Default: optional }\n';

describe('a script that asks without a token', () => {
  const CALLS = `${HOST}      UserData: !Base64 "curl http://169.254.169.254/latest/meta-data/"\n`;

  test.each([[], ['--dry-run'], ['--check'], ['--quiet']])('in a file that is edited is told, since it breaks then %s', async (...args) => {
    given('app.yaml', CALLS);
    const { stdout, stderr } = await fix('app.yaml', ...args);
    expect(stdout + stderr).toContain([
      'breaks where version 2 is required, so mend it before you deploy:',
      '  app.yaml:',
    ].join('\n'));
    expect(stdout + stderr).toContain('curl asks IMDS without a token, which gets 401 where version 2 is required\n    TOKEN=$(curl');
  });

  test('fails nothing, and is not told where nothing is edited', async () => {
    given('app.yaml', CALLS);
    expect((await fix('app.yaml')).exitCode).toBe(0);
    expect(await fix('app.yaml')).toEqual({ exitCode: 0, stdout: '', stderr: 'imds-guard: 1 template read, nothing to edit\n' });
  });

  test('and one that asks with a token is not told', async () => {
    given('app.yaml', CALLS.replace('curl http', 'T=$(curl -X PUT -H X-aws-ec2-metadata-token-ttl-seconds:60 http://169.254.169.254/latest/api/token); curl -H X-aws-ec2-metadata-token:$T http'));
    expect((await fix('app.yaml')).stdout).toBe('app.yaml: edited Host\n');
  });
});

test('--dry-run writes nothing and prints a patch that git applies', async () => {
  given('sub/app.yaml', HOST.replaceAll('\n', '\r\n'));
  const { exitCode, stdout, stderr } = await fix('--dry-run', 'sub');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'sub/app.yaml: would edit Host\nimds-guard: 1 template read, 1 resource in 1 file would be edited\n' });
  expect(stdout).toMatch(/^--- a\/sub\/app.yaml\n\+\+\+ b\/sub\/app.yaml\n@@ -1,5 \+1,7 @@\n/);
  expect(read('sub/app.yaml')).toBe(HOST.replaceAll('\n', '\r\n'));
  execFileSync('git', ['apply', '-'], { cwd, input: stdout });
  expect(read('sub/app.yaml')).toBe(FIXED.replaceAll('\n', '\r\n'));
});

test('--check writes nothing and fails where anything would change', async () => {
  given('app.yaml', HOST);
  expect(await fix('--check', 'app.yaml')).toMatchObject({ exitCode: 1, stdout: 'app.yaml: would edit Host\n' });
  expect(read('app.yaml')).toBe(HOST);
  given('app.yaml', FIXED);
  expect((await fix('--check', 'app.yaml')).exitCode).toBe(0);
});

test('byte order mark, mode and symbolic link stay', async () => {
  given('real.yaml', `\ufeff${HOST}`);
  chmodSync(join(cwd, 'real.yaml'), 0o640);
  symlinkSync('real.yaml', join(cwd, 'app.yaml'));
  expect((await fix('app.yaml')).exitCode).toBe(0);
  expect(read('real.yaml')).toBe(`\ufeff${FIXED}`);
  expect(statSync(join(cwd, 'real.yaml')).mode % 0o1000).toBe(0o640);
  expect(lstatSync(join(cwd, 'app.yaml')).isSymbolicLink()).toBe(true);
});

test('UTF-16 stays, and what is no UTF-8 is not edited', async () => {
  given('wide.yaml', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(HOST, 'utf16le')]));
  expect((await fix('wide.yaml')).exitCode).toBe(0);
  expect(readFileSync(join(cwd, 'wide.yaml')).toString('utf16le', 2)).toBe(FIXED);
  const odd = Buffer.concat([Buffer.from(HOST), Buffer.from([0x23, 0xff, 0x0a])]);
  given('odd.yaml', odd);
  const { exitCode, stdout } = await fix('odd.yaml');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('not edited: it is not in UTF-8');
  expect(readFileSync(join(cwd, 'odd.yaml'))).toEqual(odd);
});

test('what a parameter decides is not edited, but listed with what to do by hand', async () => {
  const text = `Parameters:\n  P:\n    Type: String\n    Default: optional\n${HOST}      MetadataOptions:\n        HttpTokens: !Ref P\n`;
  given('app.yaml', text);
  const { exitCode, stdout, stderr } = await fix('app.yaml');
  expect(read('app.yaml')).toBe(text);
  expect({ exitCode, stdout, stderr }).toMatchInlineSnapshot(`
{
  "exitCode": 1,
  "stderr": "imds-guard: 1 template read, nothing to edit; left to do by hand, see above: 1
",
  "stdout": "left to do by hand:
  app.yaml:11:9 Host (AWS::EC2::Instance)
    Properties.MetadataOptions.HttpTokens: "optional" lets IMDSv1 answer; an account or a policy that enforces IMDSv2 refuses the launch
    not edited: HttpTokens comes from !Ref P
    set MetadataOptions.HttpTokens to "required"
",
}
`);
});

test('what an exemption covers is not edited', async () => {
  const exempt = 'Exempt:\n    Type: AWS::EC2::Instance\n    Metadata:\n      cdk-imds-guard:exemption: {reason: old agent, owner: web, until: "2026-12-24"}\n    Properties: {}\n';
  given('app.yaml', `${HOST}  ${exempt}`);
  given('exempt.yaml', 'exemptions:\n  - logicalId: Host\n    file: other.yaml\n    reason: old agent\n    owner: web\n    until: "2026-12-24"\n');
  given('other.yaml', HOST);
  const { stdout } = await fix('--exemptions', 'exempt.yaml', 'app.yaml', 'other.yaml');
  expect(stdout).toContain('app.yaml: edited Host\n');
  expect(read('other.yaml')).toBe(HOST);
});

const FLEET = `Resources:
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-1
  Fleet:
    Type: AWS::EC2::EC2Fleet
    Properties:
      LaunchTemplateConfigs:
        - LaunchTemplateSpecification:
            LaunchTemplateId: !Ref Template
            Version: !GetAtt Template.LatestVersionNumber
`;

test('nothing is replaced unless that is allowed', async () => {
  given('app.yaml', FLEET);
  const { exitCode, stdout } = await fix('app.yaml');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('not edited: a new version of it would replace Fleet; give --allow-replacement AWS::EC2::EC2Fleet\n');
  expect(read('app.yaml')).toBe(FLEET);
  expect((await fix('--allow-replacement', 'AWS::EC2::EC2Fleet', 'app.yaml')).exitCode).toBe(0);
  expect(read('app.yaml')).toContain('      LaunchTemplateData:\n        MetadataOptions:\n          HttpTokens: required\n');
});

test('an instance that is pinned to a template is given options of its own, with what the template says', async () => {
  given('app.yaml', FLEET.slice(0, FLEET.indexOf('  Fleet:')).replace('ImageId: ami-1', 'MetadataOptions:\n          HttpPutResponseHopLimit: 3') + `  Host:
    Type: AWS::EC2::Instance
    Properties:
      LaunchTemplate:
        LaunchTemplateId: !Ref Template
        Version: !GetAtt Template.LatestVersionNumber
`);
  expect(await fix('app.yaml')).toMatchObject({ exitCode: 0, stdout: 'app.yaml: edited Host\n' });
  expect(read('app.yaml')).toContain('    Properties:\n      MetadataOptions:\n        HttpTokens: required\n        HttpPutResponseHopLimit: 3\n      LaunchTemplate:\n');
});

test('--hop-limit is written with the tokens, and --max-hop-limit lowers what is above', async () => {
  given('app.yaml', HOST);
  await fix('--hop-limit', '1', 'app.yaml');
  expect(read('app.yaml')).toContain('        HttpTokens: required\n        HttpPutResponseHopLimit: 1\n');
  given('high.yaml', `${HOST}      MetadataOptions: {HttpTokens: required, HttpPutResponseHopLimit: 9}\n`);
  await fix('--max-hop-limit', '2', 'high.yaml');
  expect(read('high.yaml')).toContain('{HttpTokens: required, HttpPutResponseHopLimit: 2}');
});

describe('excluded is what it is in check', () => {
  const files = (...names: readonly string[]): void => names.forEach(each => given(each, HOST));
  const edited = (...names: readonly string[]): string => names.map(each => `${each}: edited Host\n`).join('');

  test('a folder, by name at any depth; !GLOB takes back', async () => {
    files('app.yaml', 'a/old/x.yaml', 'a/old/kept.yaml', 'b/y.test.yaml');
    expect(await fix('--exclude', 'old', '--exclude', '*.test.yaml', '--exclude', '!kept.yaml', '.')).toMatchObject({
      exitCode: 0, stdout: edited('a/old/kept.yaml', 'app.yaml'),
    });
  });

  test('a file that is named itself is edited', async () => {
    files('old/app.yaml');
    expect(await fix('--exclude', 'old', 'old/app.yaml')).toMatchObject({ exitCode: 0, stdout: edited('old/app.yaml') });
  });

  test('a settings file excludes, too', async () => {
    files('app.yaml', 'old/app.yaml');
    given('.imds-guard.yaml', 'exclude: old\n');
    expect(await fix('.')).toMatchObject({ exitCode: 0, stdout: edited('app.yaml') });
    expect(read('old/app.yaml')).toBe(HOST);
  });

  test('but what a template brings in is judged and not edited', async () => {
    files('vendor/child.yaml');
    given('app.yaml', 'Resources:\n  Nested:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: vendor/child.yaml\n');
    const { exitCode, stdout } = await fix('--exclude', 'vendor', '.');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining('not edited: it is excluded\n') });
    expect(read('vendor/child.yaml')).toBe(HOST);
    expect(await fix('.')).toMatchObject({ exitCode: 0, stdout: edited('vendor/child.yaml') });
  });

  test('a pattern that means everything is refused', async () => {
    files('app.yaml');
    expect(await fix('--exclude', '/', '.')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--exclude must be a path or a glob') });
  });
});

describe('--only-templates', () => {
  test('passes over what is no template where it is named', async () => {
    given('app.yaml', HOST);
    given('values.yaml', 'replicas: 3\n');
    given('package.json', '{}');
    expect(await fix('--only-templates', '--', 'app.yaml', 'values.yaml', 'package.json')).toMatchObject({ exitCode: 0, stdout: 'app.yaml: edited Host\n' });
  });

  test('is fine where nothing is left', async () => {
    given('values.yaml', 'replicas: 3\n');
    expect(await fix('--only-templates', 'values.yaml')).toEqual({ exitCode: 0, stdout: '', stderr: 'imds-guard: 0 templates read, nothing to edit\n' });
    expect((await fix('values.yaml')).exitCode).toBe(2);
  });

  test('is no excuse for a broken template, or for none that is named', async () => {
    given('app.yaml', 'Resources:\n  Host: {Type: AWS::EC2::Instance\n');
    expect((await fix('--only-templates', 'app.yaml')).exitCode).toBe(2);
    expect((await fix('--only-templates', 'missing.yaml')).exitCode).toBe(2);
  });
});

describe('a file with flaws', () => {
  test.each([
    ['a resource that is text', '  Odd: text\n'],
    ['a directive of Rain', '  Odd: !Rain::Include other.yaml\n'],
    ['a tag that YAML gives no meaning here', '  Odd:\n    Type: AWS::S3::Bucket\n    Properties: { BucketName: !!binary aGk= }\n'],
  ])('has its readable resources edited, and ends with 2: %s', async (_, odd) => {
    given('app.yaml', HOST + odd);
    const { exitCode, stdout, stderr } = await fix('app.yaml');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: 'app.yaml: edited Host\n' });
    expect(stderr).toMatch(/^imds-guard: app\.yaml:\d+:\d+: .*the rest of the template is judged\n/);
    expect(read('app.yaml')).toBe(FIXED + odd);
    expect(await fix('app.yaml')).toMatchObject({ exitCode: 2, stdout: '' });
  });

  test('stays as it is where nothing of it can be read', async () => {
    given('app.yaml', 'Resources:\n  Odd: text\n');
    expect((await fix('app.yaml')).exitCode).toBe(2);
    expect(read('app.yaml')).toBe('Resources:\n  Odd: text\n');
  });
});

test('patterns leave out what they do for the check: folders, names anywhere, and not what is taken back', async () => {
  for (const file of ['app.yaml', 'old/app.yaml', 'old/kept.yaml', 'sub/vendor.yaml']) { given(file, HOST); }
  const { stdout } = await fix('--exclude', 'old', '--exclude', 'vendor.yaml', '--exclude', '!old/kept.yaml', '--check', '.');
  expect(stdout).toBe('app.yaml: would edit Host\nold/kept.yaml: would edit Host\n');
});

test('what a settings file leaves out is not edited', async () => {
  given('.imds-guard.yaml', 'exclude: old/**\n');
  given('app.yaml', HOST);
  given('old/app.yaml', HOST);
  expect(await fix('.')).toMatchObject({ exitCode: 0, stdout: 'app.yaml: edited Host\n', stderr: 'imds-guard: 1 template read and 1 excluded, 1 resource in 1 file edited\n' });
  expect(read('old/app.yaml')).toBe(HOST);
});

test('what the settings give to a parameter holds, as for the check', async () => {
  const text = 'Parameters:\n  Tokens: {Type: String, Default: optional}\n' + HOST.replace(' # as it was', '\n      MetadataOptions: {HttpTokens: !Ref Tokens}');
  given('app.yaml', text);
  given('.imds-guard.yaml', 'parameter: {Tokens: required}\n');
  expect(await fix('app.yaml')).toMatchObject({ exitCode: 0, stdout: '' });
  given('.imds-guard.yaml', 'parameter: {Tokens: optional}\n');
  expect((await fix('app.yaml')).exitCode).toBe(1);
  expect(await fix('--parameter', 'Tokens=required', 'app.yaml')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('unknown option \'--parameter\'') });
  expect(read('app.yaml')).toBe(text);
});

test('a value that a parameter does not take is told', async () => {
  given('app.yaml', `Parameters:\n  Tokens: {Type: String, AllowedValues: [required]}\n${HOST}`);
  given('.imds-guard.yaml', 'parameter: {Tokens: optional}\n');
  expect(await fix('app.yaml')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("app.yaml: the parameter 'Tokens' cannot be 'optional'") as string });
});

test('where all is left out, nothing passes', async () => {
  given('app.yaml', HOST);
  expect(await fix('--exclude', '*.yaml', '.')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('imds-guard: 0 templates read and 1 excluded, nothing to edit\n') });
});

test('--only-templates passes over named files that are none', async () => {
  given('package.json', '{"name": "app"}');
  given('app.yaml', HOST);
  expect(await fix('--only-templates', 'package.json', 'app.yaml')).toMatchObject({ exitCode: 0, stdout: 'app.yaml: edited Host\n' });
  expect((await fix('--only-templates', 'package.json')).exitCode).toBe(0);
  expect((await fix('package.json')).exitCode).toBe(2);
});

test('no name of a file gives a command to the build service', async () => {
  given('::error::a.yaml', HOST);
  given('::error::b.yaml', HOST.replace('# as it was', '&shared').concat('  Other:\n    Type: AWS::EC2::Instance\n    Properties: *shared\n'));
  const { stdout } = await fix('.');
  expect(stdout).toContain('\\u003a:error::a.yaml: edited Host\n');
  expect(stdout).toContain('  \\u003a:error::b.yaml:4:5 Host (AWS::EC2::Instance)\n');
  expect(stdout).not.toMatch(/^\s*::/m);
});

test('a patch holds a byte order mark; what git has no patch for is told', async () => {
  given('app.yaml', `\ufeff${HOST}`);
  given('wide.yaml', Buffer.from(`\ufeff${HOST}`, 'utf16le'));
  given('deep.yaml', `\ufeff# 1\n# 2\n# 3\n${HOST}`);
  const { stdout, stderr } = await fix('--dry-run', '.');
  execFileSync('git', ['apply', '-'], { cwd, input: stdout });
  expect(read('app.yaml')).toBe(`\ufeff${FIXED}`);
  expect(read('deep.yaml')).toBe(`\ufeff# 1\n# 2\n# 3\n${FIXED}`);
  expect(stderr).toContain('imds-guard: wide.yaml: no patch can be shown of it, since it is in UTF-16\n');
});

test('a template of a cloud assembly is not edited through a link', async () => {
  given('cdk.out/manifest.json', '{"version": "48.0.0", "artifacts": {"App": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "App.template.json"}}}}');
  const template = '{"Resources": {"Host": {"Type": "AWS::EC2::Instance"}}}';
  given('cdk.out/App.template.json', template);
  symlinkSync('cdk.out/App.template.json', join(cwd, 'app.json'));
  expect(await fix('app.json')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('app.json: it is of a cloud assembly') as string });
  expect(read('cdk.out/App.template.json')).toBe(template);
});

describe('in a git repository', () => {
  const git = (...args: string[]): void => void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd, stdio: 'ignore' });

  test('a file with changes that are not staged is refused, unless forced', async () => {
    git('init');
    given('app.yaml', `# old\n${HOST}`);
    given('clean.yaml', HOST);
    git('add', '.');
    given('app.yaml', HOST);
    const { exitCode, stdout, stderr } = await fix('app.yaml', 'clean.yaml');
    expect(exitCode).toBe(2);
    expect(stdout).toContain('clean.yaml: edited Host\n');
    expect(stderr).toContain('imds-guard: app.yaml: it has changes that are not staged, which the edit would mix with; stage or commit them (git add), or give --force\n');
    expect(read('app.yaml')).toBe(HOST);
    git('add', '.');
    expect((await fix('app.yaml')).exitCode).toBe(0);
    expect((await fix('--force', 'clean.yaml')).exitCode).toBe(0);
  });

  test('a second run, before anything is staged, tells what is left and why, and refuses nothing', async () => {
    git('init');
    given('app.yaml', `${HOST}${BEHIND_PARAMETER}`);
    git('add', '.');
    const first = await fix('app.yaml');
    expect(first).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('not edited: HttpTokens comes from !Ref Tokens') as string });
    const second = await fix('app.yaml');
    expect(second).toMatchObject({ exitCode: 1, stderr: 'imds-guard: 1 template read, nothing to edit; left to do by hand, see above: 1\n' });
    expect(second.stdout).toBe(first.stdout.replace('app.yaml: edited Host\n', ''));
  });

  describe('with changes that are not staged', () => {
    beforeEach(() => {
      git('init');
      given('sub/app.yaml', `# old\n${HOST}`);
      git('add', '.');
      git('commit', '-m', 'a');
      given('sub/app.yaml', HOST);
    });
    const inEnv = async (env: { readonly [name: string]: string }, run: () => Promise<void>): Promise<void> => {
      const before = { ...process.env };
      try { Object.assign(process.env, env); await run(); } finally { process.env = before; }
    };

    test('a file is refused by the name of a link, too', async () => {
      symlinkSync('sub/app.yaml', join(cwd, 'link.yaml'));
      expect((await fix('link.yaml')).exitCode).toBe(2);
      expect(read('sub/app.yaml')).toBe(HOST);
    });

    test('a file is refused where git cannot read its index', async () => {
      given('.git/index', 'no index');
      const { exitCode, stderr } = await fix('sub/app.yaml');
      expect(exitCode).toBe(2);
      expect(stderr).toContain('imds-guard: sub/app.yaml: git cannot tell whether it has changes that are not staged; see what git status says, or give --force\n');
      expect((await fix('--force', 'sub/app.yaml')).exitCode).toBe(0);
    });

    test('a file of a linked work tree is refused in a hook, where git names its folder', async () => {
      git('worktree', 'add', '-b', 'other', 'linked');
      given('linked/sub/app.yaml', HOST);
      await inEnv({ GIT_DIR: join(cwd, '.git/worktrees/linked'), GIT_INDEX_FILE: join(cwd, '.git/worktrees/linked/index') }, async () => {
        expect((await fix('linked/sub/app.yaml')).exitCode).toBe(2);
      });
    });

    test('a file is edited in the hook of a commit that takes it', async () => {
      execFileSync('cp', ['.git/index', '.git/next-index.lock'], { cwd });
      const index = join(cwd, '.git/next-index.lock');
      execFileSync('git', ['add', '.'], { cwd, env: { ...process.env, GIT_INDEX_FILE: index } });
      await inEnv({ GIT_INDEX_FILE: index }, async () => expect((await fix('sub/app.yaml')).exitCode).toBe(0));
    });
  });

  test('a file that git does not know is edited', async () => {
    git('init');
    given('app.yaml', HOST);
    expect((await fix('app.yaml')).exitCode).toBe(0);
  });
});

test.each([
  [[], 'name what to fix: templates, folders or globs'],
  [['-'], 'standard input is no file, so it cannot be edited; name templates, folders or globs'],
  [['--dry-run', '--check', 'app.yaml'], '--dry-run and --check do not go together; --dry-run prints what would change, --check only fails on it'],
  [['--hop-limit', '65', 'app.yaml'], '--hop-limit must be a whole number from 1 to 64, got 65'],
  [['--allow-replacement', 'AWS::EC2::Instances', 'app.yaml'], '--allow-replacement does not take "AWS::EC2::Instances"; did you mean AWS::EC2::Instance?'],
  [['missing.yaml'], 'missing.yaml: there is no such file'],
])('misuse: %j', async (args, message) => {
  given('app.yaml', HOST);
  const { exitCode, stderr } = await fix(...args);
  expect({ exitCode, isTold: stderr.startsWith(`imds-guard: ${message}`), stderr }).toMatchObject({ exitCode: 2, isTold: true });
  expect(read('app.yaml')).toBe(HOST);
});

test('a cloud assembly is refused where it is named, and passed over in a folder', async () => {
  given('cdk.out/manifest.json', JSON.stringify({ version: '36.0.0', artifacts: { Web: { type: 'aws:cloudformation:stack', environment: 'aws://1/eu-west-1', properties: { templateFile: 'Web.template.json' } } } }));
  given('cdk.out/Web.template.json', JSON.stringify({ Resources: { Host: { Type: 'AWS::EC2::Instance' } } }));
  given('app.yaml', HOST);
  for (const named of ['cdk.out', 'cdk.out/Web.template.json']) {
    const { exitCode, stderr } = await fix(named);
    expect({ exitCode, isTold: stderr.includes('ImdsGuard.enforce(app)') }).toEqual({ exitCode: 2, isTold: true });
  }
  expect(await fix('.')).toMatchObject({ exitCode: 0, stdout: 'app.yaml: edited Host\n' });
});

test('a key that stands twice is not edited', async () => {
  const text = HOST.replace('      ImageId', '      ImageId: ami-2\n      ImageId');
  given('app.yaml', text);
  const { exitCode, stdout } = await fix('app.yaml');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('not edited: the key \'ImageId\' is there twice in one map');
  expect(read('app.yaml')).toBe(text);
});
