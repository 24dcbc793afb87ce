import type { World, WorldPost, WorldViewer } from '../types.ts';

/** An address as the site's own scripts ask for it: with the tokens and the device of who is logged in. */
export function withTokens(address: string, viewer: WorldViewer): string {
  const tokens = new URLSearchParams({
    aid: '1988',
    device_id: viewer.deviceId,
    odinId: viewer.uid,
    verifyFp: viewer.verifyFp,
    msToken: viewer.msToken,
    'X-Bogus': viewer.bogus,
    _signature: viewer.signature,
  });
  return `${address}${address.includes('?') ? '&' : '?'}${tokens.toString()}`;
}

/** Whether the viewer has liked that post, and whether they have kept it: about every third. */
export function viewerDid(post: WorldPost): { liked: boolean; kept: boolean } {
  const number = Number(post.id.slice(-4));
  return { liked: number % 3 === 0, kept: number % 3 === 1 };
}

/** `webapp.app-context` of a page that somebody is logged in to. */
export function appContext({ viewer }: World): Record<string, unknown> {
  return {
    language: 'en',
    region: 'GB',
    appId: 1988,
    appType: 't',
    user: {
      uid: viewer.uid,
      uniqueId: viewer.handle,
      nickName: viewer.name,
      secUid: viewer.secUid,
      signature: 'Reads what others scroll past',
      region: 'GB',
      isPrivateAccount: true,
      avatarUri: [`https://p16-sign-va.tiktokcdn.com/sandbox/avatar-${viewer.uid}.jpeg`],
    },
    wid: viewer.deviceId,
    webIdCreatedTime: '1752703304',
    odinId: viewer.uid,
    nonce: 'plantedNonce',
    csrfToken: viewer.msToken,
    requestId: `${viewer.installId}0`,
    abTestVersion: { versionName: '71960613,70508271', parameters: {} },
  };
}
