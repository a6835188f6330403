/** What a person wrote that no command takes; one sentence. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const HELP = `crashpost-collector: receives, stores, groups and shows crashes.

  crashpost-collector [serve]              start the collector
  crashpost-collector app add NAME         add an app and print its secret
  crashpost-collector app list             print the secret and the name of every app
  crashpost-collector user password [NAME] give a user (default: admin) a new password and print it

Options
  --data DIR      data folder                  default ./data      or CRASHPOST_DATA
  --host HOST     address to listen on         default 127.0.0.1   or CRASHPOST_HOST
  --port N        port, 0 for any free one     default 8080        or CRASHPOST_PORT
  --secret UUID   with "app add": the app's secret instead of a generated one
  --help, --version

CRASHPOST_ADMIN_PASSWORD is the password at the first start and for "user password", instead of a generated one.
"app" and "user" may be used while a collector runs on the same data folder.
`;
