import { runbookOf, RUNBOOKS } from '../../../src/engine/surfaces/runbooks';

test('the table of documents has one row a name, sorted by name', () => {
  const names = RUNBOOKS.map(({ name }) => name);

  expect(names).toEqual([...new Set(names)].sort());
});

test.each(RUNBOOKS.map(row => [row.name, row] as const))('names a page of AWS about %s, and says what silence is only where a parameter decides', (_, { page, tokens, isWeakBySilence, endpoint }) => {
  expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/systems-manager-automation-runbooks\/latest\/userguide\/[\w-]+\.html$/);
  expect(tokens !== undefined || (isWeakBySilence === undefined && endpoint === undefined)).toBe(true);
});

test('a document is found by its name and by ARNs, with a version or without', () => {
  const name = 'AWS-UpdateLinuxAmi';
  for (const each of [name, `${name}:1`, `${name}:$LATEST`, `arn:aws:ssm:eu-west-1::document/${name}`, `arn:aws-cn:ssm:cn-north-1:1:automation-definition/${name}:$DEFAULT`]) {
    expect(runbookOf(each)?.name).toBe(name);
  }
  for (const other of ['', 'x', 'AWS-UpdateLinuxAmis', `x${name}`, `${name}/x`, 'constructor']) { expect(runbookOf(other)).toBeUndefined(); }
});
