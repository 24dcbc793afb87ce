/** Small pieces that the server and the pages share. */

/** Text as it may stand in HTML, in attributes too. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** "36.2K" as TikTok writes it: exact below ten thousand. */
export function compactCount(count: number): string {
  if (count >= 1_000_000) return `${(count / 1_000_000).toFixed(1).replace(/\.0$/, '')}M`;
  if (count >= 10_000) return `${(count / 1000).toFixed(1).replace(/\.0$/, '')}K`;
  return String(count);
}

/** "3.6万" as Douyin writes it: exact below ten thousand. */
export function chineseCount(count: number): string {
  if (count >= 100_000_000) return `${(count / 100_000_000).toFixed(1).replace(/\.0$/, '')}亿`;
  if (count >= 10_000) return `${(count / 10_000).toFixed(1).replace(/\.0$/, '')}万`;
  return String(count);
}

/** "01:07". */
export function clockText(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}

let gradientCount = 0;

/**
 * A picture for a post, drawn from its id. It is SVG with attributes only, because the pages forbid
 * inline styles.
 */
export function poster(seed: string, className = 'poster'): string {
  const number = Number(seed.replace(/\D/g, '').slice(-7) || '1');
  const hue = number % 360;
  const second = (hue + 40 + (number % 90)) % 360;
  gradientCount += 1;
  const gradient = `poster-${number}-${gradientCount}`;
  const horizon = 520 + (number % 200);
  const sun = 140 + (number % 300);
  const motif = [
    `<circle cx="${sun}" cy="${horizon - 260}" r="${70 + (number % 60)}" fill="hsl(${second} 80% 72%)" opacity=".75"/><path d="M0 ${horizon} Q144 ${horizon - 150} 288 ${horizon - 20} T576 ${horizon - 70} V1024 H0Z" fill="hsl(${hue} 42% 15%)" opacity=".85"/><path d="M0 ${horizon + 130} Q200 ${horizon} 400 ${horizon + 120} T576 ${horizon + 90} V1024 H0Z" fill="hsl(${second} 38% 9%)"/>`,
    `<g fill="none" stroke="hsl(${second} 70% 70%)" stroke-width="18" opacity=".5"><circle cx="288" cy="500" r="90"/><circle cx="288" cy="500" r="170"/><circle cx="288" cy="500" r="250"/></g><rect x="238" y="450" width="100" height="100" rx="22" fill="hsl(${hue} 60% 78%)" opacity=".85"/>`,
    `<g opacity=".6"><rect x="90" y="560" width="110" height="464" fill="hsl(${hue} 40% 20%)"/><rect x="220" y="430" width="140" height="594" fill="hsl(${hue} 40% 14%)"/><rect x="380" y="610" width="120" height="414" fill="hsl(${second} 40% 20%)"/></g><circle cx="${sun}" cy="240" r="54" fill="#fff" opacity=".7"/>`,
    `<path d="M150 640 h276 l-34 170 a40 40 0 0 1 -40 32 h-128 a40 40 0 0 1 -40 -32Z" fill="hsl(${second} 55% 68%)" opacity=".85"/><path d="M230 590 q-20 -60 10 -110 M290 590 q-20 -60 10 -110 M350 590 q-20 -60 10 -110" stroke="#fff" stroke-width="12" fill="none" opacity=".45"/>`,
  ][Math.floor(number / 8) % 4];
  return `<svg class="${className}" viewBox="0 0 576 1024" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><defs><linearGradient id="${gradient}" x1="0" y1="0" x2=".4" y2="1"><stop offset="0" stop-color="hsl(${hue} 52% 34%)"/><stop offset="1" stop-color="hsl(${second} 56% 12%)"/></linearGradient></defs><rect width="576" height="1024" fill="url(#${gradient})"/>${motif}</svg>`;
}

/** A round picture for a person, drawn from the name. */
export function avatar(name: string): string {
  let hue = 7;
  for (const character of name) hue = (hue * 31 + (character.codePointAt(0) ?? 0)) % 360;
  const letter = escapeHtml(Array.from(name, (character) => character.toUpperCase())[0] ?? '·');
  return `<svg class="avatar" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="24" fill="hsl(${hue} 50% 42%)"/><text x="24" y="31" text-anchor="middle" font-size="20" fill="#fff" font-family="sans-serif">${letter}</text></svg>`;
}

const icons: Record<string, string> = {
  like: '<path d="M12 21s-8-5.3-8-11a4.6 4.6 0 0 1 8-3 4.6 4.6 0 0 1 8 3c0 5.7-8 11-8 11Z"/>',
  comment: '<path d="M4 5h16v11h-8l-5 4v-4H4Z"/>',
  save: '<path d="M6 3h12v18l-6-4-6 4Z"/>',
  share: '<path d="m13 5 8 7-8 7v-4c-5 0-8 1-10 4 0-6 4-10 10-10Z"/>',
  play: '<path d="M7 4v16l13-8Z"/>',
  up: '<path d="m5 15 7-7 7 7" fill="none" stroke="currentColor" stroke-width="2.4"/>',
  down: '<path d="m5 9 7 7 7-7" fill="none" stroke="currentColor" stroke-width="2.4"/>',
  close: '<path d="m5 5 14 14M19 5 5 19" fill="none" stroke="currentColor" stroke-width="2.4"/>',
};

/** A small picture on a button. */
export function icon(name: keyof typeof icons): string {
  return `<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="currentColor" aria-hidden="true">${icons[name] ?? ''}</svg>`;
}
