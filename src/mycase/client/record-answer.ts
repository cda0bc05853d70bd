import type { Failure } from "../../domain/failure.ts";
import type { AbsentRecord, ReadRecord } from "../../domain/read.ts";
import type { RecordModel } from "../../domain/resources.ts";
import { err, ok, type Result } from "../../platform/result.ts";
import { parseRecord } from "./parse-records.ts";
import type { Answer } from "./send.ts";

export interface RecordAnswer {
  ticket: number;
  records: ReadRecord[];
  absent: AbsentRecord[];
}

/**
 * What an answer says about the record that was read by id. An error in its place may be the record's own or an outage:
 * the failure carries the read's ticket, for the caller to find out.
 */
export function recordAnswer(model: RecordModel, id: number, answer: Answer): Result<RecordAnswer, Failure> {
  const { ticket } = answer;
  const without = (state: AbsentRecord["state"]) => ok({ ticket, records: [], absent: [{ id, state }] });
  switch (answer.meaning) {
    case "answered": {
      const record = parseRecord(model, answer.body);
      return record?.id === id ? ok({ ticket, records: [record], absent: [] }) : without("malformed");
    }
    case "not_found":
      return without("deleted");
    case "forbidden":
      return without("not_visible");
    case "refused":
      return err({
        kind: "unavailable",
        detail: `MyCase answers ${answer.status}`,
        retry_after: null,
        record: { ticket },
      });
    case "unavailable":
      return err({
        kind: "unavailable",
        detail: answer.detail,
        retry_after: answer.retry_after,
        record: { ticket },
      });
  }
}
