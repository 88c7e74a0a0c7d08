import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { ControlItem } from './control-item.ts';
import { controlsReport, keyOf, type ControlsReport } from './controls.ts';
import type { ControlsQueryDto } from './controls.dto.ts';

type Page = ControlsQueryDto & { readonly asOfPosition: number | null; readonly afterId: string | undefined };

/**
 * The controls page by page. A cursor keeps how far the first page looked in the log of reads and among the refusals, so that
 * whoever turns pages reads one report. Those decided on the very head of the first page are counted until the ledger goes on.
 */
export function controlsPages(ledger: Id) {
  let looked = { accessPosition: 0, decidedUpTo: 0 };
  return {
    read: async (db: Queryable, { afterId, asOf, ...page }: Page): Promise<ControlsReport> => {
      const before = asOf === undefined ? undefined : (page.asOfPosition ?? 0) - 1;
      const start = afterId === undefined ? { decidedUpTo: before } : placeIn(afterId);
      const { decidedUpTo, ...report } = await controlsReport(db, ledger, { ...page, ...start });
      looked = { accessPosition: report.accessPosition, decidedUpTo };
      return report;
    },
    idOf: (item: ControlItem): string => JSON.stringify([looked.accessPosition, looked.decidedUpTo, keyOf(item)]),
  };
}

/** Of a cursor that was signed here. */
function placeIn(text: string): { accessPosition: number; decidedUpTo: number; afterKey: string } {
  const [accessPosition, decidedUpTo, afterKey] = JSON.parse(text) as [number, number, string];
  return { accessPosition, decidedUpTo, afterKey };
}
