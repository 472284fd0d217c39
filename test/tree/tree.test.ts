import { CfnOutput, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { Tree } from '../../src/tree/tree';
import { generic, newApp } from '../support/support';

const INSTANCE = 'AWS::EC2::Instance';
const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const NAMES = ['web', 'batch', 'other'];

interface Form {
  /** The name of the template, if it has one. */
  readonly name?: string;

  /** How the instance beside it refers to a template, if it does: to that of a pair, or to one with a name. */
  readonly reference?: 'ref' | 'logical id' | 'name' | 'import';
  readonly to: number;
  readonly isExported: boolean;
}

const forms = fc.array(fc.record<Form>({
  name: fc.option(fc.constantFrom(...NAMES), { nil: undefined }),
  reference: fc.option(fc.constantFrom('ref', 'logical id', 'name', 'import'), { nil: undefined }),
  to: fc.nat(),
  isExported: fc.boolean(),
}), { minLength: 1, maxLength: 5 });

/** Pairs of a template and an instance, which may use any of the templates. */
function pairs(all: readonly Form[]): Stack {
  const stack = new Stack(newApp(), 'Stack');
  const templates = all.map(({ name, isExported }, i) => {
    const template = generic(stack, `T${i}`, TEMPLATE, { LaunchTemplateData: {}, ...name && { LaunchTemplateName: name } });
    if (isExported) { new CfnOutput(stack, `O${i}`, { value: template.getAtt('LatestVersionNumber').toString(), exportName: `export-${i}` }); }
    return template;
  });
  all.forEach(({ reference, to }, i) => {
    const n = to % all.length;
    const specification = reference && {
      'ref': { LaunchTemplateId: templates[n].ref, Version: templates[n].getAtt('LatestVersionNumber') },
      'logical id': { LaunchTemplateId: { Ref: `T${n}` }, Version: '1' },
      'name': { LaunchTemplateName: NAMES[to % NAMES.length], Version: '1' },
      'import': { LaunchTemplateId: templates[n].ref, Version: Fn.importValue(`export-${n}`) },
    }[reference];
    generic(stack, `I${i}`, INSTANCE, specification ? { LaunchTemplate: specification } : {});
  });
  return stack;
}

test('a resource is connected at a glance just where the whole graph of connections or an export says so', () => {
  fc.assert(fc.property(forms, all => {
    const stack = pairs(all);
    const [glancing, asking] = [Tree.renew(stack), Tree.renew(stack)];
    const inGraph = asking.all.map(resource => {
      const address = asking.addressOf(resource);
      return asking.connections.has(address) || asking.exportsOfLatest(address).length > 0;
    });

    expect(glancing.all.map(resource => glancing.isConnected(resource))).toEqual(inGraph);
  }));
});

test('who refers to whom is the same whenever it is asked', () => {
  const seen = (tree: Tree): unknown[] => tree.all.map(resource => ({
    path: resource.node.path,
    from: tree.connections.from(tree.addressOf(resource)).map(({ to }) => to && tree.resourceAt(to.address)?.node.path),
    to: tree.connections.to(tree.addressOf(resource)).map(({ from }) => tree.resourceAt(from.address)?.node.path),
    pinned: tree.connections.replacedByEditOf(tree.addressOf(resource)).map(({ address }) => tree.resourceAt(address)?.node.path),
  }));
  fc.assert(fc.property(forms, all => {
    const stack = pairs(all);
    const [at, later] = [Tree.renew(stack), Tree.renew(stack)];
    later.all.forEach(resource => later.isConnected(resource));

    expect(seen(later)).toEqual(seen(at));
  }));
});

test('a resource that nobody refers to is connected from when a resource that comes later does', () => {
  const stack = new Stack(newApp(), 'Stack');
  const template = generic(stack, 'T', TEMPLATE, { LaunchTemplateData: {} });
  const tree = Tree.renew(stack);
  const before = tree.isConnected(template);

  const instance = generic(stack, 'I', INSTANCE, { LaunchTemplate: { LaunchTemplateId: template.ref, Version: '1' } });
  const unknown = tree.isConnected(instance);
  const address = tree.addressOf(instance);

  expect([before, unknown, tree.isConnected(template), tree.isConnected(instance)]).toEqual([false, true, true, true]);
  expect(tree.connections.from(address).map(({ to }) => to && tree.resourceAt(to.address))).toEqual([template]);
});

test('nothing that launches nothing is found at an address', () => {
  const stack = new Stack(newApp(), 'Stack');
  const topic = generic(stack, 'N', 'AWS::SNS::Topic', {});
  generic(stack, 'I', INSTANCE, { LaunchTemplate: { LaunchTemplateId: topic.ref, Version: '1' } });

  const tree = Tree.renew(stack);

  expect(tree.resourceAt(tree.addressOf(topic as CfnResource))).toBeUndefined();
});
