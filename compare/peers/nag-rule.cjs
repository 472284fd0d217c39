// Judges a template (JSON) with cdk-nag's own rule, as its packs do: what throws is undecided. Run in the folder that cdk-nag is installed in.
const { readFileSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const load = createRequire(`${process.cwd()}/package.json`);
const { App, CfnResource, Stack } = load('aws-cdk-lib');
const { CfnInclude } = load('aws-cdk-lib/cloudformation-include');
const { NagRuleCompliance, rules } = load('cdk-nag');

const file = process.argv[2];
const said = { reported: [], undecided: [] };
for (const node of include(200).node.findAll().filter(CfnResource.isCfnResource)) {
  try {
    if (rules.ec2.EC2IMDSv2Enabled(node) === NagRuleCompliance.NON_COMPLIANT) said.reported.push(node.node.id);
  } catch {
    said.undecided.push(node.node.id);
  }
}
console.log(JSON.stringify(said));

/** The fixtures leave out what has nothing to do with IMDS, which constructs do not: it is filled in, one thing after another. */
function include(tries) {
  const stack = new Stack(new App());
  try {
    new CfnInclude(stack, 'Template', { templateFile: file });
    return stack;
  } catch (error) {
    const template = JSON.parse(readFileSync(file, 'utf8'));
    if (tries === 0 || !fillIn(template, error.message)) throw error;
    writeFileSync(file, JSON.stringify(template));
    return include(tries - 1);
  }
}

function fillIn(template, message) {
  const [, logicalId, property] = /Template\/(\w+) .*is missing required property: (\w+)/.exec(message) ?? [];
  const [, condition] = /Condition '(\w+)' used in an Fn::If expression does not exist/.exec(message) ?? [];
  const [, mapping] = /FindInMap expression with name '(\w+)' was not found/.exec(message) ?? [];
  const [, parameter] = /Fn::Sub expression with logical ID: '(\w+)' was not found/.exec(message) ?? [];
  if (property) (template.Resources[logicalId].Properties ??= {})[property[0].toUpperCase() + property.slice(1)] = { Ref: 'AWS::Region' };
  if (condition) (template.Conditions ??= {})[condition] = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] };
  if (mapping) (template.Mappings ??= {})[mapping] = { x: { x: 'x' } };
  if (parameter) (template.Parameters ??= {})[parameter] = { Type: 'String' };
  return property ?? condition ?? mapping ?? parameter;
}
