import { harmless } from '../../../src/cli/plan/harmless';

/** The command that is run for a plan; spaces are between words. */
function planned(line: string, script?: string): string {
  return harmless(line.split(' '), 'MADE', { script: () => script }).words.join(' ');
}

const isCdk = (line: string): boolean => harmless(line.split(' '), 'MADE', { script: () => undefined }).isCdk;

describe('the command line of CDK', () => {
  test.each([
    'cdk synth', 'npx cdk synth', 'yarn cdk synth', 'node_modules/.bin/cdk synth', 'npx aws-cdk@2 synth', 'npx cdk@2 synth', 'npx.cmd cdk.cmd ls',
    'node node_modules/aws-cdk/bin/cdk synthesize', 'node C:\\app\\node_modules\\aws-cdk\\bin\\cdk list', 'env A=1 cdk -a x synth', 'cdk list --long',
    'aws-vault exec prod -- npx cdk synth --no-validation -q Web', 'cdk synth deploy', 'cdk --profile deploy synth',
  ])('in %s gets the folder', line => {
    expect(planned(line)).toBe(`${line} --output MADE`);
    expect(isCdk(line)).toBe(true);
  });

  test('npm, which takes options for its own, is given `--`', () => {
    expect(planned('npm exec cdk synth')).toBe('npm exec cdk -- synth --output MADE');
    expect(planned('npm run cdk -- synth -q', 'cdk')).toBe('npm run cdk -- synth -q --output MADE');
  });

  test.each(['-o out', '--output out', '--output=out', '-o=out', '-oout'])('loses its own %s', output => {
    expect(planned(`cdk ${output} synth -q`)).toBe('cdk synth -q --output MADE');
  });

  test.each([
    'cdk deploy', 'npx cdk destroy --all', 'cdk bootstrap', 'npx cdk', 'cdk watch', 'npx aws-cdk@2 deploy', 'cdk deploy synth', 'cdk deploy --all ls', 'cdk -a synth deploy',
    'cdk diff synth', 'npm exec cdk deploy --all synth', 'nx cdk deploy synth', 'cdk --unknown synth deploy',
  ])('is refused as %s', line => {
    expect(() => planned(line)).toThrow(`"${line}" may do more than to synthesize`);
  });

  test.each(['npm run cdk -- synth', 'nx run infra:cdk synth', 'cdk synth --unknown x'])('is run as it is where its words are not known: %s', line => {
    expect(planned(line, 'tsc && cdk')).toBe(line);
    expect(isCdk(line)).toBe(true);
  });

  test.each(['node app.js', 'python app.py', 'npm run synth', 'mvn exec:java', 'node cdk-app.js', 'go run .'])('is not in %s', line => {
    expect(isCdk(line)).toBe(false);
    expect(planned(line)).toBe(line);
  });
});
