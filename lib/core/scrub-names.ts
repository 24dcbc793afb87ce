/**
 * What in the platforms' JSON and addresses speaks of the viewer. Names as seen in captures of 2020 to 2026 and in
 * public readers (zeeschuimer, f2, Douyin_TikTok_Download_API, 2026). `_`, `-`, `.` and case make no difference.
 */

function words(text: string): readonly string[] {
  return text.split(/\s+/u).filter(Boolean);
}

/** Tokens, and ids of the device, the visitor, the session and the request. */
const identifiers = words(`
  mstoken verifyfp fp svwebid xbogus abogus xgnarly ttwid ttwidcreatetime odin odinid odintt
  deviceid devicesystem did cdid iid installid openudid clientudid idfa idfv gaid oaid androidid
  webid webidcreatedtime webidlasttime wid sessionid sessionidss sidtt sidguard uidtt cookie cookies csrf nonce
  useragent clientip userip remoteip remoteaddr xforwardedfor xrealip
  logid pagelogid ttlogid xttlogid imprid logpb requestid reqid traceid searchid
  ucode sharesign withsecdid sharetrackinfo sharelinkid
`);

/** What the viewer did, whom the viewer knows, and how the viewer stands to the author. */
const flags = words(`
  digged userdigged userdiggedemoji isdigged diggedstatus userburied isburied buried
  collected iscollected usercollected collectstat collectstatus userfavorited isfavorite isfavorited isinwishlist
  isliked hasliked isreposted reposted userreposted hasviewed watchtimes playprogress watchlaterinfo userstorystatus
  followstatus followstatuserrcode followstatusmap followerstatus specialfollowstatus isfollow isfollowed isfollowing
  isfollower relation relationlabel relationlabels feedrelationlabel privaterelationlist isblock isblocked isblocking
  blockstatus friendinteraction friendrecommendinfo isfriend isfriendrecommend isrecentfrienditem matchedfriend
  remarkname contactname imshareduidlist userselectextra islogin loggedin haslogin notexistlogincookie
`);

/** Objects that are about the viewer's session as a whole: account, place, groups of experiments, addresses. */
const contexts = words(`
  webappappcontext appcontext webappbizcontext bizcontext webappab seoabtest abtest abtestversion abtestapp abtestdata
  abformatdata backendabtest abparams commoncontext accountlist webappreflowglobalshareuser webappreflowglobalquerydata
  currentuser loginuser loginuserinfo userlogininfo viewer viewerinfo botinfo geocity shippingto shippingtoaddressinfo
  shiptoaddressbrief useraddress addresslist
`);

/** Texts made for passing a link on; they hold codes that name who passes it. */
const shareTexts = words(`
  sharelinkdesc sharedesc sharedescinfo shareweibodesc sharesignatureurl sharesignaturedesc shareqrcodeurl
`);

const removed: ReadonlySet<string> = new Set([...identifiers, ...flags, ...contexts, ...shareTexts]);

/** These mean something else in another spelling: an author's `signature`, a mentioned `userUniqueId`, the country `UA`. */
const removedExactly: ReadonlySet<string> = new Set(['_signature', 'user_unique_id', 'ua']);

/** An object that holds one of these describes the session: what is below besides is the viewer too. */
const marksSession: ReadonlySet<string> = new Set(
  words('odin ttwidcreatetime csrftoken webid wid useragent abtestdata'),
);
const ofTheSession: ReadonlySet<string> = new Set(
  words('user userinfo uid secuid uniqueid nickname avatar cityname city region ip language'),
);

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_.-]/gu, '');
}

/** The platforms use a few thousand names, page after page; a page that makes up more does not fill the memory. */
const remembered = 10_000;
const judged = new Map<string, { readonly isViewers: boolean; readonly isMark: boolean }>();

function judge(key: string) {
  const known = judged.get(key);
  if (known) return known;
  const name = plain(key);
  const isViewers = removed.has(name) || removedExactly.has(key) || name.endsWith('token');
  const verdict = { isViewers, isMark: marksSession.has(name) };
  if (judged.size >= remembered) judged.clear();
  // The names of a hostile page may be as long as they like.
  if (key.length <= 100) judged.set(key, verdict);
  return verdict;
}

/** Whether what this key holds is to be removed, whatever it is. */
export function isViewersKey(key: string): boolean {
  return judge(key).isViewers;
}

/** Whether an object with these keys describes the session of the viewer. */
export function isSession(keys: readonly string[]): boolean {
  return keys.some((key) => judge(key).isMark);
}

/** Whether this key of such an object is the viewer's. */
export function isSessionKey(key: string): boolean {
  return ofTheSession.has(plain(key));
}

/** Whether this parameter of an address is to be removed. A `refresh_token` belongs to a picture and is everybody's. */
export function isViewersParameter(name: string): boolean {
  const known = plain(name);
  if (known === 'refreshtoken') return false;
  return parameterNames.has(known) || removedExactly.has(name) || known.endsWith('token');
}

const parameterNames: ReadonlySet<string> = new Set(identifiers);
