/** One message of a stream cannot be carried; the others may. The message says which field, and why. */
export class MessageError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "MessageError";
  }
}
