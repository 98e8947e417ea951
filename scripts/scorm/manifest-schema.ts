/**
 * The schema of a SCORM 1.2 manifest for one SCO, written down from the Content Aggregation Model, 2.3
 * (`imscp_rootv1p1p2.xsd`, `adlcp_rootv1p2.xsd`): which elements in which order, which attributes.
 */
interface Element {
  name: string;
  attributes: Map<string, string>;
  children: Element[];
  text: string;
}
interface Rule {
  attributes: Readonly<Record<string, RegExp>>;
  optional?: readonly string[];
  /** In order; `+`: one or more, `?`: at most one. */
  children: readonly string[];
  text?: RegExp;
}

const ID = /^[A-Za-z_][\w.-]*$/;
const ANY = /^[\s\S]+$/;
const HREF = /^[^\s<>\\]+$/;
const SHORT = /^[\s\S]{1,200}$/;
const rules: Readonly<Record<string, Rule>> = {
  manifest: {
    attributes: {
      identifier: ID,
      version: /^.{1,20}$/,
      xmlns: /^http:\/\/www\.imsproject\.org\/xsd\/imscp_rootv1p1p2$/,
      'xmlns:adlcp': /^http:\/\/www\.adlnet\.org\/xsd\/adlcp_rootv1p2$/,
      'xmlns:xsi': /^http:\/\/www\.w3\.org\/2001\/XMLSchema-instance$/,
      'xsi:schemaLocation': ANY,
    },
    optional: ['version'],
    children: ['metadata?', 'organizations', 'resources'],
  },
  metadata: { attributes: {}, children: ['schema', 'schemaversion'] },
  schema: { attributes: {}, children: [], text: /^ADL SCORM$/ },
  schemaversion: { attributes: {}, children: [], text: /^1\.2$/ },
  organizations: { attributes: { default: ID }, children: ['organization+'] },
  organization: { attributes: { identifier: ID }, children: ['title', 'item+'] },
  item: { attributes: { identifier: ID, identifierref: ID }, children: ['title'] },
  title: { attributes: {}, children: [], text: SHORT },
  resources: { attributes: {}, children: ['resource+'] },
  resource: {
    attributes: { identifier: ID, type: /^webcontent$/, 'adlcp:scormtype': /^sco$/, href: HREF },
    children: ['file+'],
  },
  file: { attributes: { href: HREF }, children: [] },
};

/** Elements, attributes and text: all that a manifest has. Throws for what is not well-formed. */
export function parseXml(xml: string): Element {
  const outer: Element = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [outer];
  const token = /<\?[^>]*\?>|<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let at = 0;
  for (const [all, close, name, attributes = '', empty, text] of xml.matchAll(token)) {
    at += all.length;
    const inner = open.at(-1)!;
    if (text !== undefined) inner.text += text;
    else if (close && open.pop()!.name !== name) throw new Error(`</${name}> closes nothing`);
    if (!name || close) continue;
    const pairs = [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!] as const); // prettier-ignore
    const element: Element = { name, attributes: new Map(pairs), children: [], text: '' };
    if (element.attributes.size < pairs.length) throw new Error(`<${name}> has an attribute twice`);
    inner.children.push(element);
    if (!empty) open.push(element);
  }
  if (at < xml.length || open.length > 1) throw new Error(`not well-formed at ${at}`);
  return outer.children[0]!;
}

/** A sentence for each rule that is broken. */
export function problemsOf(xml: string): string[] {
  const problems: string[] = [];
  const root = parseXml(xml);
  if (root.name !== 'manifest') return [`<${root.name}> is no manifest`];
  const all: Element[] = [];
  const look = (element: Element): void => {
    all.push(element);
    problems.push(...problemsIn(element));
    element.children.forEach(look);
  };
  look(root);
  const values = (name: string, of: string) =>
    all.filter((one) => one.name === of).map((one) => one.attributes.get(name));
  const ids = all.flatMap(({ attributes }) => attributes.get('identifier') ?? []);
  if (new Set(ids).size < ids.length) problems.push('an identifier stands twice');
  if (!values('identifier', 'organization').includes(root.children.find(({ name }) => name === 'organizations')?.attributes.get('default'))) problems.push('the default organization is missing'); // prettier-ignore
  for (const ref of values('identifierref', 'item'))
    if (!values('identifier', 'resource').includes(ref)) problems.push(`no resource ${ref}`);
  for (const resource of all.filter(({ name }) => name === 'resource')) {
    const files = resource.children.map(({ attributes }) => attributes.get('href'));
    if (!files.includes(resource.attributes.get('href')))
      problems.push('the start is no file of it');
    if (new Set(files).size < files.length) problems.push('a file is listed twice');
  }
  return problems;
}

function problemsIn({ name, attributes, children, text }: Element): string[] {
  const rule = rules[name];
  if (!rule) return [`<${name}> is not in the schema`];
  const problems: string[] = [];
  for (const [key, value] of attributes)
    if (!rule.attributes[key]?.test(value)) problems.push(`<${name} ${key}="${value}">`);
  for (const key of Object.keys(rule.attributes))
    if (!attributes.has(key) && !rule.optional?.includes(key))
      problems.push(`<${name}> has no ${key}`);
  const order = rule.children
    .map((child) =>
      child.replace(/^(\w+)(\W?)$/, (_, one: string, count: string) => `(?:${one} )${count}`),
    )
    .join('');
  if (!new RegExp(`^${order}$`).test(children.map((child) => `${child.name} `).join('')))
    problems.push(`<${name}> has ${children.map((child) => child.name).join(', ') || 'nothing'}`);
  if (rule.text ? !rule.text.test(text) : text.trim() !== '') problems.push(`<${name}>: “${text}”`);
  return problems;
}
