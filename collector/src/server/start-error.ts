/** Why a collector does not start: one sentence with what to do about it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
