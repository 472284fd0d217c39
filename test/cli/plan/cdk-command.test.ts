import { placeOfCdk, withOutput } from '../../../src/cli/plan/cdk-command';

describe('the CDK CLI', () => {
  test.each([
    'cdk synth', 'npx cdk synth', 'npm exec cdk synth', 'yarn cdk synth', 'node_modules/.bin/cdk synth', 'npx aws-cdk@2 synth', 'npx cdk@2 synth', 'npx.cmd cdk.cmd ls',
    'node node_modules/aws-cdk/bin/cdk synthesize', 'node C:\\app\\node_modules\\aws-cdk\\bin\\cdk list', 'env A=1 cdk -a x synth', 'npx cdk --profile deploy synth',
    'npx cdk -c stage=deploy synth deploy', 'npm exec cdk -- synth', 'npx -p aws-cdk cdk synth',
  ])('in %s gets the folder', line => {
    const words = line.split(' ');
    expect(withOutput(words, '/tmp/made')).toEqual([...words, '--output', '/tmp/made']);
  });

  test.each(['-o out', '--output out', '--output=out', '-o=out'])('loses its own %s', output => {
    expect(withOutput(['cdk', ...output.split(' '), 'synth', '-q'], 'made')).toEqual(['cdk', 'synth', '-q', '--output', 'made']);
  });

  test.each(['cdk deploy', 'npx cdk destroy --all', 'cdk bootstrap', 'npx cdk', 'cdk watch', 'npx aws-cdk@2 deploy',
    'cdk deploy synth', 'npx cdk deploy --all -c stage=x ls', 'npx cdk -a x deploy list', 'npm exec cdk -- deploy synth', 'npx cdk --profile synth deploy', 'cdk -vv destroy ls'])('is refused as %s', line => {
    expect(() => withOutput(line.split(' '), 'made')).toThrow(`"${line}" may do more than to synthesize`);
  });

  test.each(['node app.js', 'python app.py', 'npm run synth', 'mvn exec:java', 'node cdk-app.js', 'go run .'])('is not in %s', line => {
    expect(placeOfCdk(line.split(' '))).toBe(-1);
    expect(withOutput(line.split(' '), 'made')).toEqual(line.split(' '));
  });
});
