/** A message as the consumer gets it; records what became of it. */
export class TestMessage implements Message {
  readonly timestamp = new Date();
  attempts: number;
  verdict: "none" | "ack" | "retry" = "none";
  delaySeconds = 0;
  readonly id: string;
  readonly body: unknown;

  constructor(body: unknown, id: string = crypto.randomUUID(), attempts = 1) {
    this.id = id;
    this.attempts = attempts;
    this.body = structuredClone(body);
  }

  ack(): void {
    if (this.verdict === "none") this.verdict = "ack";
  }

  retry(options?: QueueRetryOptions): void {
    if (this.verdict !== "none") return;
    this.verdict = "retry";
    this.delaySeconds = options?.delaySeconds ?? 0;
  }
}

/** A queue whose deliveries the test decides on: order, doubles, batches. */
export class TestQueue {
  waiting: TestMessage[] = [];
  refuses = false;

  async send(body: unknown, { delaySeconds = 0 }: QueueSendOptions = {}): Promise<QueueSendResponse> {
    if (this.refuses) throw new Error("Too Many Requests");
    const message = new TestMessage(body);
    message.delaySeconds = delaySeconds;
    this.waiting.push(message);
    return SENT;
  }

  async sendBatch(messages: Iterable<MessageSendRequest>): Promise<QueueSendBatchResponse> {
    for (const { body, ...options } of messages) await this.send(body, options);
    return SENT;
  }

  async metrics(): Promise<QueueMetrics> {
    return SENT.metadata.metrics;
  }
}

const SENT = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };

export function batchOf(queue: string, messages: TestMessage[]): MessageBatch {
  return {
    queue,
    messages,
    metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } },
    ackAll: () => {
      for (const message of messages) message.ack();
    },
    retryAll: (options) => {
      for (const message of messages) message.retry(options);
    },
  };
}
