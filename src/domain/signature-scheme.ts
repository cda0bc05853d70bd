/** How a subscription's deliveries are signed. MyCase does not publish it, so it is discovered and then kept to. */
export interface SignatureScheme {
  header: string;
  hash: "SHA-256" | "SHA-1" | "SHA-512";
  encoding: "hex" | "base64";
  /** What stands before the signature in the header, such as `sha256=`; mostly empty. */
  prefix: string;
}
