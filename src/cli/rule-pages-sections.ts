import { RulePage } from './rule-pages';

/** A part of a page under a heading, however it is shown. */
export interface Section {
  readonly heading: string;
  readonly words?: string;
  readonly code?: { readonly language: 'ts' | 'yaml'; readonly text: string };
}

/** A page in the order in which people need it. */
export function sectionsOf(page: RulePage): Section[] {
  const { why, refused, fix, cdk, exempt, exemptCode, failing, passing, withoutTemplates } = page;
  const circumstances = circumstancesOf(page);
  const [bad, good] = page.verdict === 'violation' ? ['Fails', 'Passes'] : ['Reported', 'Not reported'];
  return [
    { heading: 'Why', words: why },
    ...refused === undefined ? [] : [{ heading: 'What AWS refuses', words: refused }],
    ...failing === undefined ? [] : [{ heading: `${bad}${circumstances}`, code: yaml(failing) }],
    ...passing === undefined ? [] : [{ heading: `${good}${circumstances}`, code: yaml(passing) }],
    ...withoutTemplates === undefined ? [] : [{ heading: 'No templates', words: withoutTemplates }],
    { heading: 'Fix', words: fix, code: cdk === undefined ? undefined : ts(cdk) },
    { heading: 'Exempt', words: exempt, code: exemptCode === undefined ? undefined : ts(exemptCode) },
  ];
}

/** What the templates are checked with, and when. */
function circumstancesOf({ options, day }: RulePage): string {
  return [options === undefined ? '' : ` with ${options}`, day === undefined ? '' : ` on ${day}`].join('');
}

function yaml(text: string): Section['code'] {
  return { language: 'yaml', text };
}

function ts(text: string): Section['code'] {
  return { language: 'ts', text };
}
