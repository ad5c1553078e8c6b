import type { ExpertDocument } from '../documents';
import { ExpertIndexBuilder } from '../index/expert-index';
import type { PlainStatistics } from '../index/statistics';
import { OccupationIndex } from '../taxonomy/occupation-index';
import { printOf, SetPrint } from '../text/set-print';

/** Counts experts for the statistics of an index: all of them where they are few, or a fair sample. @param experts in the order of their ids */
export function statisticsFrom(experts: Iterable<ExpertDocument>): PlainStatistics {
  // What titles mean is told of each expert by itself, so no taxonomy is asked.
  const builder = new ExpertIndexBuilder(new OccupationIndex([]));
  const print = new SetPrint();
  for (const expert of experts) {
    builder.add(expert);
    print.add(printOf(expert));
  }
  return builder.statistics(print.hex);
}
