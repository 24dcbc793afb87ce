import { AppError } from '../../lib/core/errors.ts';
import { signingScheme, signingSchemes } from '../../lib/signing/canonical.ts';
import { parseParameters } from '../../lib/signing/parse-parameters.ts';
import { type Command, InputError, printJson, UsageError } from './command.ts';
import { readArguments, readStandardInputText } from './input.ts';

const schemeIds = Object.keys(signingSchemes);

export const command: Command = {
  usage: `sign --scheme ${schemeIds.join('|')} [--secret SECRET] < parameters.json`,
  help: `Signs a JSON object of parameters from standard input: {"string_to_sign":…,"sign":…}.
  md5-urlencode-secret    UPPER(MD5(a=1&b=2&secret=SECRET)), as the key + secret gateway wants it
  md5-wrapped-secret      UPPER(MD5(SECRETa1b2SECRET)), as Douyin's open platform wants it
  hmac-sha256-secret-key  UPPER(HMAC-SHA256(SECRET, a1b2)), its other form
  pkce-tiktok-hex         the code challenge of TikTok's login: {"code_verifier":"…"}; no secret
A value is a text or an integer; null, true, false, 1.0, lists and objects are refused by name.
The secret is that of --secret, or else of the environment variable CLIPSCOPE_SECRET.
The output holds the secret where the signed text does: do not share it.`,
  run: async (args) => {
    const { values } = readArguments({
      args: [...args],
      options: { scheme: { type: 'string' }, secret: { type: 'string' } },
    });
    const scheme = signingScheme(values.scheme ?? '');
    if (!scheme) throw new UsageError(`--scheme must be one of ${schemeIds.join(', ')}`);
    // An empty flag is a secret that someone typed, an empty variable is one that nobody set.
    const secret = values.secret ?? (process.env['CLIPSCOPE_SECRET'] || undefined);
    if (secret === undefined && scheme.needsSecret)
      throw new UsageError('no secret: give --secret or set CLIPSCOPE_SECRET');
    try {
      const { stringToSign, sign } = scheme.sign(parseParameters(await readStandardInputText()), secret ?? '');
      printJson({ string_to_sign: stringToSign, sign });
    } catch (error) {
      if (error instanceof AppError) throw new InputError(error.message);
      throw error;
    }
  },
};
