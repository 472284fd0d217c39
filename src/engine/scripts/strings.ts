/** What a string holds that is a script itself: a tool with arguments, or a call. */
const SCRIPT = new RegExp([
  '(?<![\\w.$-])(?:curl|wget|nc|ncat|netcat)(?:\\.exe)?[ \\t]+\\S',
  '(?<![\\w-])(?:Invoke-RestMethod|Invoke-WebRequest|irm|iwr)[ \\t]+\\S',
  '/dev/tcp/',
  '\\b(?:urlopen|urlretrieve|file_get_contents|readfile|fetch|curl_exec)\\(',
  '(?:requests|http|HTTP|require\\([^()]{4,8}\\))\\.(?:get|request|head)\\(',
  '\\.Download(?:String|File|Data)\\(|->get\\(|URI\\.open\\(',
].join('|'));

/** Where a quote that is opened before a place is closed: on the same line, unless `anyLine`. Negative: nowhere. */
export function closingQuote(script: string, quote: string, from: number, anyLine = false): number {
  for (let i = from; i < script.length; i++) {
    const character = script[i];
    if (character === quote) { return i; }
    if (character === '\\') { i++; } else if (character === '\n' && !anyLine) { return -1; }
  }
  return -1;
}

/** Whether the string that begins at a quote has commands in it. What it substitutes is read in any case. */
export function holdsScript(script: string, quote: string, at: number): boolean {
  const end = closingQuote(script, quote, at + 1);
  return end >= 0 && SCRIPT.test(script.slice(at + 1, end).replace(/\$\([^()]*(?:\)|$)/g, ' '));
}

/** Whether the quote at a place is the apostrophe of a word: `don't`. */
export function isApostrophe(script: string, at: number): boolean {
  return script[at] === "'" && /[a-z][a-z]'[a-z]/i.test(script.slice(Math.max(0, at - 2), at + 2));
}
