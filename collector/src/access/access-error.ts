/** What was asked cannot be done; one sentence for a person. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
  constructor(
    /** `invalid`: never possible as it was written. `conflict`: not as things are now. */
    readonly code: 'invalid' | 'unknown' | 'conflict',
    message: string,
  ) {
    super(message);
  }
}
