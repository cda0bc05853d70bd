/** How a subscription's deliveries are signed. MyCase does not publish it, so it is discovered and then enforced. */
export interface SignatureScheme {
  header: string;
  hash: "SHA-256" | "SHA-1" | "SHA-512";
  encoding: "hex" | "base64" | "base64url";
  /** What stands before the signature in the header, such as `sha256=`; mostly empty. */
  prefix: string;
  /** What is signed, when it is more than the body: the time of the delivery, and its id. */
  content?: "t.body" | "id.t.body";
}
