// The floor of any check: read each file, parse it, look at each value. Plain JavaScript, so that nothing else is in the time.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const [, , folder] = process.argv;
let values = 0;

function walk(value) {
  values++;
  if (typeof value !== 'object' || value === null) return;
  for (const key in value) walk(value[key]);
}

for (const file of readdirSync(folder)) {
  const text = readFileSync(join(folder, file), 'utf-8');
  walk(file.endsWith('.json') ? JSON.parse(text) : require('js-yaml').load(text));
}
if (values === 0) throw new Error('nothing was read');
