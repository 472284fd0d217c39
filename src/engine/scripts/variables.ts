import { mentionsImds } from './address';
import { Assignment, assignmentsOf } from './assignments';
import { Command, OUTPUT } from './command';
import { callsIn, identifiersIn, namesIn, TOKEN_HEADER, TOKEN_REQUEST } from './header-names';
import { countWhile } from './positions';
import { Tool, ToolUses } from './tools';

/** What is known about a value. */
export interface Facts {
  readonly hasAddress: boolean;
  readonly hasHeader: boolean;
  readonly isTokenRequest: boolean;

  /** It may hold anything: an argument, an output, what a function returns. */
  readonly isOpaque: boolean;
  readonly tool?: Tool;

  /** As written, for a value that is nothing but a literal. */
  readonly literal?: string;
}

/** A function that makes an address or a request of its arguments, instead of fetching something. */
const MAKES_ADDRESS = /^(?:new|uri|url|parse|join|request|httprequest|newrequest|newrequestwithcontext|httpconnection|create|extend|session|client|format|sprintf|str|string|get|getenv|fetch|env|environ|urljoin|resolve|replace|rstrip|strip|trim|concat|init|curl_init|build|instance|array|dict|list|hashtable|webrequest)$/i;

interface Entry {
  readonly at: number;
  readonly adds: boolean;
  facts: Facts;
}

/** All that one name was given, in the order of the script, and what is true of any of it. */
interface Variable {
  readonly entries: Entry[];
  any: Facts;
}

const NOTHING: Facts = { hasAddress: false, hasHeader: false, isTokenRequest: false, isOpaque: false };

/** The variables of a script, as far as they have to do with IMDS. Names are the same in every case, as in PowerShell. */
export class Variables {
  private readonly variables = new Map<string, Variable>();

  public constructor(commands: readonly Command[], uses: ToolUses) {
    const all = commands.flatMap(command => assignmentsOf(command, uses)).sort((left, right) => left.at - right.at);
    const entries = all.map(({ name, at, adds }) => this.add(name, { at, adds, facts: NOTHING }));
    // What is assigned from what is assigned later needs another round; three are enough for people.
    for (let round = 0; round < 3; round++) {
      all.forEach((assignment, i) => {
        const variable = this.variables.get(assignment.name.toLowerCase())!;
        entries[i].facts = this.factsOf(assignment, uses);
        variable.any = either(variable.any, entries[i].facts);
      });
    }
  }

  /** Whether a name was given the header anywhere: which of several values it has is not asked. */
  public hasHeader(name: string): boolean {
    return this.any(name).hasHeader;
  }

  public isTokenRequest(name: string): boolean {
    return this.any(name).isTokenRequest;
  }

  /** Whether nothing in the script tells what the value is. */
  public isOpaque(name: string): boolean {
    return !this.variables.has(name.toLowerCase()) || this.any(name).isOpaque;
  }

  /** Whether a name holds the address at a place in the script: what it was given last before, or else anywhere. */
  public hasAddress(name: string, at: number): boolean {
    const { entries, any } = this.variables.get(name.toLowerCase()) ?? { entries: [], any: NOTHING };
    const count = countWhile(entries.length, i => entries[i].at < at);
    if (count === 0) { return any.hasAddress; }
    let last = count - 1;
    while (last > 0 && entries[last].adds && !entries[last].facts.hasAddress && count - last < 20) { last--; }
    return entries[last].facts.hasAddress;
  }

  /** The tool that a variable is short for, and whether it comes with the address. */
  public toolOf(name: string): { readonly tool: Tool; readonly hasAddress: boolean } | undefined {
    const { tool, hasAddress } = this.any(name);
    return tool && { tool, hasAddress };
  }

  /** The one literal that a name is ever given. */
  public literalOf(name: string): string | undefined {
    const { entries, any } = this.variables.get(name.toLowerCase()) ?? { entries: [], any: NOTHING };
    return entries.every(({ facts }) => facts.literal === any.literal) ? any.literal : undefined;
  }

  private any(name: string): Facts {
    return this.variables.get(name.toLowerCase())?.any ?? NOTHING;
  }

  private add(name: string, entry: Entry): Entry {
    const key = name.toLowerCase();
    const variable = this.variables.get(key) ?? { entries: [], any: NOTHING };
    variable.entries.push(entry);
    this.variables.set(key, variable);
    return entry;
  }

  private factsOf({ at, value, bare, child }: Assignment, uses: ToolUses): Facts {
    const text = child ? child.text : value;
    const names = child ? namesIn(child.text) : [...namesIn(value), ...identifiersIn(bare)];
    const hasHeader = TOKEN_HEADER.test(text) || names.some(name => this.hasHeader(name));
    const makesAddress = child !== undefined || callsIn(bare).every(name => MAKES_ADDRESS.test(name));
    return {
      hasAddress: makesAddress && (mentionsImds(text) || names.some(name => this.hasAddress(name, at))),
      hasHeader,
      isTokenRequest: makesAddress && (TOKEN_REQUEST.test(text) || names.some(name => this.isTokenRequest(name))),
      isOpaque: !hasHeader && (value.includes(OUTPUT) || /\$[\d@*]|\$args\b/i.test(value) || callsIn(bare).length > 0
        || names.some(name => this.any(name).isOpaque)),
      tool: child && uses.get(child)?.tool,
      literal: /^["']?([^"'\s()[\]{}$%]{0,400})["']?[;,)]?$/.exec(value.trim())?.[1],
    };
  }
}

function either(left: Facts, right: Facts): Facts {
  return {
    hasAddress: left.hasAddress || right.hasAddress,
    hasHeader: left.hasHeader || right.hasHeader,
    isTokenRequest: left.isTokenRequest || right.isTokenRequest,
    isOpaque: left.isOpaque || right.isOpaque,
    tool: left.tool ?? right.tool,
    literal: left.literal ?? right.literal,
  };
}
