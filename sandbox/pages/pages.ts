import type { PageAnswer, PageQuestion } from './answer.ts';
import { notFound } from './answer.ts';
import { clientFile, picture } from './assets.ts';
import { douyinPage, isDouyinHost } from './douyin.ts';
import { tiktokHosts, tiktokPage } from './tiktok.ts';

const pictureHosts = /(?:^|\.)(?:tiktokcdn(?:-us|-eu)?\.com|douyinpic\.com|douyinstatic\.com|ecombdimg\.com)$/;

// What browsers ask of their makers on their own: accounts, updates, form data.
const browserHosts = /(?:^|\.)(?:google|googleapis|gstatic|gvt1|mozilla|firefox)\.(?:com|net|org)$/;

/** Answers whatever is no API call: a page, its own JSON, an asset, or 404. */
export function answerPage(question: PageQuestion): PageAnswer {
  const file = clientFile(question.url.pathname);
  if (file) return file;
  if (pictureHosts.test(question.host)) return picture(question.url.pathname);
  let answer: PageAnswer | null = null;
  if (tiktokHosts.includes(question.host)) answer = tiktokPage(question);
  else if (isDouyinHost(question.host)) answer = douyinPage(question);
  if (answer) return answer;
  return browserHosts.test(question.host) ? { ...notFound(question), kind: 'browser' } : notFound(question);
}
