#!/usr/bin/env bash
# Expected: stars with spaces on both sides mark nothing in mrkdwn and are drawn as they stand.
# Seen: slack-blocks-to-jsx 1.1.1 makes nothing bold there and doubles the stars on the way:
# `5 * 3 * 4` is drawn as `5 ** 3 ** 4`. A single star is left as it is.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund slack-blocks-to-jsx@1.1.1 react@18.3.1 react-dom@18.3.1 >/dev/null
cat > see.mjs <<'JS'
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const React = require("react");
const { renderToStaticMarkup } = require("react-dom/server");
const { Message } = require("slack-blocks-to-jsx");
const drawn = (text) => {
  const blocks = [{ type: "section", text: { type: "mrkdwn", text } }];
  const message = React.createElement(Message, { blocks, name: "bot", logo: "", time: new Date(0) });
  return renderToStaticMarkup(message).replace(/<[^>]*>/g, " ");
};
for (const [text, shown] of [["5 * 3 * 4", "5 ** 3 ** 4"], ["5 * 3", "5 * 3"]]) {
  console.log(text, "is drawn as", shown, drawn(text).includes(` ${shown} `));
  if (!drawn(text).includes(` ${shown} `)) process.exit(1);
}
JS
node see.mjs
