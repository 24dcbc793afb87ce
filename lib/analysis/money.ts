/**
 * The minor units of ISO 4217, List One. Not from `Intl`: its digits follow CLDR, which says 0 for currencies whose cents
 * are merely out of use (AFN, IRR, LAK, …), and which changes with the browser.
 */
const unusualExponents: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

/** How many decimals a currency's amounts have: 2 for most, none for VND or JPY. */
export function currencyExponent(currency: string): number {
  return unusualExponents[currency] ?? 2;
}

/** Minor units as decimal text, `72.00`; null without an amount or a currency. */
export function decimalAmount(minor: number | null, currency: string | null): string | null {
  if (minor === null || currency === null) return null;
  const digits = currencyExponent(currency);
  return (minor / 10 ** digits).toFixed(digits);
}
