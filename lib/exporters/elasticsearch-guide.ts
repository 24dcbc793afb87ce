/** How the files for Elasticsearch and OpenSearch are loaded, in both languages: the README of their archive. */

/** `indices`: names, in the order of the files. */
export function loadingGuide(indices: readonly string[]): string {
  const create = indices.map(
    (name) => `curl -X PUT "$SERVER/${name}" -H "Content-Type: application/json" --data-binary @${name}.mapping.json`,
  );
  return `Loading these rows into Elasticsearch or OpenSearch
---------------------------------------------------
In the folder of these files, with the address of your server (and -u NAME:PASSWORD behind each curl where it asks):

SERVER=http://localhost:9200
${create.join('\n')}
for FILE in *.bulk-*.ndjson; do
  curl -X POST "$SERVER/_bulk?filter_path=errors,items.*.error" -H "Content-Type: application/x-ndjson" --data-binary "@$FILE"
done

{"errors":false} means that all rows of a file are there. An index that is there already is not made anew: the first
commands then report an error, and the rows are added to it.

将数据导入 Elasticsearch 或 OpenSearch
--------------------------------------
在这些文件所在的文件夹中运行以上命令；请将 SERVER 改为您的服务器地址（需要登录时，在每个 curl 后加 -u 用户名:密码）。
返回 {"errors":false} 表示该文件的所有行均已导入。索引已存在时不会重建：前几条命令会报错，数据行会加入现有索引。
`;
}
