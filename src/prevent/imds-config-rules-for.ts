import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConfigRule, configRules, ConfigSettings } from '../engine/policies/config-rules';

/** The rules that there can be where a construct is. What the Region is known to lack is reported, since its deployment would fail. */
export function rulesFor(construct: Construct, settings: ConfigSettings): ConfigRule[] {
  const { region } = Stack.of(construct);
  const { rules, missing } = configRules(settings, Token.isUnresolved(region) ? undefined : region);
  for (const { name, page } of missing) {
    Annotations.of(construct).addInfo(`AWS Config has no rule ${name} in ${region} by its page, so it is left out; see ${page}`);
  }
  return rules;
}
