import { CONSEQUENCES, pageOf } from './rule-pages';
import { Section, sectionsOf } from './rule-pages-sections';
import { FindingVerdict, RULE_IDS, RuleId, RULES } from '../engine/findings/rules';
import { nearest } from '../engine/text/did-you-mean';
import { clipped, visible } from '../engine/text/visible';

const WIDTH = 100;
const VERDICTS: readonly FindingVerdict[] = ['violation', 'cannot tell', 'advice'];

/** The prefixes that ids have in acknowledgements and in the reports of CDK and cdk-nag. */
const PREFIX = /^(?:annotation::)?(?:cdk-imds-guard::?|imdschecks::)?(?:imdschecks-)?/;

/** The page about a rule, as text for a terminal; the list of all rules where none is named. */
export function explain(rule: string | undefined): { readonly text: string; readonly exitCode: 0 | 2 } {
  if (rule === undefined) { return { text: list(), exitCode: 0 }; }
  const id = rule.trim().toLowerCase().replace(PREFIX, '');
  const found = RULE_IDS.find(each => each === id);
  return found ? { text: pageText(found), exitCode: 0 } : { text: unknown(rule, id), exitCode: 2 };
}

function pageText(rule: RuleId): string {
  const page = pageOf(rule);
  return `${[
    `${rule}  (${page.verdict}: ${CONSEQUENCES[page.verdict]})`,
    ...wrapped(page.title, ''),
    ...sectionsOf(page).flatMap(section => ['', ...sectionLines(section)]),
    '',
    'What AWS says',
    page.page,
  ].join('\n')}\n`;
}

function sectionLines({ heading, words, code }: Section): string[] {
  const lines = code?.text.split('\n').map(line => line === '' ? '' : `    ${line}`) ?? [];
  return [
    heading,
    ...words === undefined ? [] : wrapped(words, '  '),
    ...words !== undefined && lines.length > 0 ? [''] : [],
    ...lines,
  ];
}

function list(): string {
  const column = Math.max(...RULE_IDS.map(id => id.length)) + 4;
  const groups = VERDICTS.map(verdict => [
    `${verdict}: ${CONSEQUENCES[verdict]}`,
    ...RULE_IDS.filter(id => RULES[id].verdict === verdict).flatMap(id => {
      const [first, ...more] = wrapped(RULES[id].about, ' '.repeat(column));
      return [`  ${id}`.padEnd(column) + first.trim(), ...more];
    }),
  ].join('\n'));
  return `${[...groups, 'imds-guard explain RULE says more about one of them.'].join('\n\n')}\n`;
}

function unknown(given: string, id: string): string {
  const similar = similarTo(id);
  const hint = similar.length > 0 ? `did you mean ${similar.join(', ')}?` : 'imds-guard explain lists all of them';
  return `imds-guard: there is no rule ${JSON.stringify(visible(clipped(given, 60)))}; ${hint}\n`;
}

/** What was most likely meant: ids that the text is a part of, else the one with the fewest letters to change. */
function similarTo(id: string): string[] {
  const containing = id.length < 3 ? [] : RULE_IDS.filter(each => each.includes(id));
  return containing.length > 0 ? containing : [nearest(id, RULE_IDS) ?? []].flat();
}

/** Words in lines that a terminal does not break. */
function wrapped(words: string, indent: string): string[] {
  const lines = [''];
  for (const word of words.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== '' && indent.length + last.length + 1 + word.length > WIDTH) { lines.push(word); } else {
      lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    }
  }
  return lines.map(line => indent + line);
}
