/** Why a command could not do what it was asked; one sentence. Exit code 1. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
