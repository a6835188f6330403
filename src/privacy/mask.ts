// Known secrets in texts. A text is read once, word by word: what is no secret is taken as a whole word, so no pattern
// begins anew in the middle of one. That keeps the time linear (mask.test.ts counts it), and leaves alone what only has a
// secret's shape inside: the digits of a UUID, of a hash, of a fraction. No lookbehind: Safari before 16.4 cannot read it.

/** Stands where a secret was. */
export const MASKED = '***';

const PARTS = [
  // Nothing secret: "unexpected token: identifier" (Firefox).
  /(unexpected \w+)/,
  // What stays of a secret, then the secret. After a scheme; after a name, in JSON too, and in JSON inside of JSON; the
  // value of any parameter. "Bearer token expired" and "basic validation" are words.
  /(bearer +(?!token)|basic +(?=\S*[\d=])|[\w.%+-]*(?:passw(?:or)?d|pwd|secret|token|authorization|session.?id|(?:api|access).?key)["'\\]*\s*[:=]\s*(?:bearer |basic )?|[?&][^\s?&="']+=)(?:\\*"[^"\\]*(?:\\.[^"\\]*)*"?|[^\s"&,;}]+)/,
  // JSON Web Tokens, and keys that their makers have marked: Stripe and OpenAI, GitHub, GitLab, Slack, Google, AWS.
  /(?:eyJ|[rs]k[_-]|gh\w_|glpat-|xox\w-|AIza|AKIA)[\w.-]{16,}/,
  // `pkg@1.2.0` is a version.
  /[\w.%+-]+@[\w.-]+\.[a-z]{2,}/,
  // 13 to 19 digits. Cards begin with these; a time in milliseconds does not.
  /((?:[3-6]\d|2[2-7])\d\d(?:[ -]?\d){9,15}(?!-?\w|[ .]\d))/,
  /([\w.%+-]+)/,
];
const SECRETS = new RegExp(PARTS.map(({ source }) => source).join('|'), 'gi');

/** ISO/IEC 7812-1, annex B (Luhn): from the last digit to the first, each second one is doubled. */
function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  let sum = 0;
  for (let i = 1; i <= digits.length; i++) {
    const digit = +(digits[digits.length - i] as string);
    sum += i % 2 ? digit : (digit * 2) % 9 || digit;
  }
  return sum % 10 === 0;
}

/** `text` with the secrets masked that can be known by their looks or names, and the values of parameters. */
export const mask = (text: string): string =>
  text.replace(SECRETS, (found: string, ...[syntax, kept = '', digits, word]: string[]) =>
    syntax || word || (digits && !isCard(digits)) ? found : kept + MASKED,
  );
