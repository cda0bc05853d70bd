/** Writes a point to Workers Analytics Engine where it is bound; without it, nothing. Values hold ids and codes only. */
export type Measure = (event: string, org: string | null, words: string[], numbers: number[]) => void;

/** One index a point, at most 96 bytes: the org, so that sampling is fair to each. */
export function createMeasure(dataset: AnalyticsEngineDataset | undefined): Measure {
  return (event, org, words, numbers) => {
    dataset?.writeDataPoint({ indexes: [(org ?? "").slice(0, 96)], blobs: [event, ...words], doubles: numbers });
  };
}
