import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Aspects, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { ImdsGuard } from '../../src/guard/imds-guard';
import { tellWhenSynthesized } from '../../src/preload/tell';
import { folderWith } from '../support/files';
import { outcomeOf } from '../support/support';

let folder: string;
let file: string;
beforeEach(() => {
  folder = folderWith({ told: '' });
  file = join(folder, 'told');
});

const told = (): unknown[] => readFileSync(file, 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line) as unknown);

test('the folder of an app is told once it is synthesized', () => {
  const app = new App({ outdir: join(folder, 'out') });
  tellWhenSynthesized(app, file);
  new Stack(app, 'Web');
  expect(told()).toEqual([]);
  app.synth();
  expect(told()).toEqual([{ outdir: join(folder, 'out') }]);
  app.synth();
  expect(told()).toHaveLength(1);
});

test('two apps in a process are told both, and no Stage', () => {
  for (const name of ['a', 'b']) {
    const app = new App({ outdir: join(folder, name) });
    tellWhenSynthesized(app, file);
    new Stack(new Stage(app, 'Prod'), 'Web');
    app.synth();
  }
  expect(told()).toEqual([{ outdir: join(folder, 'a') }, { outdir: join(folder, 'b') }]);
});

test('what fails before anything is written is not told, though something was there before', () => {
  const outdir = join(folder, 'out');
  new App({ outdir }).synth();
  const app = new App({ outdir });
  tellWhenSynthesized(app, file);
  Aspects.of(app).add({ visit: () => { throw new Error('mine'); } });
  expect(() => app.synth()).toThrow('mine');
  expect(told()).toEqual([]);
});

test('what fails once it is written is told', () => {
  const app = new App({ outdir: join(folder, 'out') });
  ImdsGuard.enforce(app);
  tellWhenSynthesized(app, file);
  const properties = { SpotFleetRequestConfigData: { LaunchSpecifications: [{ ImageId: 'ami-1' }] } };
  new CfnResource(new Stack(app, 'Web'), 'Fleet', { type: 'AWS::EC2::SpotFleet', properties });
  expect(outcomeOf(app).failed).toBe(true);
  expect(told()).toEqual([{ outdir: join(folder, 'out') }]);
});

test('the guard is hooked once, also by what is made after that', () => {
  const app = new App({ outdir: join(folder, 'out') });
  ImdsGuard.enforce(app);
  tellWhenSynthesized(app, file);
  const stage = new Stage(app, 'Prod');
  const resource = new CfnResource(new Stack(stage, 'Web'), 'Host', { type: 'AWS::EC2::Instance' });
  let looks = 0;
  Aspects.of(resource).add({ visit: () => { looks++; } });
  app.synth();
  expect(looks).toBe(1);
  expect(Object.getOwnPropertySymbols(Object.getPrototypeOf(App.prototype).synth)).toHaveLength(1);
});

test('a file that is gone is no failure of the app, one that cannot be written is', () => {
  const synth = (to: string): unknown => {
    const app = new App({ outdir: join(folder, 'out') });
    tellWhenSynthesized(app, to);
    return app.synth();
  };
  expect(() => synth(join(folder, 'gone', 'told'))).not.toThrow();
  expect(() => synth(folder)).toThrow('EISDIR');
});
