import { dedented, paragraph, TEMPLATE_REFERENCE, USER_GUIDE, WrittenPage } from './rule-pages-parts';

/** Rules about tokens: whether IMDSv1 is answered. */
export const TOKEN_PAGES = {
  'imdsv1-allowed': {
    why: paragraph(`
      IMDSv1 answers a bare GET. Whoever gets a program on the instance to fetch an address of their choice (server-side request forgery,
      an open proxy) reads the credentials of the instance's role and uses them from elsewhere. IMDSv2 wants a PUT request for a token first,
      which such a program seldom can be made to send. A low hop limit does not help: it holds for the response to the token request only.
    `),
    refused: paragraph(`
      An account that enforces IMDSv2 (HttpTokensEnforced) refuses the launch with UnsupportedOperation, and so does the usual service control
      policy on ec2:MetadataHttpTokens, which denies ec2:RunInstances. What an Auto Scaling group launches later is not held against a
      service control policy, but against the account's enforcement it is.
    `),
    fix: 'Require tokens. On an instance and on a launch template this is an update in place; calls the version 1 way then fail, so look for imdsv1-call first.',
    cdk: dedented(`
      import { aws_ec2 as ec2 } from 'aws-cdk-lib';
      import { Imdsv2Instance } from 'cdk-imds-guard';

      new Imdsv2Instance(stack, 'Web', {
        vpc,
        instanceType: new ec2.InstanceType('t3.micro'),
        machineImage: ec2.MachineImage.latestAmazonLinux2023(),
      });
    `),
    page: `${USER_GUIDE}/configuring-instance-metadata-service.html`,
    failing: dedented(`
      Resources:
        Web:
          Type: AWS::EC2::Instance
          Properties:
            ImageId: ami-0123456789abcdef0
            MetadataOptions:
              HttpTokens: optional
    `),
    passing: dedented(`
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
  },

  'imdsv2-not-required': {
    why: paragraph(`
      EC2 resolves each option on its own: what the launch says, the launch template included, then the account's default for the Region, then
      the image. Where none of them says anything, instances answer IMDSv1, and role credentials are a bare GET away. An account default of
      "V1 or V2" wins even over an image that asks for version 2. So the same template is safe in one account or Region and not in the next.
    `),
    refused: paragraph(`
      An account that enforces IMDSv2 (HttpTokensEnforced) refuses the launch where its default and the image leave tokens optional. The usual
      service control policy on ec2:MetadataHttpTokens may refuse it even where the default requires them: AWS does not say that the condition
      key takes the value of a default.
    `),
    fix: 'Write HttpTokens: required on the resource or on the launch template that it uses. ImdsGuard writes it wherever CloudFormation has the setting.',
    cdk: dedented(`
      import { aws_ec2 as ec2 } from 'aws-cdk-lib';
      import { ImdsGuard } from 'cdk-imds-guard';

      ImdsGuard.enforce(app); // right after new App(): every stack, nested stack and Stage

      // or one resource, with aws-ec2 alone
      new ec2.LaunchTemplate(stack, 'Hosts', {
        httpEndpoint: true,
        httpTokens: ec2.LaunchTemplateHttpTokens.REQUIRED,
        httpPutResponseHopLimit: 1,
      });
    `),
    page: `${USER_GUIDE}/configuring-instance-metadata-options.html`,
    failing: dedented(`
      Resources:
        Hosts:
          Type: AWS::EC2::LaunchTemplate
          Properties:
            LaunchTemplateData:
              ImageId: ami-0123456789abcdef0
    `),
    passing: dedented(`
      Resources:
        Hosts:
          Type: AWS::EC2::LaunchTemplate
          Properties:
            LaunchTemplateData:
              ImageId: ami-0123456789abcdef0
              MetadataOptions:
                HttpEndpoint: enabled
                HttpTokens: required
                HttpPutResponseHopLimit: 1
    `),
  },

  'invalid-value': {
    why: paragraph(`
      EC2 takes "required" and "optional" for HttpTokens, "enabled" and "disabled" for HttpEndpoint, each in lower case, and a hop limit from
      1 to 64. In launch templates and launch configurations CloudFormation's schema allows any text here, so nothing at
      synthesis sees a typo. What an instance would make of it is not for a check to guess: it fails.
    `),
    fix: 'Write a value that EC2 takes. The props and enums of aws-ec2 know them.',
    cdk: dedented(`
      import { aws_ec2 as ec2 } from 'aws-cdk-lib';

      new ec2.CfnLaunchTemplate(stack, 'Hosts', {
        launchTemplateData: {
          metadataOptions: {
            httpEndpoint: 'enabled',
            httpTokens: 'required',
            httpPutResponseHopLimit: 2,
          },
        },
      });
    `),
    page: `${TEMPLATE_REFERENCE}/aws-properties-ec2-launchtemplate-metadataoptions.html`,
    failing: dedented(`
      Resources:
        Hosts:
          Type: AWS::EC2::LaunchTemplate
          Properties:
            LaunchTemplateData:
              MetadataOptions:
                HttpEndpoint: enabled
                HttpTokens: Required
                HttpPutResponseHopLimit: 2
    `),
    passing: dedented(`
      Resources:
        Hosts:
          Type: AWS::EC2::LaunchTemplate
          Properties:
            LaunchTemplateData:
              MetadataOptions:
                HttpEndpoint: enabled
                HttpTokens: required
                HttpPutResponseHopLimit: 2
    `),
  },
} as const satisfies { readonly [rule: string]: WrittenPage };
