import { CDK_GUIDE, dedented, paragraph, WrittenPage } from './rule-pages-parts';

/** Rules about the check itself, and about when it was asked for. */
export const RUN_PAGES = {
  'internal-error': {
    why: paragraph(`
      The check met something that it should have understood, and stopped. CDK may end with exit code 0 when a validation plugin throws, which
      would be a false all clear: so the failure is reported as a violation.
    `),
    fix: 'Report it with the message and, if you can, the template. Until it is mended, check the other templates with "imds-guard check".',
    notExempt: 'There is no exemption: nothing is known that could be exempted.',
    page: `${CDK_GUIDE}/policy-validation-synthesis.html`,
    withoutTemplates: 'It is a mistake of this library; no template is known that brings it about.',
  },

  'stage-synthesized-before-enforce': {
    why: paragraph(`
      CodePipeline.addStage synthesizes a Stage at once. Its templates are written then, without IMDSv2, and what is enforced later does not
      reach them: the pipeline would deploy instances that answer IMDSv1.
    `),
    fix: 'Call ImdsGuard.enforce right after new App(), before anything is added to it. It covers the stages that are added later.',
    cdk: dedented(`
      import { aws_ec2 as ec2, Stack, Stage } from 'aws-cdk-lib';
      import { ImdsGuard } from 'cdk-imds-guard';

      ImdsGuard.enforce(app); // right after new App()

      const production = new Stage(app, 'Production');
      const shop = new Stack(production, 'Shop');
      new ec2.CfnInstance(shop, 'Web', { imageId: 'ami-0123456789abcdef0' });
      production.synth(); // as CodePipeline.addStage does
    `),
    notExempt: 'There is no exemption. Where a Stage is to be left out, ImdsGuard.observe(stage) reports on it without failing.',
    page: `${CDK_GUIDE}/policy-validation-synthesis.html`,
    withoutTemplates: 'It is about the order of calls in a CDK app. The templates of such a Stage have findings of their own.',
  },
} as const satisfies { readonly [rule: string]: WrittenPage };
