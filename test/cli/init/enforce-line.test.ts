import { calls, enforced, makesApp } from '../../../src/cli/init/enforce-line';
import { LanguageId, LANGUAGES } from '../../../src/cli/init/languages';

function linesAdded(language: LanguageId, source: string): string[] | string {
  const done = enforced(source, LANGUAGES[language]);
  if ('unsure' in done) { return done.unsure; }
  const before = source.split('\n');
  const added: string[] = [];
  done.text.split('\n').forEach(line => { if (line === before[0]) { before.shift(); } else { added.push(line); } });
  expect(before).toEqual([]); // nothing but lines came in
  return added;
}

test.each<[LanguageId, string, string[]]>([
  ['typescript', "import * as cdk from 'aws-cdk-lib/core';\nimport { S } from './s';\n\nconst app = new cdk.App();\nnew S(app, 'S');\n",
    ["import { ImdsGuard } from 'cdk-imds-guard';", 'ImdsGuard.enforce(app);']],
  ['typescript', 'import { App, Stack } from "aws-cdk-lib"\n\nexport const shop: App = new App({\n  context: { a: ")" }, // (\n})\nnew Stack(shop)\n',
    ['import { ImdsGuard } from "cdk-imds-guard"', 'ImdsGuard.enforce(shop)']],
  ['typescript', "// const old = new App();\nimport {\n  App,\n} from 'aws-cdk-lib';\n\nfunction main() {\n  const app = new App(); // the app\n  app.synth();\n}\n",
    ["import { ImdsGuard } from 'cdk-imds-guard';", '  ImdsGuard.enforce(app);']],
  ['javascript', "const cdk = require('aws-cdk-lib/core');\nconst { S } = require('./s');\n\nconst app = new cdk.App();\n",
    ["const { ImdsGuard } = require('cdk-imds-guard');", 'ImdsGuard.enforce(app);']],
  ['javascript', "const { App } = require('aws-cdk-lib');\nconst app = new App();\n", ["const { ImdsGuard } = require('cdk-imds-guard');", 'ImdsGuard.enforce(app);']],
  ['python', 'import aws_cdk as cdk\n\nfrom a.b import S\n\napp = cdk.App()\nS(app, "S",\n    # App()\n)\napp.synth()\n',
    ['from cdk_imds_guard import ImdsGuard', 'ImdsGuard.enforce(app)']],
  ['python', 'from aws_cdk import (\n    App,\n    Stack,\n)\n\ndef main():\n    app = App(\n        outdir="x",\n    )\n    app.synth()\n',
    ['from cdk_imds_guard import ImdsGuard', '    ImdsGuard.enforce(app)']],
  ['java', 'package a;\n\nimport software.amazon.awscdk.App;\n\npublic class A {\n  public static void main(final String[] args) {\n    App app = new App();\n  }\n}\n',
    ['import io.github.cdkimdsguard.ImdsGuard;', '    ImdsGuard.enforce(app);']],
  ['go', 'package main\n\nimport (\n\t"github.com/aws/aws-cdk-go/awscdk/v2"\n)\n\nfunc main() {\n\tapp := awscdk.NewApp(nil)\n\n\tapp.Synth(nil)\n}\n',
    ['\tguard "github.com/cdk-imds-guard/cdk-imds-guard-go/cdkimdsguard"', '\tguard.ImdsGuard_Enforce(app, nil)']],
  ['csharp', '\uFEFFusing Amazon.CDK;\nusing System;\n\nvar app = new App();\napp.Synth();\n', ['using CdkImdsGuard;', 'ImdsGuard.Enforce(app);']],
])('%s: the line and its import come in, right after the app', (language, source, added) => {
  expect(linesAdded(language, source)).toEqual(added);
  const { text } = enforced(source, LANGUAGES[language]) as { text: string };
  expect(calls(text, LANGUAGES[language], 'enforce')).toBe(true);
  expect(text.indexOf('cdk')).toBeLessThan(text.search(/guard/i));
  expect(enforced(text, LANGUAGES[language])).toEqual({ unsure: 'it mentions ImdsGuard already' });
});

const TS = "import { App } from 'aws-cdk-lib';\n";

test.each<[LanguageId, string, string]>([
  ['typescript', `${TS}new S(new App(), 'S');\n`, 'the app is not made in a statement of its own'],
  ['typescript', `${TS}const a = new App();\nconst b = new App();\n`, 'it makes several apps'],
  ['typescript', `${TS}const a = new App().node;\n`, 'something is done with the app in the statement that makes it'],
  ['typescript', `${TS}const a = new App()\n  .node;\n`, 'something is done with the app in the statement that makes it'],
  ['typescript', `${TS}const a = new App(), b = 1;\n`, 'something is done with the app in the statement that makes it'],
  ['typescript', `${TS}const a = new App(); a.synth();\n`, 'something is done with the app in the statement that makes it'],
  ['typescript', `${TS}// new App()\nclass Mine extends App {}\nconst a = new Mine();\n`, 'it makes no app'],
  ['typescript', "import { App } from './ours';\nconst app = new App();\n", 'the import of the class of the app was not found'],
  ['typescript', "import type { App } from 'aws-cdk-lib';\nconst app = new App();\n", 'the import of the class of the app was not found'],
  ['typescript', "import { App as Cdk } from 'aws-cdk-lib';\nimport { App } from './ours';\nconst app = new App();\n", 'the import of the class of the app was not found'],
  ['typescript', "const App = 1\nimport { Stack } from 'aws-cdk-lib'\nconst app = new App()\n", 'the import of the class of the app was not found'],
  ['typescript', `${TS}const q = /\`/;\nconst app = new App();\n`, 'it cannot be told what in it is text'],
  ['typescript', "import { App } from 'aws-cdk-lib'; const x = 1;\nconst app = new App();\n", 'the import of the class of the app is not on lines of its own'],
  ['typescript', `${TS}const app = new App();\r\n`, 'its lines end in different ways'],
  ['python', 'from aws_cdk import core\n\napp = core.App()\n', 'the import of the class of the app was not found'],
  ['python', 'from aws_cdk import App\n\nif x: app = App()\n', 'the app is not made in a statement of its own'],
  ['python', 'from aws_cdk import App\n"""\napp = App()\n"""\n', 'it makes no app'],
  ['java', 'import software.amazon.awscdk.App;\nclass A { App app = App.Builder.create().build(); }\n', 'the app is not made in a statement of its own'],
  ['go', 'import "github.com/aws/aws-cdk-go/awscdk/v2"\n\nfunc main() {\n\tapp := awscdk.NewApp(nil)\n}\n', 'the import of the class of the app was not found'],
])('%s: where the place is not sure, nothing changes: %j', (language, source, why) => {
  expect(enforced(source, LANGUAGES[language])).toEqual({ unsure: why });
});

test('lines end as they did', () => {
  expect(enforced(`${TS}const app = new App();\n`.replaceAll('\n', '\r\n'), LANGUAGES.typescript)).toEqual({
    text: "import { App } from 'aws-cdk-lib';\r\nimport { ImdsGuard } from 'cdk-imds-guard';\r\nconst app = new App();\r\nImdsGuard.enforce(app);\r\n",
  });
});

test('an app of something else is none', () => {
  expect(makesApp(`${TS}const app = new App();\n`, LANGUAGES.typescript)).toBe(true);
  expect(makesApp("import { App } from 'express';\nconst app = new App();\n", LANGUAGES.typescript)).toBe(false);
  expect(makesApp(`${TS}// const app = new App();\n`, LANGUAGES.typescript)).toBe(false);
});
