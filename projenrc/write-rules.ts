import { writeFileSync } from 'fs';
import { CONSEQUENCES, pageOf } from '../src/cli/rule-pages';
import { Section, sectionsOf } from '../src/cli/rule-pages-sections';
import { RULE_IDS, RuleId, RULES } from '../src/engine/findings/rules';

const INTRODUCTION = `
# Rules

What \`cdk-imds-guard\` looks for, one id for each kind of failure. The ids are the same in \`cdk synth\`, in cdk-nag's report and in
\`imds-guard check\`, and \`imds-guard explain RULE\` prints any of these pages.

- **violation** ${proseOf(CONSEQUENCES.violation)}.
- **cannot tell** ${proseOf(CONSEQUENCES['cannot tell'])}. The template alone does not decide it; it is always listed and counted.
- **advice** ${proseOf(CONSEQUENCES.advice)}.

In the code, \`app\`, \`stack\`, \`vpc\` and \`construct\` are your own. The template that passes is the fix for those who write CloudFormation. The
*usual service control policy* is the one that AWS publishes: it denies \`ec2:RunInstances\` unless \`ec2:MetadataHttpTokens\` is \`required\`, and
hop limits above a maximum. *HttpTokensEnforced* is the setting of an account by which EC2 itself refuses launches that would answer IMDSv1.

<!-- made by projenrc/write-rules.ts; edit rules/ instead -->
`.trim();

/** RULES.md. */
export function rulesDocument(): string {
  const rows = RULE_IDS.map(id => `| [\`${id}\`](#${id}) | ${RULES[id].verdict} | ${RULES[id].about} |`);
  return [INTRODUCTION, ['| rule | verdict | meaning |', '| --- | --- | --- |', ...rows].join('\n'), ...RULE_IDS.map(chapter)].join('\n\n') + '\n';
}

/** The heading is the bare id, so that its anchor is the id too: reports link to it. */
function chapter(rule: RuleId): string {
  const page = pageOf(rule);
  return [
    `## ${rule}`,
    `${page.title}. *${page.verdict}: ${CONSEQUENCES[page.verdict]}.*`,
    ...sectionsOf(page).map(part),
    `[What AWS says](${page.page})`,
  ].join('\n\n');
}

function part({ heading, words, code }: Section): string {
  const blocks = [
    ...words === undefined ? [] : [proseOf(words)],
    ...code === undefined ? [] : [`\`\`\`${code.language}\n${code.text}\n\`\`\``],
  ];
  return [`**${proseOf(heading)}**`, ...blocks].join('\n\n');
}

/** Types and options are code; nothing in prose is meant as Markdown. */
function proseOf(text: string): string {
  return text.replace(/(?<![\w`])(--[a-z][\w-]*|[a-z]\w*:[A-Z]\w+|AWS::\w+(?:::\w+)?)/g, '`$1`').replace(/[*<>[\]]/g, '\\$&');
}

if (require.main === module) writeFileSync('RULES.md', rulesDocument());
