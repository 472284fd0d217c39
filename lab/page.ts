/** A page with each part between `<!-- name:begin -->` and `<!-- name:end -->` replaced. */
export function withParts(page: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
    if (!text.includes(begin) || !text.includes(end)) throw new Error(`the page lacks ${begin} or ${end}`);
    return text.slice(0, text.indexOf(begin) + begin.length) + `\n${part}\n` + text.slice(text.indexOf(end));
  }, page);
}

/** What stands in one part of a page. */
export function partOf(page: string, name: string): string {
  return page.slice(page.indexOf(`<!-- ${name}:begin -->`), page.indexOf(`<!-- ${name}:end -->`)).split('\n').slice(1, -1).join('\n');
}
