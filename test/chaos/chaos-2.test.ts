import { chaosPart } from "./support/chaos-suite.ts";

chaosPart(2);
