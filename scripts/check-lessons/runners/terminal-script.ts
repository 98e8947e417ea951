/**
 * `terminal.sh` of a set: what a learner types into the page's terminals, in order. Two comments
 * mean something: `# terminal 2` (the lines below are typed there) and `# apply` (the learner
 * presses Apply: the broker starts again with the files as they are by now).
 */
export interface TypedLine {
  /** 1, 2 … */
  terminal: number;
  line: string;
}
export interface TerminalScript {
  /** Before the programs run: each group ends with Apply. */
  applied: TypedLine[][];
  /** While the programs run. */
  rest: TypedLine[];
}

export function readTerminalScript(text: string): TerminalScript {
  const script: TerminalScript = { applied: [], rest: [] };
  let terminal = 1;
  for (const line of text.replaceAll(/\\\n/g, '').split('\n')) {
    const chosen = /^#\s*terminal\s+(\d+)\s*$/.exec(line)?.[1];
    if (chosen !== undefined) terminal = Number(chosen);
    else if (/^#\s*apply\s*$/.test(line)) {
      script.applied.push(script.rest);
      script.rest = [];
    } else if (line.trim() !== '' && !line.startsWith('#')) {
      script.rest.push({ terminal, line });
    }
  }
  return script;
}
