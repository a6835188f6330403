/** Why a post as a whole is not taken; becomes its answer. */
export class Refused extends Error {
  override readonly name = 'Refused';
  /**
   * @param httpStatus 4xx makes App Center's SDKs erase their queue, all but 408: only for what can never succeed.
   * @param status the `status` of the answer, e.g. `InvalidJson`.
   * @param message for a person, e.g. `offset 17 (line 2, column 5): comma expected`.
   */
  constructor(
    readonly httpStatus: number,
    readonly status: string,
    message: string,
  ) {
    super(message);
  }
}
