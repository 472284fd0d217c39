import { NAMED } from './findings';

/**
 * What the page can do beyond being read: filter, collapse, print everything. It works on what is there; without it all is visible.
 */
export const SCRIPT = `'use strict';
(() => {
  const NAMED = ${NAMED};
  const form = document.getElementById('filter');
  const all = selector => [...document.querySelectorAll(selector)];
  const details = all('.finding > details');

  // What is beyond the first screen is easier to scan closed. Nothing starts closed in the file itself: without this script it would be hidden.
  if (form) { form.hidden = false; }
  all('details.rest').forEach(each => { each.open = false; });
  const beyond = details.findIndex((each, i) => i > 0 && each.getBoundingClientRect().top + scrollY >= innerHeight);
  if (beyond > 0) { details.slice(beyond).forEach(each => { each.open = false; }); }

  let before = [];
  addEventListener('beforeprint', () => {
    before = all('details:not([open])');
    before.forEach(each => { each.open = true; });
  });
  addEventListener('afterprint', () => before.forEach(each => { each.open = false; }));

  if (!form) { return; }
  const result = document.getElementById('filter-result');
  const groups = all('.stack').map(element => ({
    element,
    count: element.querySelector('.count'),
    cards: [...element.querySelectorAll('.finding')].map(card => {
      const resources = [...card.querySelectorAll('.resources li')];
      return { element: card, rows: (resources.length > 0 ? resources : [card]).map(row => ({ element: row, text: undefined })) };
    }),
  }));

  // textContent, not innerText: what is folded away is searched too, and no layout is needed
  const textOf = elements => [...elements].map(each => each.textContent).join('\\n').toLowerCase();

  // what a row says of itself, and what it has in common with the others
  function read(card, group) {
    const common = textOf([group.element.querySelector('h3'), ...card.element.querySelectorAll('summary > :not(.what), .type, dd:not(.resources)')]);
    card.rows.forEach(row => {
      const own = row.element === card.element ? card.element.querySelectorAll('.what') : [row.element];
      row.text = common + '\\n' + textOf(own);
    });
  }

  // a closed card names the first of those that are left
  function name(card, rows) {
    const names = card.element.querySelector('.names');
    if (!names) { return; }
    const first = rows.slice(0, NAMED).flatMap((row, i) => [i > 0 ? ', ' : '', row.element.querySelector('a').firstElementChild.cloneNode(true)]);
    names.replaceChildren(...first, rows.length > NAMED ? ' and ' + (rows.length - NAMED) + ' more' : '');
  }

  // the folded rest of a list shows what a search is about, and says how many are in it
  function unfold(card, isSearch) {
    const rest = card.element.querySelector('.resources .rest');
    if (!rest) { return; }
    const left = rest.querySelectorAll('li:not([hidden])').length;
    rest.hidden = left === 0;
    rest.querySelector('summary').textContent = left + ' more';
    if (isSearch) { rest.open = true; }
  }

  function apply() {
    const wanted = new FormData(form);
    const words = wanted.get('text').toLowerCase().split(/\\s+/).filter(Boolean);
    const fields = ['level', 'status', 'rule'].filter(name => wanted.get(name));
    let shown = 0;
    let total = 0;
    for (const group of groups) {
      let here = 0;
      let size = 0;
      for (const card of group.cards) {
        if (words.length > 0 && card.rows[0].text === undefined) { read(card, group); }
        const fits = fields.every(name => card.element.dataset[name] === wanted.get(name));
        const rows = card.rows.filter(row => fits && words.every(word => row.text.includes(word)));
        card.rows.forEach(row => { row.element.hidden = true; });
        rows.forEach(row => { row.element.hidden = false; });
        card.element.hidden = rows.length === 0;
        name(card, rows);
        unfold(card, words.length > 0);
        here += rows.length;
        size += card.rows.length;
      }
      group.element.hidden = here === 0;
      group.count.textContent = here === size ? here : here + ' of ' + size;
      shown += here;
      total += size;
    }
    const nothing = shown === 0 ? ' Change or reset the filter to see more.' : '';
    result.textContent = shown + ' of ' + total + ' findings shown.' + nothing;
  }

  let timer;
  const soon = delay => { clearTimeout(timer); timer = setTimeout(apply, delay); };
  form.addEventListener('input', event => soon(event.target.name === 'text' ? 200 : 0));
  form.addEventListener('reset', () => soon(0));
  form.addEventListener('submit', event => event.preventDefault());
  document.getElementById('expand').addEventListener('click', () => all('.finding details').forEach(each => { each.open = true; }));
  document.getElementById('collapse').addEventListener('click', () => details.forEach(each => { each.open = false; }));

  // a link to a finding opens it, whatever the filter says
  function reveal() {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) { return; }
    if (target.closest('[hidden]')) { form.reset(); apply(); }
    let folded = target.querySelector(':scope > details') || target.closest('details');
    for (; folded; folded = folded.parentElement.closest('details')) { folded.open = true; }
    target.scrollIntoView();
  }
  addEventListener('hashchange', reveal);

  if (location.hash) { reveal(); }
})();
`;
