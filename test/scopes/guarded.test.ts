import { Stack, Stage } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import * as fc from 'fast-check';
import { ImdsGuard } from '../../src';
import { guardedWithin } from '../../src/scopes/guarded';
import { guardedOf } from '../../src/scopes/held';
import { newApp } from '../support/support';

/** An app with a Stage, stacks in both, and constructs in those. */
function someApp(): IConstruct[] {
  const app = newApp();
  const stage = new Stage(app, 'Stage');
  const stacks = [new Stack(app, 'Near'), new Stack(stage, 'Far'), new Stack(stage, 'Other')];
  const parts = stacks.flatMap(stack => [new Construct(stack, 'One'), new Construct(stack, 'Two')]);
  return [app, stage, ...stacks, ...parts];
}

test('how a construct is guarded is the same asked for its stage as for itself', () => {
  const calls = fc.array(fc.record({ at: fc.nat({ max: 10 }), mode: fc.constantFrom('enforce' as const, 'observe' as const) }), { maxLength: 4 });
  fc.assert(fc.property(calls, all => {
    const constructs = someApp();
    all.forEach(({ at, mode }, i) => ImdsGuard[mode](constructs[at], { httpPutResponseHopLimit: i + 1 }));

    for (const stage of constructs.filter(each => Stage.isStage(each))) {
      const guarded = guardedWithin(stage);
      for (const each of stage.node.findAll()) { expect(guarded(each)).toEqual(guardedOf(each)); }
    }
  }));
});
