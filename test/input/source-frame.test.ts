import * as fc from 'fast-check';
import { ownFrameIn } from '../../src/input/source-frame';

/** Those of tsx, ECMAScript modules and Python are as `cdk synth` wrote them (aws-cdk-lib 2.258 to 2.276), with shorter folders; the others are made up. */
const TRACES: [name: string, trace: string[], frame: object | undefined][] = [
  ['TypeScript through tsx', [
    '...new Instance2 in aws-cdk-lib...', 'new WebStack (/app/lib/web-stack.ts:11:5)', '<anonymous> (/app/app.ts:5:1)', '...node internals, tsx...',
  ], { file: '/app/lib/web-stack.ts', line: 11, column: 5 }],
  ['ECMAScript modules, which lose the end of each frame', ['file:///app/app.mjs:5 (:)', '...node internals...'], { file: '/app/app.mjs', line: 5 }],
  ['ECMAScript modules, with a longer column', [
    'file:///app/app.mjs:6: (file:///app/app.mjs:6:2)', 'Array.forEach (:)', '...node internals...',
  ], { file: '/app/app.mjs', line: 6 }],
  ['Python with aws-cdk-lib 2.258', [
    'Kernel._Kernel_create (/tmp/tmplkp_6e8g/lib/program.js:1:63996)', 'Kernel.create (/tmp/tmplkp_6e8g/lib/program.js:1:53537)',
    'Immediate._onImmediate (/tmp/tmplkp_6e8g/lib/program.js:1:232651)', '...node internals...',
  ], undefined],
  ['Python', ['...aws-cdk-lib, jsii runtime, node internals...', '(no user code in 10 frames, use --stack-trace-limit to capture more)'], undefined],
  ['Python with the frames of the host', [
    '...aws-cdk-lib, jsii runtime, node internals...', '(no user code in 10 frames, use --stack-trace-limit to capture more)',
    '__init__ (/app/.venv/lib/python3.11/site-packages/shop_base/stack.py:9)', '__init__ (/app/shop/web_stack.py:8)', '<module> (/app/app.py:5)',
  ], { file: '/app/shop/web_stack.py', line: 8 }],
  ['CDK 1 and CDK 2 before the spring of 2026', [
    'new Instance (/app/node_modules/aws-cdk-lib/aws-ec2/lib/instance.js:1:2)', 'new WebStack (/app/lib/web-stack.ts:11:5)', 'node:internal/main/run_main_module:28:49',
  ], { file: '/app/lib/web-stack.ts', line: 11, column: 5 }],
  ['frames as V8 writes them', ['    at Object.<anonymous> (/app/app.js:3:7)', '    at /app/later.js:1:1'], { file: '/app/app.js', line: 3, column: 7 }],
  ['a frame without a name', ['/app/my files/a (1).ts:3:7'], { file: '/app/my files/a (1).ts', line: 3, column: 7 }],
  ['spaces and brackets in a path', ['new Web [as default] (/app/my (old) files/a.ts:3:7)'], { file: '/app/my (old) files/a.ts', line: 3, column: 7 }],
  ['an address', ['new Web (file:///app/my%20files/a.ts:3:7)'], { file: '/app/my files/a.ts', line: 3, column: 7 }],
  ['an address with a broken escape', ['new Web (file:///app/100%/a.ts:3:7)'], { file: '/app/100%/a.ts', line: 3, column: 7 }],
  ['Windows', ['new Web (C:\\app\\lib\\a.ts:3:7)'], { file: 'C:/app/lib/a.ts', line: 3, column: 7 }],
  ['Windows, as an address', ['new Web (file:///C:/app/lib/a.ts:3:7)'], { file: 'C:/app/lib/a.ts', line: 3, column: 7 }],
  ['packages on Windows', ['new Web (C:\\app\\node_modules\\x\\a.js:3:7)'], undefined],
  ['Yarn without node_modules', ['new X (/app/.yarn/cache/x.zip/node_modules/x/a.js:1:1)', 'require (/app/.pnp.cjs:1:1)'], undefined],
  ['modules of Go', ['main.New (/root/go/pkg/mod/github.com/x/y@v1/a.go:12)', 'main.main (/app/main.go:14)'], { file: '/app/main.go', line: 14 }],
  ['code of no file', ['eval (<anonymous>:1:1)', 'new Web (evalmachine.<anonymous>:2:3)', '[eval]:1:1', 'native'], undefined],
  ['nothing', [], undefined],
  ['a name over lines', ['new Web (/app/new\nline.ts:1:1)', 'main (/app/app.ts:3:7)'], { file: '/app/app.ts', line: 3, column: 7 }],
  ['a line that no file has', ['new Web (/app/a.ts:0:1)', 'x (/app/a.ts:99999999999999999999:1)', 'main (/app/app.ts:3:7)'], { file: '/app/app.ts', line: 3, column: 7 }],
  ['a column that no line has', ['new Web (/app/a.ts:3:0)'], { file: '/app/a.ts', line: 3 }],
];

test.each(TRACES)('the first frame of the app is found: %s', (_, trace, frame) => {
  expect(ownFrameIn(trace)).toEqual(frame);
});

test('a text that is too long for a path takes no time', () => {
  const begin = performance.now();
  expect(ownFrameIn(['a ('.repeat(100_000)])).toBeUndefined();
  expect(performance.now() - begin).toBeLessThan(1000);
});

test('no text is too odd', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.string().map(each => `x (/${each}:1:2)`))), trace => {
    const frame = ownFrameIn(trace);
    expect(frame === undefined || (frame.line >= 1 && frame.file !== '')).toBe(true);
  }));
});
