// Generated from rules/ by projenrc/write-rule-pages.ts, do not edit.
export const WRITTEN_PAGES = {
  'acknowledgement-not-allowed': {
    why: `CDK's acknowledgements have neither an owner nor an end date. Where your organization forbids them (--forbid-acknowledgements, or the prop forbidAcknowledgements of ImdsGuard), they cover nothing, and a dated exemption has to take their place.`,
    fix: `Require IMDSv2, or add an ImdsExemption with a reason, an owner and an end date.`,
    exempt: `There is no exemption from the rules about acknowledgements.`,
    page: `https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html`,
    options: `--forbid-acknowledgements`,
    day: `2026-06-01`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { ImdsExemption } from 'cdk-imds-guard';

const legacy = new ec2.CfnInstance(stack, 'Legacy', {
  imageId: 'ami-0123456789abcdef0',
  metadataOptions: {
    httpEndpoint: 'enabled',
    httpTokens: 'optional',
    httpPutResponseHopLimit: 1,
  },
});
ImdsExemption.add(legacy, {
  reason: 'the billing agent knows version 1 only, its successor is ordered',
  owner: 'team-billing',
  until: '2026-09-30',
  allow: ['imdsv1-allowed'],
});`,
    failing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:acknowledgements:
        - id: cdk-imds-guard::imdsv1-allowed
          reason: the billing agent knows version 1 only
          scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
    passing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:exemption:
        reason: the billing agent knows version 1 only, its successor is ordered
        owner: team-billing
        until: '2026-09-30'
        allow: [imdsv1-allowed]
        scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
  },
  'acknowledgement-unknown-rule': {
    why: `CDK takes any id and says nothing when none matches: the acknowledgement has no effect, and whoever reads the code believes that it has. The id is the plugin's name, two colons and the rule.`,
    fix: `Correct the id: cdk-imds-guard:: and a rule of "imds-guard explain"; ImdsChecks:: is understood as well. Rules about exemptions and acknowledgements themselves, such as exemption-expired, cannot be acknowledged: do what their page says.`,
    exempt: `There is no exemption from the rules about acknowledgements.`,
    page: `https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html`,
    cdk: `import { aws_ec2 as ec2, Validations } from 'aws-cdk-lib';

const legacy = new ec2.CfnInstance(stack, 'Legacy', {
  imageId: 'ami-0123456789abcdef0',
  metadataOptions: {
    httpEndpoint: 'enabled',
    httpTokens: 'optional',
    httpPutResponseHopLimit: 1,
  },
});
Validations.of(legacy).acknowledge({
  id: 'cdk-imds-guard::imdsv1-allowed',
  reason: 'the billing agent knows version 1 only',
});`,
    failing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:acknowledgements:
        - id: cdk-imds-guard::imdsv1-alowed
          reason: the billing agent knows version 1 only
          scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
    passing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:acknowledgements:
        - id: cdk-imds-guard::imdsv1-allowed
          reason: the billing agent knows version 1 only
          scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
  },
  'acknowledgement-without-reason': {
    why: `CDK takes an empty reason. Who looks at it in a year learns nothing from it, so it is not accepted and covers nothing.`,
    fix: `Say why, in words that the next reader understands.`,
    exempt: `There is no exemption from the rules about acknowledgements.`,
    page: `https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html`,
    cdk: `import { aws_ec2 as ec2, Validations } from 'aws-cdk-lib';

const legacy = new ec2.CfnInstance(stack, 'Legacy', {
  imageId: 'ami-0123456789abcdef0',
  metadataOptions: {
    httpEndpoint: 'enabled',
    httpTokens: 'optional',
    httpPutResponseHopLimit: 1,
  },
});
Validations.of(legacy).acknowledge({
  id: 'cdk-imds-guard::imdsv1-allowed',
  reason: 'the billing agent knows version 1 only',
});`,
    failing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:acknowledgements:
        - id: cdk-imds-guard::imdsv1-allowed
          reason: ''
          scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
    passing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:acknowledgements:
        - id: cdk-imds-guard::imdsv1-allowed
          reason: the billing agent knows version 1 only
          scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
  },
  'endpoint-needed': {
    why: `A disabled endpoint is safe, but where it is disabled from the launch on, user data is not available and does not run, no SSH key arrives and no role has credentials. So cfn-init cannot read its configuration, a creation policy waits for a signal until the stack rolls back, and the SSM agent has no role to register with.`,
    fix: `Enable the endpoint and require tokens, or do without what needs it.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Imdsv2Instance } from 'cdk-imds-guard';

const web = new Imdsv2Instance(stack, 'Web', {
  vpc,
  instanceType: new ec2.InstanceType('t3.micro'),
  machineImage: ec2.MachineImage.latestAmazonLinux2023(),
  httpEndpoint: true,
});
web.addUserData('dnf install -y nginx');`,
    exempt: `It never fails the check and needs no exemption. An acknowledgement says that it is known:`,
    exemptCode: `Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::endpoint-needed',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: disabled
      UserData:
        Fn::Base64: |
          #!/bin/bash
          dnf install -y nginx`,
    passing: `Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: required
        HttpPutResponseHopLimit: 1
      UserData:
        Fn::Base64: |
          #!/bin/bash
          dnf install -y nginx`,
  },
  'exemption-expired': {
    why: `The end date has passed: it is inclusive, and days are UTC. What was to be mended by then still answers IMDSv1, so the exemption no longer covers it and the findings behind it count again. Enforcement does not quietly harden the resource where that would replace it: it is for people to decide.`,
    fix: `Require IMDSv2 and remove the exemption, or agree with its owner on a new end date.`,
    exempt: `There is no exemption from the rules about exemptions.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html`,
    day: `2026-06-01`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { ImdsExemption } from 'cdk-imds-guard';

const legacy = new ec2.CfnInstance(stack, 'Legacy', {
  imageId: 'ami-0123456789abcdef0',
  metadataOptions: {
    httpEndpoint: 'enabled',
    httpTokens: 'optional',
    httpPutResponseHopLimit: 1,
  },
});
ImdsExemption.add(legacy, {
  reason: 'the billing agent knows version 1 only, its successor is ordered',
  owner: 'team-billing',
  until: '2026-09-30',
  allow: ['imdsv1-allowed'],
});`,
    failing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:exemption:
        reason: the billing agent knows version 1 only, its successor is ordered
        owner: team-billing
        until: '2026-05-31'
        allow: [imdsv1-allowed]
        scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
    passing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:exemption:
        reason: the billing agent knows version 1 only, its successor is ordered
        owner: team-billing
        until: '2026-09-30'
        allow: [imdsv1-allowed]
        scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
  },
  'exemption-expiring': {
    why: `An exemption that ends comes as a surprise on the day that the build fails. So it is reported from 14 days before its end date on.`,
    fix: `Require IMDSv2 before that day, or agree with the owner on a new end date.`,
    exempt: `There is no exemption from the rules about exemptions.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html`,
    day: `2026-06-01`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { ImdsExemption } from 'cdk-imds-guard';

const legacy = new ec2.CfnInstance(stack, 'Legacy', {
  imageId: 'ami-0123456789abcdef0',
  metadataOptions: {
    httpEndpoint: 'enabled',
    httpTokens: 'optional',
    httpPutResponseHopLimit: 1,
  },
});
ImdsExemption.add(legacy, {
  reason: 'the billing agent knows version 1 only, its successor is ordered',
  owner: 'team-billing',
  until: '2026-09-30',
  allow: ['imdsv1-allowed'],
});`,
    failing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:exemption:
        reason: the billing agent knows version 1 only, its successor is ordered
        owner: team-billing
        until: '2026-06-10'
        allow: [imdsv1-allowed]
        scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
    passing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:exemption:
        reason: the billing agent knows version 1 only, its successor is ordered
        owner: team-billing
        until: '2026-09-30'
        allow: [imdsv1-allowed]
        scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
  },
  'exemption-invalid': {
    why: `An exemption needs a reason, an owner who answers for it and an end date that the calendar has, as YYYY-MM-DD; a list of allowed rules may hold only rules about resources. One that lacks any of it covers nothing, so that a typo never widens it.`,
    fix: `Give all three. ImdsExemption.add refuses what is not valid.`,
    exempt: `There is no exemption from the rules about exemptions.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html`,
    day: `2026-06-01`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { ImdsExemption } from 'cdk-imds-guard';

const legacy = new ec2.CfnInstance(stack, 'Legacy', {
  imageId: 'ami-0123456789abcdef0',
  metadataOptions: {
    httpEndpoint: 'enabled',
    httpTokens: 'optional',
    httpPutResponseHopLimit: 1,
  },
});
ImdsExemption.add(legacy, {
  reason: 'the billing agent knows version 1 only, its successor is ordered',
  owner: 'team-billing',
  until: '2026-09-30',
  allow: ['imdsv1-allowed'],
});`,
    failing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:exemption:
        reason: the billing agent knows version 1 only, its successor is ordered
        owner: team-billing
        until: '2026-09-31'
        allow: [imdsv1-allowed]
        scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
    passing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:exemption:
        reason: the billing agent knows version 1 only, its successor is ordered
        owner: team-billing
        until: '2026-09-30'
        allow: [imdsv1-allowed]
        scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
  },
  'exemption-not-allowed': {
    why: `Your organization forbids exemptions, or caps how far from today their end may be (--forbid-exemptions, --max-exemption-days, or the props forbidExemptions and maxExemptionDays of ImdsGuard). Without a cap "until next year" becomes for ever. In a CDK app it is also reported for a call inside such a scope that asks for less than the scope does: it observes, excludes a type, raises a hop limit or leaves the endpoint on. That does not count.`,
    fix: `Require IMDSv2, or agree on an end date within the cap.`,
    exempt: `There is no exemption from the rules about exemptions.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html`,
    options: `--max-exemption-days 90`,
    day: `2026-06-01`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { ImdsExemption } from 'cdk-imds-guard';

const legacy = new ec2.CfnInstance(stack, 'Legacy', {
  imageId: 'ami-0123456789abcdef0',
  metadataOptions: {
    httpEndpoint: 'enabled',
    httpTokens: 'optional',
    httpPutResponseHopLimit: 1,
  },
});
ImdsExemption.add(legacy, {
  reason: 'the billing agent knows version 1 only, its successor is ordered',
  owner: 'team-billing',
  until: '2026-08-15',
  allow: ['imdsv1-allowed'],
});`,
    failing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:exemption:
        reason: the billing agent knows version 1 only, its successor is ordered
        owner: team-billing
        until: '2027-06-01'
        allow: [imdsv1-allowed]
        scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
    passing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:exemption:
        reason: the billing agent knows version 1 only, its successor is ordered
        owner: team-billing
        until: '2026-08-15'
        allow: [imdsv1-allowed]
        scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
  },
  'exemption-overlap': {
    why: `An exemption covers a construct with everything in it, so that two of them can meet at one resource. The nearest counts, with its reason and its end date. The other one looks as if it held, and is what people find when they search.`,
    fix: `Keep one of them.`,
    exempt: `There is no exemption from the rules about exemptions.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html`,
    day: `2026-06-01`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { ImdsExemption } from 'cdk-imds-guard';

const legacy = new ec2.CfnInstance(stack, 'Legacy', {
  imageId: 'ami-0123456789abcdef0',
  metadataOptions: {
    httpEndpoint: 'enabled',
    httpTokens: 'optional',
    httpPutResponseHopLimit: 1,
  },
});
ImdsExemption.add(legacy, {
  reason: 'the billing agent knows version 1 only, its successor is ordered',
  owner: 'team-billing',
  until: '2026-09-30',
  allow: ['imdsv1-allowed'],
});`,
    failing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:exemption:
        reason: the billing agent knows version 1 only, its successor is ordered
        owner: team-billing
        until: '2026-09-30'
        allow: [imdsv1-allowed]
        scope: Shop/Payments/Legacy
        overlaps: [Shop/Payments]
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
    passing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:exemption:
        reason: the billing agent knows version 1 only, its successor is ordered
        owner: team-billing
        until: '2026-09-30'
        allow: [imdsv1-allowed]
        scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
  },
  'exemption-unused': {
    why: `Nothing below the exempted construct needs it: IMDSv2 is required there by now, or the exemption was meant for something else. Left where it is, it would cover the next weakening without a word.`,
    fix: `Remove it, or put it on the construct that it is meant for.`,
    exempt: `There is no exemption from the rules about exemptions.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-transition-to-version-2.html`,
    day: `2026-06-01`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { ImdsExemption } from 'cdk-imds-guard';

const legacy = new ec2.CfnInstance(stack, 'Legacy', {
  imageId: 'ami-0123456789abcdef0',
  metadataOptions: {
    httpEndpoint: 'enabled',
    httpTokens: 'optional',
    httpPutResponseHopLimit: 1,
  },
});
ImdsExemption.add(legacy, {
  reason: 'the billing agent knows version 1 only, its successor is ordered',
  owner: 'team-billing',
  until: '2026-09-30',
  allow: ['imdsv1-allowed'],
});`,
    failing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:exemption:
        reason: the billing agent knows version 1 only, its successor is ordered
        owner: team-billing
        until: '2026-09-30'
        allow: [imdsv1-allowed]
        scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: required
        HttpPutResponseHopLimit: 1`,
    passing: `Resources:
  Legacy:
    Type: AWS::EC2::Instance
    Metadata:
      cdk-imds-guard:exemption:
        reason: the billing agent knows version 1 only, its successor is ordered
        owner: team-billing
        until: '2026-09-30'
        allow: [imdsv1-allowed]
        scope: Shop/Payments/Legacy
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: optional
        HttpPutResponseHopLimit: 1`,
  },
  'hop-limit-not-set': {
    why: `Tokens and the hop limit are resolved apart: who requires tokens has said nothing about hops. Left out, the account's default for the Region decides; without one it is 2 for an image that is marked for version 2 (ImdsSupport), else 1. So the same template lets containers on a bridge network reach the host's role in one account and starves them in the next. Without a maximum this is one number in the summary. With one it is a finding that cannot be decided, since nobody can tell whether the limit that holds in the end is within it.`,
    refused: `Nothing refuses it as such: the account's enforcement is about tokens alone, and the usual service control policy denies limits above its maximum.`,
    fix: `Choose the limit: 1, or 2 where containers on a bridge network need IMDS. It is an update in place on an instance and a new version of a launch template, which a group with an update policy rolls out. Nothing is written unless you choose it: containers may rely on what the image gives them.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html`,
    options: `--max-hop-limit 2`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { RequireImdsv2 } from 'cdk-imds-guard';

const web = new ec2.CfnInstance(stack, 'Web', { imageId: 'ami-0123456789abcdef0' });
web.with(new RequireImdsv2({ httpPutResponseHopLimit: 2 }));`,
    exempt: `Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called exemptions of { logicalId, file, stack, reason, owner, until, allow }.`,
    exemptCode: `ImdsExemption.add(construct, {
  reason: 'why it has to be, and what is done about it',
  owner: 'who answers for it',
  until: 'YYYY-MM-DD',
  allow: ['hop-limit-not-set'],
});

// or, without an end date, as CDK has it
Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::hop-limit-not-set',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: required`,
    passing: `Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: required
        HttpPutResponseHopLimit: 1`,
  },
  'hop-limit-too-high': {
    why: `Every hop above what is needed lets one more network layer, such as containers within containers or a host that routes for others, fetch a token and with it the credentials of the host's role. The maximum is the one that you gave: --max-hop-limit, or maxHttpPutResponseHopLimit of ImdsGuard. EC2 itself takes up to 64.`,
    refused: `The usual service control policy denies ec2:RunInstances when ec2:MetadataHttpPutResponseHopLimit is above its own maximum. The account's enforcement (HttpTokensEnforced) does not look at hops.`,
    fix: `Lower the limit. With maxHttpPutResponseHopLimit, ImdsGuard lowers literals to the maximum and reports which.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html`,
    options: `--max-hop-limit 2`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { RequireImdsv2 } from 'cdk-imds-guard';

const hosts = new ec2.LaunchTemplate(stack, 'Hosts', { httpPutResponseHopLimit: 5 });
hosts.with(new RequireImdsv2({ maxHttpPutResponseHopLimit: 2 })); // writes 2`,
    exempt: `Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called exemptions of { logicalId, file, stack, reason, owner, until, allow }.`,
    exemptCode: `ImdsExemption.add(construct, {
  reason: 'why it has to be, and what is done about it',
  owner: 'who answers for it',
  until: 'YYYY-MM-DD',
  allow: ['hop-limit-too-high'],
});

// or, without an end date, as CDK has it
Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::hop-limit-too-high',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 5`,
    passing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 2`,
  },
  'hop-limit-too-low': {
    why: `The response to a token request from a container on a bridge network crosses two hops; at limit 1 it never arrives. Version 2 clients get no answer, and some SDKs wait and retry first. It is seen on ECS and Batch container instances, on Image Builder hosts that build containers and where user data starts containers: with docker, podman, nerdctl or compose; installing one, or starting its daemon, starts none. Containers on the host network (\`--network=host\`, \`network_mode: host\`) are not affected, and ECS task roles do not come from IMDS. On EKS, limit 1 is what AWS advises: pods get roles from Pod Identity or IRSA.`,
    fix: `Set 2 where containers need IMDS. Where none does, or all are on the host network, keep 1.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html#imds-considerations`,
    cdk: `import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

new Imdsv2LaunchTemplate(stack, 'ContainerHosts', { httpPutResponseHopLimit: 2 });`,
    exempt: `It never fails the check and needs no exemption. An acknowledgement says that it is known:`,
    exemptCode: `Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::hop-limit-too-low',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  ContainerHost:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: required
        HttpPutResponseHopLimit: 1
      UserData:
        Fn::Base64: |
          #!/bin/bash
          echo ECS_CLUSTER=web >> /etc/ecs/ecs.config`,
    passing: `Resources:
  ContainerHost:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: required
        HttpPutResponseHopLimit: 2
      UserData:
        Fn::Base64: |
          #!/bin/bash
          echo ECS_CLUSTER=web >> /etc/ecs/ecs.config`,
  },
  'imdsv1-allowed': {
    why: `IMDSv1 answers a bare GET. Whoever gets a program on the instance to fetch an address of their choice (server-side request forgery, an open proxy) reads the credentials of the instance's role and uses them from elsewhere. IMDSv2 wants a PUT request for a token first, which such a program seldom can be made to send. A low hop limit does not help: it holds for the response to the token request only.`,
    refused: `An account that enforces IMDSv2 (HttpTokensEnforced) refuses the launch with UnsupportedOperation, and so does the usual service control policy on ec2:MetadataHttpTokens, which denies ec2:RunInstances. What an Auto Scaling group launches later is not held against a service control policy, but against the account's enforcement it is.`,
    fix: `Require tokens. On an instance and on a launch template this is an update in place; calls the version 1 way then fail, so look for imdsv1-call first.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Imdsv2Instance } from 'cdk-imds-guard';

new Imdsv2Instance(stack, 'Web', {
  vpc,
  instanceType: new ec2.InstanceType('t3.micro'),
  machineImage: ec2.MachineImage.latestAmazonLinux2023(),
});`,
    exempt: `Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called exemptions of { logicalId, file, stack, reason, owner, until, allow }.`,
    exemptCode: `ImdsExemption.add(construct, {
  reason: 'why it has to be, and what is done about it',
  owner: 'who answers for it',
  until: 'YYYY-MM-DD',
  allow: ['imdsv1-allowed'],
});

// or, without an end date, as CDK has it
Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::imdsv1-allowed',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpTokens: optional`,
    passing: `Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: required
        HttpPutResponseHopLimit: 1`,
  },
  'imdsv1-call': {
    why: `Once version 2 is required, a call without a token is answered with 401. Without -f, curl takes the text of that answer for the value and the script goes on with it: a host name, a Region or a volume id that is an error page. Such calls are what keeps teams from switching, so it is reported before the switch.`,
    fix: `Ask for a token first and send it along. For calls that are not in the template, look at the CloudWatch metric MetadataNoToken: it counts calls without a token and is 0 when all have switched.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

const userData = ec2.UserData.forLinux();
userData.addCommands(
  'TOKEN=$(curl -fsS -X PUT http://169.254.169.254/latest/api/token'
  + ' -H "X-aws-ec2-metadata-token-ttl-seconds: 300")',
  'ID=$(curl -fsS -H "X-aws-ec2-metadata-token: $TOKEN"'
  + ' http://169.254.169.254/latest/meta-data/instance-id)',
);
new Imdsv2LaunchTemplate(stack, 'Hosts', { userData });`,
    exempt: `It never fails the check and needs no exemption. An acknowledgement says that it is known:`,
    exemptCode: `Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::imdsv1-call',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 1
        UserData:
          Fn::Base64: |
            #!/bin/bash
            ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)`,
    passing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 1
        UserData:
          Fn::Base64: |
            #!/bin/bash
            TOKEN=$(curl -fsS -X PUT http://169.254.169.254/latest/api/token \\
              -H "X-aws-ec2-metadata-token-ttl-seconds: 300")
            ID=$(curl -fsS -H "X-aws-ec2-metadata-token: $TOKEN" \\
              http://169.254.169.254/latest/meta-data/instance-id)`,
  },
  'imdsv2-not-required': {
    why: `EC2 resolves each option on its own: what the launch says, the launch template included, then the account's default for the Region, then the image. Where none of them says anything, instances answer IMDSv1, and role credentials are a bare GET away. An account default of "V1 or V2" wins even over an image that asks for version 2. So the same template is safe in one account or Region and not in the next.`,
    refused: `An account that enforces IMDSv2 (HttpTokensEnforced) refuses the launch where its default and the image leave tokens optional. The usual service control policy on ec2:MetadataHttpTokens may refuse it even where the default requires them: AWS does not say that the condition key takes the value of a default.`,
    fix: `Write HttpTokens: required on the resource or on the launch template that it uses. ImdsGuard writes it wherever CloudFormation has the setting.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { ImdsGuard } from 'cdk-imds-guard';

ImdsGuard.enforce(app); // right after new App(): every stack, nested stack and Stage

// or one resource, with aws-ec2 alone
new ec2.LaunchTemplate(stack, 'Hosts', {
  httpEndpoint: true,
  httpTokens: ec2.LaunchTemplateHttpTokens.REQUIRED,
  httpPutResponseHopLimit: 1,
});`,
    exempt: `Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called exemptions of { logicalId, file, stack, reason, owner, until, allow }.`,
    exemptCode: `ImdsExemption.add(construct, {
  reason: 'why it has to be, and what is done about it',
  owner: 'who answers for it',
  until: 'YYYY-MM-DD',
  allow: ['imdsv2-not-required'],
});

// or, without an end date, as CDK has it
Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::imdsv2-not-required',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-0123456789abcdef0`,
    passing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-0123456789abcdef0
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 1`,
  },
  'internal-error': {
    why: `The check met something that it should have understood, and stopped. CDK may end with exit code 0 when a validation plugin throws, which would be a false all clear: so the failure is reported as a violation.`,
    withoutTemplates: `It is a mistake of this library; no template is known that brings it about.`,
    fix: `Report it with the message and, if you can, the template. Until it is mended, check the other templates with "imds-guard check".`,
    exempt: `There is no exemption: nothing is known that could be exempted.`,
    page: `https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html`,
  },
  'invalid-value': {
    why: `EC2 takes "required" and "optional" for HttpTokens, "enabled" and "disabled" for HttpEndpoint, each in lower case, and a hop limit from 1 to 64. In launch templates and launch configurations CloudFormation's schema allows any text here, so nothing at synthesis sees a typo. What an instance would make of it is not for a check to guess: it fails.`,
    fix: `Write a value that EC2 takes. The props and enums of aws-ec2 know them.`,
    page: `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-launchtemplate-metadataoptions.html`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';

new ec2.CfnLaunchTemplate(stack, 'Hosts', {
  launchTemplateData: {
    metadataOptions: {
      httpEndpoint: 'enabled',
      httpTokens: 'required',
      httpPutResponseHopLimit: 2,
    },
  },
});`,
    exempt: `Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called exemptions of { logicalId, file, stack, reason, owner, until, allow }.`,
    exemptCode: `ImdsExemption.add(construct, {
  reason: 'why it has to be, and what is done about it',
  owner: 'who answers for it',
  until: 'YYYY-MM-DD',
  allow: ['invalid-value'],
});

// or, without an end date, as CDK has it
Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::invalid-value',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: Required
          HttpPutResponseHopLimit: 2`,
    passing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 2`,
  },
  'not-guarded': {
    why: `The check was run with --require-guard. The guard leaves a record, imds-guard.json, in each folder of a cloud assembly: how it was on in each stack, and a hash of each template. Here the record is missing, or says that the guard was off, only observed or was weaker than asked, or the template is another than the one that the guard left. A template that requires IMDSv2 by luck today may not do so tomorrow.`,
    withoutTemplates: `It is about the record beside the templates, not about what is in them.`,
    fix: `Guard the whole app, synthesize again, and check the folder that this writes, before anything changes it. Without a change to the app, imds-guard run or the preload does the same.`,
    exempt: `There is no exemption, and a baseline does not cover it: leave --require-guard out for templates that no guarded app makes.`,
    page: `https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html`,
    cdk: `import { aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { ImdsGuard } from 'cdk-imds-guard';

ImdsGuard.enforce(app); // right after new App()

const shop = new Stack(app, 'Shop');
new ec2.CfnInstance(shop, 'Web', { imageId: 'ami-0123456789abcdef0' });`,
  },
  'old-template-version': {
    why: `A version of a launch template never changes: an update of the stack makes a new one, and CloudFormation cannot move the default, which stays at version 1 until somebody moves it outside the stack. Whoever launches the default version (EKS node groups and Batch do where none is given) or a fixed number goes on with the data of that day: the template in the stack requires IMDSv2, the instances may not. Where the stack is new, or the launch template was never edited, that version is what the template says, but no template tells whether it is so; nor what a parameter will hold.`,
    refused: `IAM and service control policies look at the template when a group is pointed at it, not when the group launches later. The account's enforcement (HttpTokensEnforced) refuses every launch that ends with tokens optional, also those.`,
    fix: `Refer to the latest version with Fn::GetAtt. Of an instance, an EC2 fleet or a spot fleet every such change is a replacement: give an instance metadata options of its own instead. So it is of a Batch compute environment, unless ReplaceComputeEnvironment is false.`,
    page: `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-launchtemplate.html`,
    cdk: `import { aws_autoscaling as autoscaling } from 'aws-cdk-lib';
import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

const hosts = new Imdsv2LaunchTemplate(stack, 'Hosts');
new autoscaling.CfnAutoScalingGroup(stack, 'Group', {
  minSize: '1',
  maxSize: '2',
  availabilityZones: ['eu-central-1a'],
  launchTemplate: {
    launchTemplateId: hosts.launchTemplateId,
    version: hosts.latestVersionNumber,
  },
});`,
    exempt: `Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called exemptions of { logicalId, file, stack, reason, owner, until, allow }.`,
    exemptCode: `ImdsExemption.add(construct, {
  reason: 'why it has to be, and what is done about it',
  owner: 'who answers for it',
  until: 'YYYY-MM-DD',
  allow: ['old-template-version'],
});

// or, without an end date, as CDK has it
Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::old-template-version',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '1'
      MaxSize: '2'
      LaunchTemplate:
        LaunchTemplateId: !Ref Hosts
        Version: '1'
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 1`,
    passing: `Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '1'
      MaxSize: '2'
      LaunchTemplate:
        LaunchTemplateId: !Ref Hosts
        Version: !GetAtt Hosts.LatestVersionNumber
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 1`,
  },
  'policy-denies-too-little': {
    why: `Nothing in AWS says that a statement never applies. A condition key that does not exist, the state of an instance in place of what is asked for, a number compared as text, an ARN of another partition, an instance that has no id yet: the policy is attached, the audit sees it, and IMDSv1 passes. An EC2 policy with http_tokens optional even makes it the default.`,
    fix: `Take the corrected statement of the finding: it is the one that imds-guard policy and ImdsServiceControlPolicy make, with your name, maximum and exemptions. imds-guard policy lint holds a policy outside templates against the same.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-instance-metadata`,
    exempt: `Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called exemptions of { logicalId, file, stack, reason, owner, until, allow }.`,
    exemptCode: `ImdsExemption.add(construct, {
  reason: 'why it has to be, and what is done about it',
  owner: 'who answers for it',
  until: 'YYYY-MM-DD',
  allow: ['policy-denies-too-little'],
});

// or, without an end date, as CDK has it
Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::policy-denies-too-little',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpTokens: required
          HttpPutResponseHopLimit: 1
  Guardrail:
    Type: AWS::Organizations::Policy
    Properties:
      Name: imds
      Type: SERVICE_CONTROL_POLICY
      Content:
        Version: '2012-10-17'
        Statement:
          - Sid: RequireImdsV2
            Effect: Deny
            Action: ec2:ModifyInstanceMetadataOptions
            Resource: 'arn:*:ec2:*:*:instance/*'
            Condition:
              StringNotEquals:
                ec2:MetadataHttpTokens: required`,
    passing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpTokens: required
          HttpPutResponseHopLimit: 1
  Guardrail:
    Type: AWS::Organizations::Policy
    Properties:
      Name: imds
      Type: SERVICE_CONTROL_POLICY
      Content:
        Version: '2012-10-17'
        Statement:
          - Sid: RequireImdsV2
            Effect: Deny
            Action: ec2:ModifyInstanceMetadataOptions
            Resource: 'arn:*:ec2:*:*:instance/*'
            Condition:
              StringNotEquals:
                ec2:Attribute/HttpTokens: required
              'Null':
                ec2:Attribute/HttpTokens: 'false'`,
  },
  'policy-denies-too-much': {
    why: `A negated operator is true where the key is missing, and so is each with IfExists. A launch is authorized for its image, volumes, subnet and more, which have no key about IMDS: with Resource "*" every launch is denied on the day on which the policy is attached. The same holds for a misspelt key, a value in capitals, and a change that leaves the setting alone.`,
    fix: `Take the corrected statement of the finding: it is the one that imds-guard policy and ImdsServiceControlPolicy make, with your name, maximum and exemptions. Try it on one account first.`,
    page: `https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html`,
    exempt: `Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called exemptions of { logicalId, file, stack, reason, owner, until, allow }.`,
    exemptCode: `ImdsExemption.add(construct, {
  reason: 'why it has to be, and what is done about it',
  owner: 'who answers for it',
  until: 'YYYY-MM-DD',
  allow: ['policy-denies-too-much'],
});

// or, without an end date, as CDK has it
Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::policy-denies-too-much',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpTokens: required
          HttpPutResponseHopLimit: 1
  Guardrail:
    Type: AWS::Organizations::Policy
    Properties:
      Name: imds
      Type: SERVICE_CONTROL_POLICY
      Content:
        Version: '2012-10-17'
        Statement:
          - Sid: RequireImdsV2
            Effect: Deny
            Action: ec2:RunInstances
            Resource: '*'
            Condition:
              StringNotEquals:
                ec2:MetadataHttpTokens: required`,
    passing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpTokens: required
          HttpPutResponseHopLimit: 1
  Guardrail:
    Type: AWS::Organizations::Policy
    Properties:
      Name: imds
      Type: SERVICE_CONTROL_POLICY
      Content:
        Version: '2012-10-17'
        Statement:
          - Sid: RequireImdsV2
            Effect: Deny
            Action: ec2:RunInstances
            Resource: 'arn:*:ec2:*:*:instance/*'
            Condition:
              StringNotEquals:
                ec2:MetadataHttpTokens: required`,
  },
  'policy-holds-in-part': {
    why: `The policy holds for what names the setting, and lets pass what is silent about it: a Deny with StringEquals "optional", an Allow with IfExists, an EC2 policy that leaves the tokens to the account. Or it holds in some Regions, for some principals or tags, or from a date on, since all conditions of a statement must hold. That may be what is meant, so it does not fail.`,
    fix: `Take the corrected statement of the finding, which denies silence as well, everywhere and for everyone that it does not exempt.`,
    page: `https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html`,
    exempt: `It never fails the check and needs no exemption. An acknowledgement says that it is known:`,
    exemptCode: `Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::policy-holds-in-part',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpTokens: required
          HttpPutResponseHopLimit: 1
  Guardrail:
    Type: AWS::Organizations::Policy
    Properties:
      Name: imds
      Type: SERVICE_CONTROL_POLICY
      Content:
        Version: '2012-10-17'
        Statement:
          - Sid: RequireImdsV2
            Effect: Deny
            Action: ec2:RunInstances
            Resource: 'arn:*:ec2:*:*:instance/*'
            Condition:
              StringEquals:
                ec2:MetadataHttpTokens: optional`,
    passing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpTokens: required
          HttpPutResponseHopLimit: 1
  Guardrail:
    Type: AWS::Organizations::Policy
    Properties:
      Name: imds
      Type: SERVICE_CONTROL_POLICY
      Content:
        Version: '2012-10-17'
        Statement:
          - Sid: RequireImdsV2
            Effect: Deny
            Action: ec2:RunInstances
            Resource: 'arn:*:ec2:*:*:instance/*'
            Condition:
              StringNotEquals:
                ec2:MetadataHttpTokens: required`,
  },
  'stage-synthesized-before-enforce': {
    why: `CodePipeline.addStage synthesizes a Stage at once. Its templates are written then, without IMDSv2, and what is enforced later does not reach them: the pipeline would deploy instances that answer IMDSv1.`,
    withoutTemplates: `It is about the order of calls in a CDK app. The templates of such a Stage have findings of their own.`,
    fix: `Call ImdsGuard.enforce right after new App(), before anything is added to it. It covers the stages that are added later.`,
    exempt: `There is no exemption. Where a Stage is to be left out, ImdsGuard.observe(stage) reports on it without failing.`,
    page: `https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html`,
    cdk: `import { aws_ec2 as ec2, Stack, Stage } from 'aws-cdk-lib';
import { ImdsGuard } from 'cdk-imds-guard';

ImdsGuard.enforce(app); // right after new App()

const production = new Stage(app, 'Production');
const shop = new Stack(production, 'Shop');
new ec2.CfnInstance(shop, 'Web', { imageId: 'ami-0123456789abcdef0' });
production.synth(); // as CodePipeline.addStage does`,
  },
  'token-lifetime': {
    why: `A token lives from 1 to 21600 seconds (six hours). IMDS refuses a request for a longer one, a script without -f carries the error text on as if it were the token, and every call after that is refused as well where version 2 is required.`,
    fix: `Ask for at most 21600 seconds, and for a new token when the old one has ended.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

const userData = ec2.UserData.forLinux();
userData.addCommands(
  'TOKEN=$(curl -fsS -X PUT http://169.254.169.254/latest/api/token'
  + ' -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")',
);
new Imdsv2LaunchTemplate(stack, 'Hosts', { userData });`,
    exempt: `It never fails the check and needs no exemption. An acknowledgement says that it is known:`,
    exemptCode: `Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::token-lifetime',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 1
        UserData:
          Fn::Base64: |
            #!/bin/bash
            TOKEN=$(curl -fsS -X PUT http://169.254.169.254/latest/api/token \\
              -H "X-aws-ec2-metadata-token-ttl-seconds: 86400")`,
    passing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 1
        UserData:
          Fn::Base64: |
            #!/bin/bash
            TOKEN=$(curl -fsS -X PUT http://169.254.169.254/latest/api/token \\
              -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")`,
  },
  'token-through-proxy': {
    why: `IMDS refuses a request for a token that carries an X-Forwarded-For header: so a proxy cannot be used to fetch tokens, and neither can a script of yours that goes through one. Without the proxy the address is always near: it is link-local.`,
    fix: `Take IMDS out of the proxy: NO_PROXY=169.254.169.254 (and [fd00:ec2::254] where IPv6 is used), or --noproxy of curl.`,
    page: `https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

const userData = ec2.UserData.forLinux();
userData.addCommands(
  'export http_proxy=http://proxy.example.com:3128 no_proxy=169.254.169.254',
  'TOKEN=$(curl -fsS -X PUT http://169.254.169.254/latest/api/token'
  + ' -H "X-aws-ec2-metadata-token-ttl-seconds: 300")',
);
new Imdsv2LaunchTemplate(stack, 'Hosts', { userData });`,
    exempt: `It never fails the check and needs no exemption. An acknowledgement says that it is known:`,
    exemptCode: `Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::token-through-proxy',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 1
        UserData:
          Fn::Base64: |
            #!/bin/bash
            TOKEN=$(curl -fsS -x http://proxy.example.com:3128 -X PUT \\
              http://169.254.169.254/latest/api/token \\
              -H "X-aws-ec2-metadata-token-ttl-seconds: 300")`,
    passing: `Resources:
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 1
        UserData:
          Fn::Base64: |
            #!/bin/bash
            TOKEN=$(curl -fsS --noproxy '*' -X PUT \\
              http://169.254.169.254/latest/api/token \\
              -H "X-aws-ec2-metadata-token-ttl-seconds: 300")`,
  },
  'uncontrolled-launch': {
    why: `An Auto Scaling group that is made from an instance (InstanceId) does not copy its metadata options, and inline launch specifications of a spot fleet have no place for any. No property in this form requires IMDSv2: the account's default or the image decides, and where neither does, instances answer IMDSv1.`,
    refused: `An account that enforces IMDSv2 (HttpTokensEnforced) refuses what would answer IMDSv1. A request for a spot fleet carries no metadata key to look at, so the usual service control policy denies ec2:RequestSpotFleet altogether; there, use an Auto Scaling group.`,
    fix: `Launch from a launch template that requires IMDSv2. For both types that is a replacement.`,
    page: `https://docs.aws.amazon.com/autoscaling/ec2/userguide/create-asg-from-instance.html`,
    cdk: `import { aws_autoscaling as autoscaling, aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

const hosts = new Imdsv2LaunchTemplate(stack, 'Hosts', {
  instanceType: new ec2.InstanceType('t3.micro'),
  machineImage: ec2.MachineImage.latestAmazonLinux2023(),
});
new autoscaling.AutoScalingGroup(stack, 'Group', { vpc, launchTemplate: hosts });`,
    exempt: `Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called exemptions of { logicalId, file, stack, reason, owner, until, allow }.`,
    exemptCode: `ImdsExemption.add(construct, {
  reason: 'why it has to be, and what is done about it',
  owner: 'who answers for it',
  until: 'YYYY-MM-DD',
  allow: ['uncontrolled-launch'],
});

// or, without an end date, as CDK has it
Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::uncontrolled-launch',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '1'
      MaxSize: '2'
      InstanceId: i-0123456789abcdef0`,
    passing: `Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '1'
      MaxSize: '2'
      LaunchTemplate:
        LaunchTemplateId: !Ref Hosts
        Version: !GetAtt Hosts.LatestVersionNumber
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-0123456789abcdef0
        InstanceType: t3.micro
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 1`,
  },
  'undecided-default': {
    why: `The resource says nothing about IMDS and names nothing that does, so a default of the service decides, which CloudFormation does not show and AWS does not document for this resource. An EKS node group without a launch template gets one from EKS, whose settings depend on the kind of image: with AL2023 it requires version 2 and the node group is compliant, with the others AWS does not say. Batch takes what the account or the image says. EMR 5.x and 6.x let version 1 answer, which is a violation; of 7.x AWS does not say. Where a parameter chooses the image or the release, all that it allows counts: one weak value is a violation, one that is not known cannot be decided.`,
    fix: `Give it a launch template (for EMR a security configuration) that requires IMDSv2. A node group that was made without a launch template cannot be given one: make a new node group. attachLaunchTemplate of ImdsGuard does it for new ones.`,
    page: `https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html`,
    cdk: `import { aws_eks as eks } from 'aws-cdk-lib';
import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

const nodes = new Imdsv2LaunchTemplate(stack, 'Nodes', { httpPutResponseHopLimit: 1 });
new eks.CfnNodegroup(stack, 'Nodegroup', {
  clusterName: 'shop',
  nodeRole: 'arn:aws:iam::111122223333:role/nodes',
  subnets: ['subnet-0123456789abcdef0'],
  launchTemplate: { id: nodes.launchTemplateId, version: nodes.latestVersionNumber },
});`,
    exempt: `Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called exemptions of { logicalId, file, stack, reason, owner, until, allow }.`,
    exemptCode: `ImdsExemption.add(construct, {
  reason: 'why it has to be, and what is done about it',
  owner: 'who answers for it',
  until: 'YYYY-MM-DD',
  allow: ['undecided-default'],
});

// or, without an end date, as CDK has it
Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::undecided-default',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Nodegroup:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: shop
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0]`,
    passing: `Resources:
  Nodegroup:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: shop
      NodeRole: arn:aws:iam::111122223333:role/nodes
      Subnets: [subnet-0123456789abcdef0]
      LaunchTemplate:
        Id: !Ref Nodes
        Version: !GetAtt Nodes.LatestVersionNumber
  Nodes:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 1`,
  },
  'undecided-launch-template': {
    why: `What the resource launches from is made elsewhere: it is named by an id, a name, a parameter, an import or a dynamic reference, and none of the templates that were read has it. It may require IMDSv2 or not, and its owner may change it tomorrow without this template.`,
    fix: `Check its template in the same run, or make the launch template here; an instance can have metadata options of its own, which win. One that you have looked at is trusted with --allow-launch-template lt-0123456789abcdef0=REASON.`,
    page: `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html`,
    cdk: `import { aws_autoscaling as autoscaling, aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Imdsv2LaunchTemplate } from 'cdk-imds-guard';

const hosts = new Imdsv2LaunchTemplate(stack, 'Hosts', {
  instanceType: new ec2.InstanceType('t3.micro'),
  machineImage: ec2.MachineImage.latestAmazonLinux2023(),
});
new autoscaling.AutoScalingGroup(stack, 'Group', { vpc, launchTemplate: hosts });`,
    exempt: `Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called exemptions of { logicalId, file, stack, reason, owner, until, allow }.`,
    exemptCode: `ImdsExemption.add(construct, {
  reason: 'why it has to be, and what is done about it',
  owner: 'who answers for it',
  until: 'YYYY-MM-DD',
  allow: ['undecided-launch-template'],
});

// or, without an end date, as CDK has it
Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::undecided-launch-template',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '1'
      MaxSize: '2'
      LaunchTemplate:
        LaunchTemplateId: lt-0123456789abcdef0
        Version: '7'`,
    passing: `Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '1'
      MaxSize: '2'
      LaunchTemplate:
        LaunchTemplateId: !Ref Hosts
        Version: !GetAtt Hosts.LatestVersionNumber
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        MetadataOptions:
          HttpEndpoint: enabled
          HttpTokens: required
          HttpPutResponseHopLimit: 1`,
  },
  'undecided-template': {
    why: `A nested stack, a stack set, a product or a serverless application brings a template of its own. That template was not among those that were read, so whatever it launches was not looked at, and a clean result for this one says nothing about it.`,
    fix: `Check the folder that holds both: in a cloud assembly (cdk.out) the templates of CDK's nested stacks are found. For an address in a bucket, fetch the template and check it as well; the finding stays, and an exemption says who looks after it. Or keep the resources in the stack.`,
    page: `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html`,
    cdk: `import { aws_ec2 as ec2, NestedStack } from 'aws-cdk-lib';
import { RequireImdsv2 } from 'cdk-imds-guard';

const network = new NestedStack(stack, 'Network'); // its template is in cdk.out
const proxy = new ec2.CfnInstance(network, 'Proxy', { imageId: 'ami-0123456789abcdef0' });
proxy.with(new RequireImdsv2());`,
    exempt: `Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called exemptions of { logicalId, file, stack, reason, owner, until, allow }.`,
    exemptCode: `ImdsExemption.add(construct, {
  reason: 'why it has to be, and what is done about it',
  owner: 'who answers for it',
  until: 'YYYY-MM-DD',
  allow: ['undecided-template'],
});

// or, without an end date, as CDK has it
Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::undecided-template',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Resources:
  Network:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: https://s3.amazonaws.com/amzn-s3-demo-bucket/network.yaml`,
    passing: `Resources:
  Proxy:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: required
        HttpPutResponseHopLimit: 1`,
  },
  'undecided-transform': {
    why: `A macro, AWS::Include or a loop over a list that is not known yet rewrites the template when the stack is deployed. It may add instances or change the ones that are there, and what it does is code elsewhere. Loops over a known list are followed, and so are the transforms of AWS that leave such resources alone. Of other loops the body is judged: what lets IMDSv1 answer whatever the list holds is a violation, what is fine there stays undecided. A module (a type that ends in ::MODULE, LocalModule, the section Modules, a package of Rain) brings resources that are not in the template.`,
    fix: `Check the template as CloudFormation expands it (aws cloudformation get-template --template-stage Processed), or, with modules in files of their own, as rain pkg or aws cloudformation package writes it. Or write the resources without a macro; CDK code does at synthesis what a macro does at deployment.`,
    page: `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-reference.html`,
    cdk: `import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { RequireImdsv2 } from 'cdk-imds-guard';

for (const zone of ['a', 'b']) { // instead of a macro that copies an instance
  const imageId = 'ami-0123456789abcdef0';
  new ec2.CfnInstance(stack, \`Web\${zone}\`, { imageId }).with(new RequireImdsv2());
}`,
    exempt: `Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called exemptions of { logicalId, file, stack, reason, owner, until, allow }.`,
    exemptCode: `ImdsExemption.add(construct, {
  reason: 'why it has to be, and what is done about it',
  owner: 'who answers for it',
  until: 'YYYY-MM-DD',
  allow: ['undecided-transform'],
});

// or, without an end date, as CDK has it
Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::undecided-transform',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Transform: CopyToEveryZone
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      MetadataOptions:
        HttpEndpoint: enabled
        HttpTokens: required
        HttpPutResponseHopLimit: 1`,
    passing: `Transform: AWS::LanguageExtensions
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
            HttpPutResponseHopLimit: 1`,
  },
  'undecided-value': {
    why: `The value comes from a parameter without allowed values, a dynamic reference, an attribute or an import: it is known when the stack is deployed, not before. Whoever deploys can pass "optional", and a default can be overridden. Every value that the expression may take is looked at; a single one that lets IMDSv1 answer is imdsv1-allowed.`,
    fix: `Write the value itself. Where a parameter has to stay, give it AllowedValues: [required].`,
    page: `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-instance-metadataoptions.html`,
    cdk: `import { aws_ec2 as ec2, CfnParameter } from 'aws-cdk-lib';

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
});`,
    exempt: `Only with a reason, an owner and an end date, which is inclusive and in UTC. It covers a construct with everything in it; enforcement leaves that as it is, every report lists it, and after the end date the check fails. For templates that CDK does not make, --exemptions FILE has a list called exemptions of { logicalId, file, stack, reason, owner, until, allow }.`,
    exemptCode: `ImdsExemption.add(construct, {
  reason: 'why it has to be, and what is done about it',
  owner: 'who answers for it',
  until: 'YYYY-MM-DD',
  allow: ['undecided-value'],
});

// or, without an end date, as CDK has it
Validations.of(construct).acknowledge({
  id: 'cdk-imds-guard::undecided-value',
  reason: 'why it has to be, and what is done about it',
});`,
    failing: `Parameters:
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
        HttpPutResponseHopLimit: 1`,
    passing: `Parameters:
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
        HttpPutResponseHopLimit: 1`,
  },
  'weaker-inside': {
    why: `The record of the guard in the cloud assembly names a call that observes what is enforced around it, excludes a type, raises a hop limit or leaves the endpoint on. Nothing is wrong with that where it was agreed on; it is listed, so that nobody has to search the code of the app for it.`,
    withoutTemplates: `It is about calls in a CDK app, which the record beside the templates tells. What such a call leaves open is found in the templates by itself.`,
    fix: `Remove the call or what is weaker in it. Where such calls are to count for nothing, forbid exemptions on the scope around.`,
    exempt: `There is no exemption, since it fails nothing.`,
    page: `https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html`,
    cdk: `import { aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { ImdsGuard } from 'cdk-imds-guard';

ImdsGuard.enforce(app, { forbidExemptions: true });

const shop = new Stack(app, 'Shop');
new ec2.CfnInstance(shop, 'Web', { imageId: 'ami-0123456789abcdef0' });`,
  },
} as const;
