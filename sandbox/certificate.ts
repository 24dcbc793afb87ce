import { generate } from 'selfsigned';

const names = [
  'tiktok.com',
  'douyin.com',
  'iesdouyin.com',
  'jinritemai.com',
  'onebound.cn',
  'keysecret.test',
  'clipscope.test',
  'tiktokcdn.com',
  'tiktokcdn-us.com',
  'douyinpic.com',
  'douyinstatic.com',
  'ecombdimg.com',
  'amemv.com',
  'localhost',
];

/** Makes a certificate for all hosts of the sandbox. It lives in memory only and is signed by nobody. */
export async function createCertificate(): Promise<{ key: string; cert: string }> {
  const made = await generate([{ name: 'commonName', value: 'Clipscope sandbox' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.flatMap((name) => [
            { type: 2 as const, value: name },
            { type: 2 as const, value: `*.${name}` },
          ]),
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
