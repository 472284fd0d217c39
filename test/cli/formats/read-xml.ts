import { SaxesParser } from 'saxes';

export interface XmlElement {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: XmlElement[];
  text: string;
}

/** Reads XML 1.0 as strictly as the standard asks: throws on anything that is not well-formed, forbidden characters included. */
export function readXml(source: string): XmlElement {
  const document: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [document];
  const parser = new SaxesParser();
  parser.on('error', error => { throw error; });
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = { name, attributes, children: [], text: '' };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => { open.pop(); });
  parser.on('text', text => { open.at(-1)!.text += text; });
  parser.write(source).close();
  return document.children[0];
}

/** Every element of a name, at any depth. */
export function elementsOf(root: XmlElement, name: string): XmlElement[] {
  return [...root.name === name ? [root] : [], ...root.children.flatMap(each => elementsOf(each, name))];
}
