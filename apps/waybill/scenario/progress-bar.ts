import { SingleBar } from 'cli-progress';

/** How far a play is, on a terminal alone, and not where its lines already say so. */
export function progressBar(
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
  steps: number,
  { linesOnScreen }: { readonly linesOnScreen: boolean },
): { advance(): void; stop(): void } {
  if (stream.isTTY !== true || linesOnScreen) return { advance: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    stream,
    format: '{bar} {value}/{total} steps, {duration_formatted}',
    clearOnComplete: true,
  });
  bar.start(steps, 0);
  return { advance: () => bar.increment(), stop: () => bar.stop() };
}
