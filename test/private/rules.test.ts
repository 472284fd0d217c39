import { MESSAGES } from '../../src/private/messages';
import { RULES } from '../../src/private/rules';

test('rules keep their ids: users acknowledge them', () => {
  expect(Object.keys(RULES)).toEqual([
    'imdsv1-allowed', 'uncontrolled-launch', 'hop-limit-too-high', 'invalid-value', 'stage-synthesized-before-enforce', 'internal-error', 'undecided',
  ]);
});

test('ids are words in lower case, each with a sentence about it', () => {
  const abouts = [...Object.entries(RULES), ...Object.entries(MESSAGES).map(([id, { about }]) => [id, about] as const)];

  expect(abouts.filter(([id, about]) => !/^[a-z]+\d?(-[a-z\d]+)*$/.test(id) || !/^[A-Z].*[^.]$/.test(about))).toEqual([]);
});
