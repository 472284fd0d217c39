import { execFileSync } from 'node:child_process';
import { deploymentOf, mayDeploy } from '../../../src/cli/run/deployment';

/** The two commands that `cdk deploy` becomes, or undefined; spaces are between words. */
function steps(command: string, script?: string): readonly string[] | undefined {
  const deployment = deploymentOf(command.split(' '), { script: name => name === 'cdk' ? script : undefined });
  return deployment && [deployment.synth('OUT').join(' '), deployment.deploy('OUT').join(' ')];
}

describe('is found by its words', () => {
  test.each([
    ['cdk deploy'],
    ['cdk.cmd deploy'],
    ['npx cdk deploy'],
    ['npx.cmd cdk deploy'],
    ['C:\\Program_Files\\nodejs\\npx.cmd cdk deploy'],
    ['npx --yes aws-cdk@2 deploy'],
    ['npx --package=aws-cdk cdk deploy'],
    ['npx -- cdk deploy'],
    ['bunx cdk deploy'],
    ['npm exec -- cdk deploy'],
    ['npm x --yes -- cdk deploy'],
    ['yarn cdk deploy'],
    ['yarn --silent cdk deploy'],
    ['yarn run cdk deploy'],
    ['yarn dlx aws-cdk deploy'],
    ['pnpm cdk deploy'],
    ['pnpm exec cdk deploy'],
    ['pnpm dlx aws-cdk@2.1000.0 deploy'],
    ['node_modules/.bin/cdk deploy'],
    ['./node_modules/.bin/cdk deploy'],
    ['node node_modules/aws-cdk/bin/cdk deploy'],
    ['/usr/local/bin/cdk deploy'],
    ['aws-vault exec prod -- npx cdk deploy'],
    ['env A=1 B=2 npx cdk deploy'],
    ['npx cdk@2 deploy'],
  ])('%s', command => {
    const starter = command.replace(/ deploy$/, '');
    expect(steps(command)).toEqual([`${starter} synth --quiet --output OUT`, `${starter} deploy --app OUT`]);
  });

  test('npm, which takes options for its own, is given `--`', () => {
    expect(steps('npm exec cdk deploy')).toEqual(['npm exec cdk -- synth --quiet --output OUT', 'npm exec cdk -- deploy --app OUT']);
    expect(steps('npm exec cdk -- deploy --all')).toEqual(['npm exec cdk -- synth --quiet --output OUT', 'npm exec cdk -- deploy --all --app OUT']);
    expect(steps('npm run cdk -- deploy Web', 'cdk')).toEqual(['npm run cdk -- synth Web --quiet --output OUT', 'npm run cdk -- deploy Web --app OUT']);
    expect(steps('npm exec cdk deploy --all')).toBeUndefined(); // npm takes --all
  });

  test('a script counts where it is CDK\'s command line and nothing else', () => {
    expect(steps('yarn cdk deploy', 'cdk')).toBeDefined();
    expect(steps('yarn cdk deploy', 'npx cdk')).toBeDefined();
    expect(steps('yarn cdk deploy', 'cdk --app "node x.js"')).toBeUndefined();
    expect(steps('pnpm run cdk deploy', 'tsc && cdk')).toBeUndefined();
    expect(steps('npm run cdk -- deploy')).toBeUndefined(); // there is none
  });
});

describe('its options', () => {
  test.each([
    ['--profile prod deploy', '--profile prod', '--profile prod'],
    ['deploy --profile=prod -c a=1 --context b=2 -ca=3', '--profile=prod -c a=1 --context b=2 -ca=3', '--profile=prod -c a=1 --context b=2 -ca=3'],
    ['deploy --app appcommand --region eu-west-1', '--app appcommand --region eu-west-1', '--region eu-west-1'],
    ['-a appcommand deploy', '-a appcommand', ''],
    ['deploy -aappcommand --build make', '-aappcommand --build make', ''],
    ['deploy Web Prod/* -e', 'Web Prod/* -e', 'Web Prod/* -e'],
    ['deploy --all --require-approval never --parameters Web:A=b -t k=v', '', '--all --require-approval never --parameters Web:A=b -t k=v'],
    ['deploy --hotswap Web --concurrency 4 --outputs-file out.json', 'Web', '--hotswap Web --concurrency 4 --outputs-file out.json'],
    ['deploy --no-rollback -R -f Web', 'Web', '--no-rollback -R -f Web'],
    ['deploy --no-staging --no-notices -vv', '--no-staging --no-notices -vv', '--no-staging --no-notices -vv'],
    ['deploy --lookups false --execute true Web', '--lookups false Web', '--lookups false --execute true Web'],
    ['deploy --strict --json', '--strict', '--strict --json'],
    ['deploy -o mine', '', ''],
  ])('cdk %s', (words, synth, deploy) => {
    const all = (...parts: readonly string[]): string => parts.filter(part => part !== '').join(' ');
    expect(steps(`cdk ${words}`)).toEqual([all('cdk synth', synth, '--quiet --output OUT'), all('cdk deploy', deploy, '--app OUT')]);
  });

  test('a folder that they name is kept', () => {
    const output = (words: string): string | undefined => deploymentOf(['cdk', ...words.split(' ')], { script: () => undefined })?.output;
    expect(output('deploy --output mine')).toBe('mine');
    expect(output('deploy -o=mine')).toBe('mine');
    expect(output('deploy')).toBeUndefined();
  });
});

test.each([
  'cdk synth', 'cdk diff deploy', 'cdk', 'npx cdk watch', 'cdk deploy --watch', 'cdk deploy --no-such-option x', 'cdk deploy --profile', 'cdk deploy -- Web', 'cdk deploy --quiet', 'env -i cdk deploy', 'env A=1',
  'npx -c deploy', 'npx --package aws-cdk cdk deploy', 'npm run deploy', 'yarn deploy', 'make deploy', 'node deploy.js', './cdk deploy', 'bin/cdk deploy', 'cdk deploy -xy',
  'npm --prefix infra exec cdk deploy', 'bash -c deploy', 'cdk --no-profile deploy',
])('%s is no deployment in two steps', command => expect(steps(command)).toBeUndefined());

test.each([
  [['npm', 'run', 'deploy:prod'], true], [['make', 'deploy'], true], [['bash', '-c', 'cdk deploy'], true], [['cdk', 'watch'], true], [['cdk', 'deploy', '--watch'], true],
  [['cdk', 'synth'], false], [['npm', 'test'], false],
])('%j may deploy: %p', (command, expected) => expect(mayDeploy(command)).toBe(expected));

/** So that no option is missing that CDK's command line has. */
test('every option of cdk deploy is known, with what it takes', () => {
  const help = execFileSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), 'deploy', '--help'], { encoding: 'utf8' });
  const options = help.split(/^ {2}--/m).slice(1).map(block => ({ name: /^[\w-]+/.exec(block)![0], type: /\[(boolean|string|array|number|count)\]/.exec(block)![1] }));
  expect(options.length).toBeGreaterThan(50);
  for (const { name, type } of options.filter(each => !['help', 'version', 'no-color', 'watch'].includes(each.name) && each.name.length < 38)) { // longer ones are cut
    const takesValue = !['boolean', 'count'].includes(type);
    // where it takes the next word, that is no command
    expect({ name, isDeployment: steps(`cdk --${name} deploy`) !== undefined }).toEqual({ name, isDeployment: !takesValue });
    expect({ name, isDeployment: steps(`cdk --${name} value deploy`) !== undefined }).toEqual({ name, isDeployment: takesValue });
  }
});
