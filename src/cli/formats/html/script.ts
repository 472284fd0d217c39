/**
 * What the page can do beyond being read: filter, collapse, print everything. It works on what is there; without it all is visible.
 */
export const SCRIPT = `'use strict';
(() => {
  const form = document.getElementById('filter');
  const all = selector => [...document.querySelectorAll(selector)];
  const details = all('.finding > details');
  const open = value => details.forEach(each => { each.open = value; });

  // A long list is easier to scan closed. Nothing starts closed in the file itself, since that would hide it without this script.
  if (details.length > 40) { open(false); }
  all('details.rest').forEach(each => { each.open = false; });

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
    findings: [...element.querySelectorAll('.finding')].map(finding => ({ element: finding, text: undefined })),
  }));

  // textContent, not innerText: what is folded away is searched too, and no layout is needed
  const textOf = (finding, group) => [group.element.querySelector('h3'), ...finding.querySelectorAll('summary, dd')]
    .map(each => each.textContent).join('\\n').toLowerCase();

  function apply() {
    const wanted = new FormData(form);
    const words = wanted.get('text').toLowerCase().split(/\\s+/).filter(Boolean);
    const fields = ['level', 'status', 'rule'].filter(name => wanted.get(name));
    let shown = 0;
    let total = 0;
    for (const group of groups) {
      let here = 0;
      for (const finding of group.findings) {
        if (words.length > 0) { finding.text ??= textOf(finding.element, group); }
        const matches = fields.every(name => finding.element.dataset[name] === wanted.get(name)) && words.every(word => finding.text.includes(word));
        finding.element.hidden = !matches;
        here += matches ? 1 : 0;
      }
      group.element.hidden = here === 0;
      group.count.textContent = here === group.findings.length ? here : here + ' of ' + group.findings.length;
      shown += here;
      total += group.findings.length;
    }
    const nothing = shown === 0 ? ' Change or reset the filter to see more.' : '';
    result.textContent = shown + ' of ' + total + ' findings shown.' + nothing;
  }

  let timer;
  const soon = delay => { clearTimeout(timer); timer = setTimeout(apply, delay); };
  form.addEventListener('input', event => soon(event.target.name === 'text' ? 200 : 0));
  form.addEventListener('reset', () => soon(0));
  form.addEventListener('submit', event => event.preventDefault());
  document.getElementById('expand').addEventListener('click', () => open(true));
  document.getElementById('collapse').addEventListener('click', () => open(false));

  // a link to a finding opens it, whatever the filter says
  function reveal() {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) { return; }
    if (target.closest('[hidden]')) { form.reset(); apply(); }
    const folded = target.querySelector(':scope > details') || target.closest('details');
    if (folded) { folded.open = true; }
    target.scrollIntoView();
  }
  addEventListener('hashchange', reveal);

  form.hidden = false;
  if (location.hash) { reveal(); }
})();
`;
