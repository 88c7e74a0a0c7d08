/** Keeps the last `count` lines, for the error that says why a server did not start. */
export function lastLines(count: number): { add: (line: string) => void; lines: () => readonly string[] } {
  const kept: string[] = [];
  return {
    add(line) {
      kept.push(line);
      if (kept.length > count) kept.shift();
    },
    lines: () => [...kept],
  };
}
