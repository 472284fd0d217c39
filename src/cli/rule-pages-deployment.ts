import { dedented, paragraph, TEMPLATE_REFERENCE, WrittenPage } from './rule-pages-parts';

/** Rules about what is only known when the stack is deployed: why, and how to make it known before. */
export const DEPLOYMENT_PAGES = {
  'undecided-template': {
    why: paragraph(`
      A nested stack, a stack set, a product or a serverless application brings a template of its own. That template was not among those that
      were read, so whatever it launches was not looked at, and a clean result for this one says nothing about it.
    `),
    fix: paragraph(`
      Check the folder that holds both: in a cloud assembly (cdk.out) the templates of CDK's nested stacks are found. For an address in a bucket,
      fetch the template and check it as well; the finding stays, and an exemption says who looks after it. Or keep the resources in the stack.
    `),
    cdk: dedented(`
      import { aws_ec2 as ec2, NestedStack } from 'aws-cdk-lib';
      import { RequireImdsv2 } from 'cdk-imds-guard';

      const network = new NestedStack(stack, 'Network'); // its template is in cdk.out
      const proxy = new ec2.CfnInstance(network, 'Proxy', { imageId: 'ami-0123456789abcdef0' });
      proxy.with(new RequireImdsv2());
    `),
    page: `${TEMPLATE_REFERENCE}/aws-resource-cloudformation-stack.html`,
    failing: dedented(`
      Resources:
        Network:
          Type: AWS::CloudFormation::Stack
          Properties:
            TemplateURL: https://s3.amazonaws.com/amzn-s3-demo-bucket/network.yaml
    `),
    passing: dedented(`
      Resources:
        Proxy:
          Type: AWS::EC2::Instance
          Properties:
            ImageId: ami-0123456789abcdef0
            MetadataOptions:
              HttpEndpoint: enabled
              HttpTokens: required
              HttpPutResponseHopLimit: 1
    `),
  },

  'undecided-transform': {
    why: paragraph(`
      A macro, AWS::Include or a loop over a list that is not known yet rewrites the template when the stack is deployed. It may add instances or
      change the ones that are there, and what it does is code elsewhere. Loops over a known list are followed, and so are the transforms of
      AWS that leave such resources alone.
    `),
    fix: paragraph(`
      Check the template as CloudFormation expands it (aws cloudformation get-template --template-stage Processed), or write the resources
      without a macro; CDK code does at synthesis what a macro does at deployment.
    `),
    cdk: dedented(`
      import { aws_ec2 as ec2 } from 'aws-cdk-lib';
      import { RequireImdsv2 } from 'cdk-imds-guard';

      for (const zone of ['a', 'b']) { // instead of a macro that copies an instance
        const imageId = 'ami-0123456789abcdef0';
        new ec2.CfnInstance(stack, \`Web\${zone}\`, { imageId }).with(new RequireImdsv2());
      }
    `),
    page: `${TEMPLATE_REFERENCE}/transform-reference.html`,
    failing: dedented(`
      Transform: CopyToEveryZone
      Resources:
        Web:
          Type: AWS::EC2::Instance
          Properties:
            ImageId: ami-0123456789abcdef0
            MetadataOptions:
              HttpEndpoint: enabled
              HttpTokens: required
              HttpPutResponseHopLimit: 1
    `),
    passing: dedented(`
      Transform: AWS::LanguageExtensions
      Resources:
        Fn::ForEach::Zones:
          - Zone
          - [A, B]
          - Web\${Zone}:
              Type: AWS::EC2::Instance
              Properties:
                ImageId: ami-0123456789abcdef0
                MetadataOptions:
                  HttpEndpoint: enabled
                  HttpTokens: required
                  HttpPutResponseHopLimit: 1
    `),
  },

  'undecided-value': {
    why: paragraph(`
      The value comes from a parameter without allowed values, a dynamic reference, an attribute or an import: it is known when the stack is
      deployed, not before. Whoever deploys can pass "optional", and a default can be overridden. Every value that the expression may take is
      looked at; a single one that lets IMDSv1 answer is imdsv1-allowed.
    `),
    fix: 'Write the value itself. Where a parameter has to stay, give it AllowedValues: [required].',
    cdk: dedented(`
      import { aws_ec2 as ec2, CfnParameter } from 'aws-cdk-lib';

      const tokens = new CfnParameter(stack, 'Tokens', {
        allowedValues: ['required'],
        default: 'required',
      });
      new ec2.CfnInstance(stack, 'Web', {
        imageId: 'ami-0123456789abcdef0',
        metadataOptions: {
          httpEndpoint: 'enabled',
          httpTokens: tokens.valueAsString,
          httpPutResponseHopLimit: 1,
        },
      });
    `),
    page: `${TEMPLATE_REFERENCE}/aws-properties-ec2-instance-metadataoptions.html`,
    failing: dedented(`
      Parameters:
        Tokens:
          Type: String
      Resources:
        Web:
          Type: AWS::EC2::Instance
          Properties:
            ImageId: ami-0123456789abcdef0
            MetadataOptions:
              HttpEndpoint: enabled
              HttpTokens: !Ref Tokens
              HttpPutResponseHopLimit: 1
    `),
    passing: dedented(`
      Parameters:
        Tokens:
          Type: String
          AllowedValues: [required]
          Default: required
      Resources:
        Web:
          Type: AWS::EC2::Instance
          Properties:
            ImageId: ami-0123456789abcdef0
            MetadataOptions:
              HttpEndpoint: enabled
              HttpTokens: !Ref Tokens
              HttpPutResponseHopLimit: 1
    `),
  },
} as const satisfies { readonly [rule: string]: WrittenPage };
