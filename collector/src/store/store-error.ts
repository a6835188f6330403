/** Why a store could not do what it was asked. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  constructor(
    /** `busy`: another collector has the data folder. */
    readonly code: 'duplicate' | 'full' | 'unwritable' | 'newer' | 'busy' | 'closed' | 'failed',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
